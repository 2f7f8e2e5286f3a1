//! What is wrong with a text, where, and what to do.

use slalom::expression::{Expression, Fault, Vocabulary};

fn mistake(text: &str) -> (String, usize) {
    let mistake = Expression::parse(text, &Vocabulary::default()).expect_err(text);
    (mistake.fault.to_string(), mistake.at.start)
}

#[test]
fn every_mistake_has_its_sentence_and_its_place() {
    for (text, sentence, at) in [
        (
            "",
            "there is nothing to compute; write a formula such as x^2 + y^2",
            0,
        ),
        (
            "x + sen(y)",
            "there is no function sen; did you mean sin?",
            4,
        ),
        (
            "x + sine(y)",
            "there is no function sine; did you mean sin?",
            4,
        ),
        (
            "quux(y)",
            "there is no function quux; for a product write quux*(…)",
            0,
        ),
        (
            "a(x + 1)",
            "a is no function here; for a product write a*(…)",
            0,
        ),
        (
            "xy + 1",
            "a product has a sign between its names: write x*y",
            0,
        ),
        (
            "1 + a + ax",
            "a product has a sign between its names: write a*x",
            8,
        ),
        (
            "x +",
            "expected a number, a name or a bracket, but the text ends here",
            3,
        ),
        (
            "x + ; y",
            "expected a number, a name or a bracket, but found the end of the line",
            4,
        ),
        (
            "x + * y",
            "expected a number, a name or a bracket, but found *",
            4,
        ),
        ("(x + 1", "this ( is never closed", 0),
        ("|x + 1", "this | is never closed", 0),
        ("sin(x", "this ( is never closed", 0),
        ("x + 1)", "this ) closes nothing", 5),
        ("(x + 1]", "this bracket is closed by ]; expected )", 0),
        (
            "||x| + 1|",
            "bars do not nest; write abs(…) for the inner or the outer ones",
            1,
        ),
        (
            "√x²",
            "a root of a power has two readings; write √(…) with brackets",
            0,
        ),
        ("sin x", "sin is a function; write sin(…)", 0),
        ("sin^2(x)", "sin is a function; write sin(…)", 0),
        ("sin(x, y)", "sin takes one argument, but is given 2", 0),
        (
            "max(x)",
            "max takes two arguments or more, but is given 1",
            0,
        ),
        (
            "x 2",
            "a number on the right of a product needs a sign: write * in between",
            2,
        ),
        (
            "1,5 x",
            "expected an operator (a decimal point is a point), but found ,",
            1,
        ),
        ("1.2.3", "1.2.3 is not a number", 0),
        ("1e999", "1e999 is too large for a number", 0),
        (
            "x < 1",
            "a comparison such as x < 1 can only be the first argument of if",
            2,
        ),
        (
            "if(x, 1, 2)",
            "if begins with one comparison: if(x < 1, …, …)",
            0,
        ),
        (
            "if(x = 1, 1, 2)",
            "to compare, write ==; a definition such as u = x + y stands at the beginning",
            5,
        ),
        (
            "sum(1, 2, 3)",
            "sum begins with a name, as in sum(i, 1, 5, …)",
            4,
        ),
        (
            "sum(i, 1, x, i)",
            "the bounds of a sum are whole numbers that do not depend on other names",
            0,
        ),
        (
            "sum(i, 1, 2.5, i)",
            "the bounds of a sum are whole numbers that do not depend on other names",
            0,
        ),
        (
            "sum(x, 1, 2, x)",
            "x already has a meaning; choose another name",
            4,
        ),
        (
            "sum(i, 1, 1e9, i x)",
            "the sums have more than 10000 operations",
            0,
        ),
        (
            "sum(i, 1, 1e15, 2)",
            "the sums have more than 10000 operations",
            16,
        ),
        (
            "x = 1; x",
            "x already has a meaning; choose another name",
            0,
        ),
        (
            "pi = 1; x",
            "pi already has a meaning; choose another name",
            0,
        ),
        ("u = 1; u = 2; u", "u is defined twice", 7),
        ("v = u; u = 1; v", "u is used before it is defined", 4),
        (
            "u = x + y",
            "the last line has to be the formula itself, without a name and =",
            0,
        ),
        (
            "x + 1; y",
            "only the last line may be a formula; earlier ones define names, as in u = x + y",
            2,
        ),
        (
            "u <- 1; x",
            "<- belongs into rules; a formula defines names with =",
            0,
        ),
        (
            "norm(x)",
            "norm is a whole-vector function, which only rules have",
            0,
        ),
        ("x # 1", "the sign # has no meaning here", 2),
    ] {
        assert_eq!(mistake(text), (sentence.to_owned(), at), "{text}");
    }
}

#[test]
fn a_mistake_is_marked_below_its_line() {
    let text = "u = y − c*x^2\n(x^2 − 1)^2 + b*sine(u)^2";
    let mistake = Expression::parse(text, &Vocabulary::default()).unwrap_err();
    assert_eq!(
        mistake.to_string(),
        "line 2, column 17: there is no function sine; did you mean sin?"
    );
    assert_eq!(
        mistake.caret(text),
        "(x^2 − 1)^2 + b*sine(u)^2\n                ^^^^"
    );
    assert_eq!(mistake.suggestion(), Some("sin"));
    assert_eq!(&text[mistake.at], "sine");
}

#[test]
fn a_closed_vocabulary_names_the_nearest_word() {
    let vocabulary = Vocabulary {
        parameters: &["depth", "width"],
        open: false,
        ..Vocabulary::default()
    };
    let read = |text: &str| Expression::parse(text, &vocabulary);
    assert_eq!(read("x + width*y").unwrap().parameters(), ["width"]);
    let mistake = read("x + dept*y").unwrap_err();
    assert_eq!(
        mistake.fault.to_string(),
        "there is no quantity dept; did you mean depth?"
    );
}

#[test]
fn what_is_too_long_or_too_deep_is_rejected_at_once() {
    let long = vec!["x"; 5000].join("+");
    assert_eq!(mistake(&long).0, "the text is longer than 5000 characters");
    let nested = "(".repeat(500) + "x" + &")".repeat(500);
    assert_eq!(mistake(&nested).0, "brackets are nested more than 64 deep");
    for sign in ["-", "√", "2^", "x^-"] {
        let steep = sign.repeat(1200) + "x";
        assert_eq!(
            mistake(&steep).0,
            "signs and powers are nested more than 64 deep; use brackets and definitions"
        );
    }
    // What is just shallow enough can be read again once it is printed with all its brackets.
    let read = |text: &str| Expression::parse(text, &Vocabulary::default());
    for sign in ["-", "√"] {
        let formula = read(&format!("x-{}x", sign.repeat(64))).unwrap();
        let printed = formula.unicode();
        assert_eq!(read(&printed).unwrap().unicode(), printed);
        let steep = mistake(&format!("x-{}x", sign.repeat(65)));
        assert!(steep.0.starts_with("signs and powers are nested"));
    }
    let squares = "x".to_owned() + &"²".repeat(40);
    assert!(mistake(&squares).0.contains("is not a number"));
    // Chains are long, not deep.
    for sign in ["+x", "-x", "/x", "*x", "^1*x"] {
        let chain = "x".to_owned() + &sign.repeat(1200);
        let formula = Expression::parse(&chain, &Vocabulary::default()).unwrap();
        assert!(formula.unicode().len() > 1200);
        assert!(!formula.latex(&|_| None)[0].is_empty());
        assert!(formula.tape().eval(1.0_f64, 1.0, &[]).is_finite());
    }
}

#[test]
fn too_many_results_at_a_time_are_rejected() {
    let text = "sum(i, 1, 1100, sin(i x)) + sum(i, 1, 1100, sin(i x)*sin(x/i))";
    let mistake = Expression::parse(text, &Vocabulary::default()).unwrap_err();
    assert_eq!(mistake.fault, Fault::TooWide);
}
