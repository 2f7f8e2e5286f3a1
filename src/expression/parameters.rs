//! Named numbers beside a text of mathematics: the parameters of a surface or rule that is typed.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A mistake in the parameters, as one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParameterFault {
    /// A name that the text cannot use.
    #[error("a parameter cannot be called \"{name}\"; {why}")]
    Name {
        /// The name.
        name: String,
        /// What to do instead.
        why: &'static str,
    },
    /// Two parameters have the same name.
    #[error("the parameter {name} is given twice")]
    Twice {
        /// The name.
        name: String,
    },
    /// There are too many parameters.
    #[error("there are {count} parameters, but at most {most} are possible")]
    TooMany {
        /// Their number.
        count: usize,
        /// The largest number.
        most: usize,
    },
    /// A value is not a finite number.
    #[error("the parameter {name} is {value}, but must be a finite number")]
    Value {
        /// The name of the parameter.
        name: String,
        /// The value.
        value: String,
    },
    /// A range is not one.
    #[error(
        "the range of the parameter {name} is ({}, {}), but must be a smaller and a larger number",
        range[0], range[1]
    )]
    Range {
        /// The name of the parameter.
        name: String,
        /// The ends of the range.
        range: [String; 2],
    },
}

/// A number in a text of mathematics that has a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// The value.
    pub value: f64,
    /// The range of its slider; one that suits the value if not given. It limits nothing else.
    pub range: Option<[f64; 2]>,
}

impl From<f64> for Parameter {
    fn from(value: f64) -> Self {
        Self { value, range: None }
    }
}

impl Parameter {
    /// The range of its slider: the one given, or from 0 to twice the value, rounded up to 1, 2, or
    /// 5 times a power of ten; both signs for a negative one.
    #[must_use]
    pub fn slider(&self) -> [f64; 2] {
        if let Some(range) = self.range {
            return range;
        }
        let most = round_up(2.0 * self.value.abs());
        if self.value < 0.0 {
            [-most, most]
        } else {
            [0.0, most]
        }
    }

    fn check(&self, name: &str) -> Result<(), ParameterFault> {
        if !self.value.is_finite() {
            return Err(ParameterFault::Value {
                name: name.to_owned(),
                value: self.value.to_string(),
            });
        }
        match self.range {
            Some([from, to]) if !(from < to && (to - from).is_finite()) => {
                Err(ParameterFault::Range {
                    name: name.to_owned(),
                    range: [from.to_string(), to.to_string()],
                })
            }
            _ => Ok(()),
        }
    }
}

/// The smallest of … 0.5, 1, 2, 5, 10 … that is no smaller; 2 for 0.
fn round_up(size: f64) -> f64 {
    if size == 0.0 {
        return 2.0;
    }
    let unit = 10_f64.powf(size.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * unit);
    let fits = steps.into_iter().find(|step| *step >= size);
    fits.unwrap_or(size).min(f64::MAX / 4.0)
}

/// Named numbers, in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters(Vec<(String, Parameter)>);

impl Parameters {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// All parameters with their names, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Parameter)> {
        self.0.iter().map(|(name, it)| (name.as_str(), it))
    }

    /// The parameter of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Parameter> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, it)| it)
    }

    /// Sets a parameter, or appends it.
    pub fn set(&mut self, name: &str, parameter: Parameter) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = parameter,
            None => self.0.push((name.to_owned(), parameter)),
        }
    }

    /// Removes a parameter.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// The value of the parameter with this index.
    #[must_use]
    pub fn value(&self, index: usize) -> Option<f64> {
        self.0.get(index).map(|(_, it)| it.value)
    }

    /// Sets the value of the parameter with this index, if there is one.
    pub fn set_value(&mut self, index: usize, value: f64) {
        if let Some((_, parameter)) = self.0.get_mut(index) {
            parameter.value = value;
        }
    }

    /// The largest number of parameters.
    pub const MOST: usize = 20;

    /// Checks names and numbers. `read` says as which name a text reads that consists of a name
    /// alone; `None` if the name means something else there.
    ///
    /// # Errors
    /// The first mistake.
    pub fn check(&self, read: impl Fn(&str) -> Option<String>) -> Result<(), ParameterFault> {
        let count = self.0.len();
        if count > Self::MOST {
            return Err(ParameterFault::TooMany {
                count,
                most: Self::MOST,
            });
        }
        for (index, (name, parameter)) in self.0.iter().enumerate() {
            check_name(name, &read)?;
            if self.names().take(index).any(|earlier| earlier == name) {
                return Err(ParameterFault::Twice { name: name.clone() });
            }
            parameter.check(name)?;
        }
        Ok(())
    }
}

impl FromIterator<(String, Parameter)> for Parameters {
    fn from_iter<I: IntoIterator<Item = (String, Parameter)>>(all: I) -> Self {
        Self(all.into_iter().collect())
    }
}

/// Checks that a name can be a parameter: a text that consists of it alone has one, of that name.
fn check_name(name: &str, read: impl Fn(&str) -> Option<String>) -> Result<(), ParameterFault> {
    let why = match read(name) {
        Some(known) if known == name => return Ok(()),
        Some(_) => "write it as it is spelled out, such as beta_1",
        None => {
            "a name is a letter, possibly followed by more letters, digits, or _, and means nothing \
             else in a formula"
        }
    };
    Err(ParameterFault::Name {
        name: name.to_owned(),
        why,
    })
}

impl Serialize for Parameters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, parameter) in &self.0 {
            map.serialize_entry(name, parameter)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Parameters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Parameters;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names with numbers, as in {\"a\": 2.0}")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Parameters, A::Error> {
                let mut parameters = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    parameters.push(entry);
                }
                Ok(Parameters(parameters))
            }
        }

        deserializer.deserialize_map(Visitor)
    }
}

/// A parameter written out, with a range.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Parameter", deny_unknown_fields)]
struct Full {
    value: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    range: Option<[f64; 2]>,
}

impl Serialize for Parameter {
    /// Writes the number alone if there is no range.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { value, range } = *self;
        if range.is_none() {
            return serializer.serialize_f64(value);
        }
        Full { value, range }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Parameter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Parameter;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a number, or a number with a range, as in (value: 2.0, range: (0.0, 5.0))",
                )
            }

            fn visit_f64<E>(self, value: f64) -> Result<Parameter, E> {
                Ok(value.into())
            }

            #[expect(
                clippy::cast_precision_loss,
                reason = "a number that was written as a whole one"
            )]
            fn visit_u64<E>(self, value: u64) -> Result<Parameter, E> {
                Ok((value as f64).into())
            }

            #[expect(
                clippy::cast_precision_loss,
                reason = "a number that was written as a whole one"
            )]
            fn visit_i64<E>(self, value: i64) -> Result<Parameter, E> {
                Ok((value as f64).into())
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Parameter, A::Error> {
                let Full { value, range } = Full::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Parameter { value, range })
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}
