use super::*;

fn sign(sign: &str) -> Vec<Node<'_>> {
    vec![Node::Sign(sign)]
}

#[test]
fn everything_has_its_place_in_the_tree() {
    for (latex, expected) in [
        ("x", Node::Sign("x")),
        (r"\theta", Node::Sign(r"\theta")),
        (r"\|", Node::Sign(r"\|")),
        ("é", Node::Sign("é")),
        (" \n ", Node::Blank),
        ("{x}", Node::Group(sign("x"))),
        (r"\text{if all}", Node::Words("if all")),
        (r"\operatorname{mean}", Node::Name("mean")),
        (
            r"x^{2} _i",
            Node::Scripts {
                base: Some(Box::new(Node::Sign("x"))),
                below: Some(sign("i")),
                above: Some(sign("2")),
            },
        ),
        (
            r"\frac{a}\beta",
            Node::Fraction {
                above: sign("a"),
                below: sign(r"\beta"),
            },
        ),
        (
            r"\sqrt[3]{x}",
            Node::Root {
                degree: Some(sign("3")),
                inside: sign("x"),
            },
        ),
        (
            r"\hat m",
            Node::Accent {
                mark: r"\hat",
                below: sign("m"),
            },
        ),
        (
            r"\textcolor{#00000a}{x}",
            Node::Colored {
                color: "#00000a",
                inside: sign("x"),
            },
        ),
        (
            r"\left\|x\right)",
            Node::Brackets {
                left: r"\|",
                inside: sign("x"),
                right: ")",
            },
        ),
        (
            r"\begin{cases}a&b\\c&d\end{cases}",
            Node::Cases(vec![vec![sign("a"), sign("b")], vec![sign("c"), sign("d")]]),
        ),
    ] {
        assert_eq!(read(latex), Ok(vec![expected]), "{latex}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    for (latex, expected) in [
        ("x}", r#"nothing ends at "}""#),
        (r"a & b", r#"nothing ends at "&""#),
        ("{x", r#"} is missing before """#),
        (r"\left(x", r#"\right is missing before """#),
        (r"\left", r#"a bracket is missing before """#),
        (r"\frac{a}", r#"an argument is missing before """#),
        ("x^^2", r#"an argument is missing before "^""#),
        (r"\sqrt[3{x}", r#"] is missing before """#),
        (r"\text x", r#"{ is missing before " ""#),
        (r"\text{a$b}", r#""$b" is not known"#),
        (r"\begin{array}x\end{array}", r#""array" is not known"#),
        (r"\begin{cases}x", r#"\end is missing before """#),
        ("x^2^3", "two scripts in the same place"),
        ("50%", r#""%" is not known"#),
        (r"x\", r#""\\" is not known"#),
    ] {
        assert_eq!(read(latex).unwrap_err().to_string(), expected, "{latex}");
    }
}

#[test]
fn nothing_is_nested_without_end() {
    for [open, close] in [
        ["{", "}"],
        [r"\frac", " "],
        ["x^{", "}"],
        [r"\left(", r"\right)"],
        [r"\begin{cases}", r"\end{cases}"],
    ] {
        let nested = |count: usize| open.repeat(count) + "x" + &close.repeat(count);
        assert_eq!(read(&nested(1_000)), Err(Fault::TooDeep), "{open}");
    }
    assert!(read(&("{".repeat(32) + &"}".repeat(32))).is_ok());
}
