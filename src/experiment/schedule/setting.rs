//! A numeric setting of a schedule, described once.

use super::Schedule;
use crate::optimizer::Valid;

/// A numeric setting of a schedule: its description and access to its value.
#[derive(Debug)]
pub struct Setting {
    /// The name in preset files, for instance `final_learning_rate`.
    pub name: &'static str,
    /// One sentence in plain words.
    pub help: &'static str,
    /// The valid range.
    pub valid: Valid,
    /// The value used if a preset omits it; `None` if it is required.
    pub default: Option<f64>,
    access: Access,
}

#[derive(Debug)]
enum Access {
    Count(fn(&mut Schedule) -> Option<&mut u64>),
    /// A count that may be absent.
    OneOf(fn(&mut Schedule) -> Option<&mut Option<u64>>),
    Number(fn(&mut Schedule) -> Option<&mut f64>),
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
    pub(super) const fn count(
        name: &'static str,
        help: &'static str,
        access: fn(&mut Schedule) -> Option<&mut u64>,
    ) -> Self {
        Self {
            name,
            help,
            valid: Valid::Count,
            default: None,
            access: Access::Count(access),
        }
    }

    pub(super) const fn one_of(
        name: &'static str,
        help: &'static str,
        access: fn(&mut Schedule) -> Option<&mut Option<u64>>,
    ) -> Self {
        Self {
            name,
            help,
            valid: Valid::Count,
            default: None,
            access: Access::OneOf(access),
        }
    }

    pub(super) const fn number(
        name: &'static str,
        help: &'static str,
        access: fn(&mut Schedule) -> Option<&mut f64>,
    ) -> Self {
        Self {
            name,
            help,
            valid: Valid::NonNegative,
            default: None,
            access: Access::Number(access),
        }
    }

    pub(super) const fn or(self, default: f64) -> Self {
        Self {
            default: Some(default),
            ..self
        }
    }

    /// Whether it is an integer.
    #[must_use]
    pub const fn is_count(&self) -> bool {
        !matches!(self.access, Access::Number(_))
    }

    /// Whether another setting can be given instead.
    #[must_use]
    pub const fn is_one_of_several(&self) -> bool {
        matches!(self.access, Access::OneOf(_))
    }

    /// The value; `None` if the schedule is of another kind, or if another setting is given
    /// instead.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "step numbers are far below 2^53"
    )]
    pub fn get(&self, schedule: &Schedule) -> Option<f64> {
        let mut copy = *schedule;
        match self.access {
            Access::Count(access) => access(&mut copy).map(|count| *count as f64),
            Access::OneOf(access) => access(&mut copy)?.map(|count| count as f64),
            Access::Number(access) => access(&mut copy).copied(),
        }
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
            Access::OneOf(access) => {
                if let Some(field) = access(schedule) {
                    *field = Some(count);
                }
            }
            Access::Number(access) => {
                if let Some(field) = access(schedule) {
                    *field = value;
                }
            }
        }
    }
}

pub(super) use field;
