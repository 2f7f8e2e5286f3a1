//! Random formulas and random damage.

use proptest::prelude::*;
use slalom::expression::{Expression, Vocabulary};

use super::common::cases;
use super::common::typesetting::assert_drawn_like_katex;
use super::{near, read};

/// Formulas with everything in them.
pub fn samples() -> Vec<String> {
    [
        "u = y − c*x^2; (x^2 − 1)^2 + a*x + b*u^2",
        "20 + x² − 10 cos(2πx) + y² − 10 cos(2πy)",
        "−20 e^(−0.2 √(½(x² + y²))) − e^(½(cos(2πx) + cos(2πy))) + e + 20",
        "[1 + (x + y + 1)² (19 − 14x + 3x² − 14y + 6x y + 3y²)]·[30 + x]",
        "sum(i, 1, 5, i*cos((i + 1)*x + i)) + |x − y|/hypot(x, 1)",
        "if(x*y <= 1, max(x, y, 0.5), min(β₁, sigmoid(x)))^2",
        "mod(x, 2)^2 - atan2(y, x) + 1e-3*floor(3x)/(1 + x^-2)",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("x".to_owned()),
        Just("y".to_owned()),
        Just("a".to_owned()),
        Just("pi".to_owned()),
        Just("e".to_owned()),
        (0.0..10.0_f64).prop_map(|number| format!("{number:.2}")),
        (0..5_u8).prop_map(|number| number.to_string()),
        Just("2e-7".to_owned()),
    ];
    leaf.prop_recursive(6, 40, 3, |inner| {
        let pair = (inner.clone(), inner.clone());
        let function = prop::sample::select(vec![
            "sin", "sqrt", "abs", "exp", "floor", "cbrt", "relu", "erf", "ln", "tanh",
        ]);
        prop_oneof![
            (
                pair.clone(),
                prop::sample::select(vec!["+", "-", "*", "/", "^", "·"])
            )
                .prop_map(|((a, b), sign)| format!("({a}) {sign} ({b})")),
            (pair.clone(), prop::sample::select(vec!["+", "-", "*"]))
                .prop_map(|((a, b), sign)| format!("{a} {sign} {b}")),
            (function, inner.clone()).prop_map(|(name, a)| format!("{name}({a})")),
            pair.clone().prop_map(|(a, b)| format!("max({a}, {b})")),
            pair.prop_map(|(a, b)| format!("if({a} < {b}, {b}, {a})")),
            inner.clone().prop_map(|a| format!("-({a})")),
            inner.clone().prop_map(|a| format!("({a})²")),
            inner.clone().prop_map(|a| format!("({a})^-1")),
            inner.prop_map(|a| if a.contains("sum") {
                a
            } else {
                format!("sum(k, 1, 3, k*({a}))")
            }),
        ]
    })
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn what_is_printed_in_unicode_reads_back_to_the_same_values(
        text in expression(),
        x in -3.0..3.0,
        y in -3.0..3.0,
    ) {
        let formula = read(&text);
        let printed = formula.unicode();
        let again = Expression::parse(&printed, &Vocabulary::default());
        prop_assert!(again.is_ok(), "{}: {:?}", printed, again);
        let again = again.unwrap();
        prop_assert_eq!(again.unicode(), printed.clone());
        let parameters = [1.3];
        let (before, after) = (
            formula.tape().eval(x, y, &parameters),
            again.tape().eval(x, y, &parameters),
        );
        prop_assert!(near(before, after, 0.0), "{} {}: {} {}", text, printed, before, after);
        for line in formula.latex(&|_| None) {
            assert_drawn_like_katex(&line);
        }
    }

    #[test]
    fn all_ways_of_evaluation_agree(text in expression(), x in -3.0..3.0, y in -3.0..3.0) {
        let formula = read(&text);
        let value = formula.tape().eval(x, y, &[1.3]);
        let bound = formula.bind(&[1.3]).eval(x, y, &[]);
        let (sloped, _) = formula.tape().gradient([x, y], &[1.3]);
        let mut row = [0.0; 3];
        formula.tape().row(&[x; 3], y, &[1.3], &mut row);
        prop_assert!(near(value, bound, 1e-9), "{} {}", value, bound);
        prop_assert!(near(value, sloped, 0.0), "{} {}", value, sloped);
        prop_assert!(near(value, row[2], 0.0), "{} {}", value, row[2]);
    }

    #[test]
    fn any_damage_is_read_or_explained(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8), 1..6,
        ),
    ) {
        let mut signs: Vec<char> = samples()[which.index(samples().len())].chars().collect();
        let pool: Vec<char> = "x y0.9e+-*/^()[]|,;=<>≤√²⁻π_βsinmax\n·#".chars().collect();
        for (at, sign, how) in changes {
            let at = at.index(signs.len().max(1)).min(signs.len().saturating_sub(1));
            let sign = pool[sign.index(pool.len())];
            match how {
                0 if !signs.is_empty() => { signs.remove(at); }
                1 if !signs.is_empty() => signs[at] = sign,
                2 => signs.truncate(at + 1),
                _ => signs.insert(at, sign),
            }
        }
        check(&signs.into_iter().collect::<String>())?;
    }

    #[test]
    fn any_text_is_read_or_explained(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn any_row_of_tokens_is_read_or_explained(tokens in prop::collection::vec(
        prop::sample::select(vec![
            "x", "y", "a", "2", "1.5", "sin", "max", "if", "sum", "i", "(", ")", "|", "+", "-",
            "*", "/", "^", "**", ",", ";", "\n", "=", "<-", "<", "==", "√", "²", "π", "norm", "[", "]",
        ]), 0..30,
    )) {
        check(&tokens.concat())?;
        check(&tokens.join(" "))?;
    }
}

/// Reads a text; a mistake is a sentence with a place inside of the text.
fn check(text: &str) -> Result<(), TestCaseError> {
    match Expression::parse(text, &Vocabulary::default()) {
        Ok(formula) => {
            let again = Expression::parse(&formula.unicode(), &Vocabulary::default());
            prop_assert!(again.is_ok(), "{text:?} {} {again:?}", formula.unicode());
            let _ = formula.tape().gradient([0.3, 0.4], &[]);
        }
        Err(mistake) => {
            prop_assert!(
                text.get(mistake.at.clone()).is_some(),
                "{text:?} {mistake:?}"
            );
            let sentence = mistake.to_string();
            prop_assert!(
                !sentence.contains('\n') && sentence.chars().count() < 200,
                "{}",
                sentence
            );
            prop_assert_eq!(mistake.caret(text).lines().count(), 2, "{:?}", mistake);
        }
    }
    Ok(())
}
