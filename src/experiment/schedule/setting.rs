//! A setting of a schedule, described once.

use std::fmt;

use super::{Schedule, ThresholdMode};
use crate::optimizer::Valid;

/// A setting of a schedule: its description and access to its value.
#[derive(Debug)]
pub struct Setting {
    /// The name in preset files, for instance `final_learning_rate`.
    pub name: &'static str,
    /// One sentence in plain words.
    pub help: &'static str,
    /// The valid range of a number.
    pub valid: Valid,
    /// The value used if a preset omits it, where a choice is the index in its list; `None` if it is
    /// required.
    pub default: Option<f64>,
    /// The group of settings of which exactly one is given, if it belongs to one.
    pub(super) group: Option<u8>,
    access: Access,
}

#[derive(Debug)]
enum Access {
    Count(fn(&mut Schedule) -> Option<&mut u64>),
    /// A count that may be absent.
    OneCount(fn(&mut Schedule) -> Option<&mut Option<u64>>),
    Number(fn(&mut Schedule) -> Option<&mut f64>),
    /// A number that may be absent.
    OneNumber(fn(&mut Schedule) -> Option<&mut Option<f64>>),
    Mode(fn(&mut Schedule) -> Option<&mut ThresholdMode>),
    /// A list of entries in this form.
    List(&'static str),
}

/// Access to a field of one kind of schedule.
macro_rules! field {
    ($kind:ident.$field:ident) => {
        |schedule| match schedule {
            Schedule::$kind { $field, .. } => Some($field),
            _ => None,
        }
    };
}

impl Setting {
    const fn new(name: &'static str, help: &'static str, valid: Valid, access: Access) -> Self {
        Self {
            name,
            help,
            valid,
            default: None,
            group: None,
            access,
        }
    }

    pub(super) const fn count(
        name: &'static str,
        help: &'static str,
        access: fn(&mut Schedule) -> Option<&mut u64>,
    ) -> Self {
        Self::new(name, help, Valid::Count, Access::Count(access))
    }

    pub(super) const fn one_count(
        name: &'static str,
        help: &'static str,
        access: fn(&mut Schedule) -> Option<&mut Option<u64>>,
    ) -> Self {
        Self::new(name, help, Valid::Count, Access::OneCount(access)).in_group(0)
    }

    pub(super) const fn number(
        name: &'static str,
        help: &'static str,
        access: fn(&mut Schedule) -> Option<&mut f64>,
    ) -> Self {
        Self::new(name, help, Valid::NonNegative, Access::Number(access))
    }

    pub(super) const fn one_number(
        name: &'static str,
        help: &'static str,
        access: fn(&mut Schedule) -> Option<&mut Option<f64>>,
    ) -> Self {
        Self::new(name, help, Valid::NonNegative, Access::OneNumber(access)).in_group(1)
    }

    pub(super) const fn mode(
        name: &'static str,
        help: &'static str,
        access: fn(&mut Schedule) -> Option<&mut ThresholdMode>,
    ) -> Self {
        Self::new(name, help, Valid::Whole, Access::Mode(access))
    }

    pub(super) const fn list(name: &'static str, help: &'static str, entry: &'static str) -> Self {
        Self::new(name, help, Valid::Finite, Access::List(entry))
    }

    pub(super) const fn or(self, default: f64) -> Self {
        Self {
            default: Some(default),
            ..self
        }
    }

    pub(super) const fn within(self, valid: Valid) -> Self {
        Self { valid, ..self }
    }

    const fn in_group(self, group: u8) -> Self {
        Self {
            group: Some(group),
            ..self
        }
    }

    /// Whether it is an integer.
    #[must_use]
    pub const fn is_count(&self) -> bool {
        matches!(self.access, Access::Count(_) | Access::OneCount(_))
    }

    /// Whether it is a list, which has no single value.
    #[must_use]
    pub const fn is_list(&self) -> bool {
        matches!(self.access, Access::List(_))
    }

    /// The names of its choices, if it is a choice.
    #[must_use]
    pub const fn choices(&self) -> Option<&'static [&'static str]> {
        match self.access {
            Access::Mode(_) => Some(ThresholdMode::NAMES),
            _ => None,
        }
    }

    /// Whether another setting can be given instead.
    #[must_use]
    pub const fn is_one_of_several(&self) -> bool {
        self.group.is_some()
    }

    /// Whether it and `other` exclude each other.
    #[must_use]
    pub fn excludes(&self, other: &Self) -> bool {
        self.group.is_some() && self.group == other.group && self.name != other.name
    }

    /// The valid values, in words.
    #[must_use]
    pub fn range(&self) -> impl fmt::Display {
        match self.access {
            Access::Mode(_) => ThresholdMode::NAMES.join(" or "),
            Access::List(entry) => format!("a list like {entry}"),
            _ => self.valid.to_string(),
        }
    }

    /// The value; `None` if the schedule is of another kind, if another setting is given instead,
    /// or if it is a list.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "step numbers are far below 2^53"
    )]
    pub fn get(&self, schedule: &Schedule) -> Option<f64> {
        let mut copy = schedule.clone();
        match self.access {
            Access::Count(access) => access(&mut copy).map(|count| *count as f64),
            Access::OneCount(access) => access(&mut copy)?.map(|count| count as f64),
            Access::Number(access) => access(&mut copy).copied(),
            Access::OneNumber(access) => *access(&mut copy)?,
            Access::Mode(access) => {
                let mode = *access(&mut copy)?;
                let index = ThresholdMode::ALL.iter().position(|it| *it == mode)?;
                Some(index as f64)
            }
            Access::List(_) => None,
        }
    }

    /// The name of the choice that a schedule has; empty if it is no choice.
    pub(super) fn told(&self, schedule: &Schedule) -> &'static str {
        let index = self.get(schedule).unwrap_or_default();
        let names = self.choices().unwrap_or_default();
        let mut numbered = (0_u32..).zip(names);
        let found = numbered.find(|(place, _)| f64::from(*place) >= index);
        found.map_or("", |(_, name)| name)
    }

    /// Sets the value; a count is rounded to the nearest integer.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is below 0 or above all counts becomes the nearest one"
    )]
    pub fn set(&self, schedule: &mut Schedule, value: f64) {
        let count = value.round() as u64;
        match self.access {
            Access::Count(access) => {
                if let Some(field) = access(schedule) {
                    *field = count;
                }
            }
            Access::OneCount(access) => {
                if let Some(field) = access(schedule) {
                    *field = Some(count);
                }
            }
            Access::Number(access) => {
                if let Some(field) = access(schedule) {
                    *field = value;
                }
            }
            Access::OneNumber(access) => {
                if let Some(field) = access(schedule) {
                    *field = Some(value);
                }
            }
            Access::Mode(access) => {
                if let (Some(field), Some(mode)) =
                    (access(schedule), ThresholdMode::ALL.get(count as usize))
                {
                    *field = *mode;
                }
            }
            Access::List(_) => {}
        }
    }

    /// Sets the value in place of the settings that it excludes.
    pub fn choose(&self, schedule: &mut Schedule, value: f64) {
        for other in schedule.about().settings {
            if self.excludes(other) {
                other.clear(schedule);
            }
        }
        self.set(schedule, value);
    }

    /// Removes the value if it may be absent.
    fn clear(&self, schedule: &mut Schedule) {
        match self.access {
            Access::OneCount(access) => {
                if let Some(field) = access(schedule) {
                    *field = None;
                }
            }
            Access::OneNumber(access) => {
                if let Some(field) = access(schedule) {
                    *field = None;
                }
            }
            _ => {}
        }
    }
}

pub(super) use field;
