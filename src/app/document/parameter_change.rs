//! Changes of the parameters beside a text of mathematics.

use crate::expression::{Parameter, Parameters};
use crate::number::precise;

/// A parameter that has just become a slider.
pub const NEW: Parameter = Parameter {
    value: 1.0,
    range: Some([0.0, 2.0]),
};

/// Sets a value; `None` if there is no parameter of this name. Unless another slider `is_usual` for
/// that name, the range stays where it is while the value moves.
pub fn set_value(all: &mut Parameters, name: &str, value: f64, is_usual: bool) -> Option<()> {
    let parameter = *all.get(name)?;
    let range = if is_usual {
        parameter.range
    } else {
        Some(parameter.slider())
    };
    all.set(name, Parameter { value, range });
    Some(())
}

/// Sets the range of a slider; `None` if there is no parameter of this name.
pub fn set_range(all: &mut Parameters, name: &str, range: [f64; 2]) -> Option<()> {
    let parameter = *all.get(name)?;
    let range = Some(range);
    all.set(name, Parameter { range, ..parameter });
    Some(())
}

/// Describes a change of a value.
pub fn value_story(name: &str, parameters: [Option<&Parameters>; 2]) -> String {
    let value = |all: Option<&Parameters>| Some(precise(all?.get(name)?.value));
    let [was, is] = parameters.map(|all| value(all).unwrap_or_default());
    format!("{name} {was} → {is}")
}

/// Describes a change of a range.
pub fn range_story(name: &str, parameters: [Option<&Parameters>; 2]) -> String {
    let range = |all: Option<&Parameters>| {
        let [low, high] = all?.get(name)?.slider();
        Some(format!("{} to {}", precise(low), precise(high)))
    };
    let [was, is] = parameters.map(|all| range(all).unwrap_or_default());
    format!("Range of {name} {was} → {is}")
}
