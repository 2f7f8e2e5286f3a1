use super::*;
use crate::surface::network::Network;

#[test]
fn wrong_fields_of_a_network_are_explained() {
    for (text, expected) in [
        (
            "Network(test: \"some\")",
            "15: test is \"some\", but must be a share like 0.3 or a whole number of rows",
        ),
        (
            "Network(hiden: [8])",
            "9: Network has no parameter \"hiden\"; did you mean hidden?",
        ),
        (
            "Network(loss_function: MeanSquaredError)",
            "9: Network has no parameter \"loss_function\"; it is called loss here",
        ),
        (
            "Network(spiral: (rws: 4))",
            "18: Spiral has no parameter \"rws\"; did you mean rows?",
        ),
        (
            "Network(activation: relu)",
            "21: there is no activation \"relu\"; there are Tanh, Relu, Sigmoid, Silu, Gelu, \
             Identity",
        ),
        (
            "Network(initial: Glorot)",
            "18: there is no initial \"Glorot\"; there are Zero, GlorotUniform, GlorotNormal, \
             HeUniform, HeNormal, TorchDefault, File",
        ),
        (
            "Network(hidden: [8, -1])",
            "21: expected a whole number, 0 or more here, but found -1",
        ),
        (
            "Network(features: \"x\")",
            "19: features is \"x\", but must be a list in square brackets",
        ),
    ] {
        let options = ron::Options::default()
            .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let fault = options.from_str::<Network>(text);
        let (at, fault) = explain(&fault.unwrap_err(), text);
        assert_eq!(format!("{}: {}", at.column, fault.what), expected);
    }
}
