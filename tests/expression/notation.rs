//! Formulas in LaTeX, Unicode and Python.

use slalom::expression::Dialect;

use super::common::typesetting::assert_drawn_like_katex;
use super::read;

fn latex(text: &str) -> String {
    read(text).latex(&|_| None).join(r" \\ ")
}

#[test]
fn latex_has_fractions_roots_powers_and_few_brackets() {
    for (text, expected) in [
        ("x^2 + y^2", "x^{2} + y^{2}"),
        ("(x^2 - 1)^2 + a*x", r"\left(x^{2} - 1\right)^{2} + a\, x"),
        ("1/(x + y)", r"\frac{1}{x + y}"),
        ("-1/x", r"-\frac{1}{x}"),
        ("(x/y)^2", r"\left(\frac{x}{y}\right)^{2}"),
        ("2x*3", r"2 x \cdot 3"),
        ("sqrt(x)", r"\sqrt{x}"),
        ("cbrt(x + 1)", r"\sqrt[3]{x + 1}"),
        ("sin(2 pi x)", r"\sin(2 \pi\, x)"),
        ("abs(x - y)", r"|x - y|"),
        ("beta_1*x", r"\beta_1\, x"),
        ("1e-5 x", r"10^{-5}\, x"),
        ("1.5e10", r"1.5 \cdot 10^{10}"),
        ("x - (y + 1)", r"x - (y + 1)"),
        ("x + (y + 1)", "x + y + 1"),
        ("x + -y", r"x + (-y)"),
        ("-(x + y)", r"-(x + y)"),
        ("(-x)^2", r"(-x)^{2}"),
        ("2^(x + 1)", "2^{x + 1}"),
        (
            "if(x <= 1, x, y)",
            r"\begin{cases} x & \text{if } x \le 1 \\ y & \text{otherwise} \end{cases}",
        ),
        ("sum(i, 1, 5, i*x)", r"\sum_{i=1}^{5} i\, x"),
        ("mod(x, 2)", r"x \bmod 2"),
        ("u = x; u", r"u = x \\ u"),
    ] {
        assert_eq!(latex(text), expected, "{text}");
    }
}

#[test]
fn symbols_can_be_replaced() {
    let formula = read("learning_rate*x");
    let symbol = |name: &str| (name == "learning_rate").then(|| r"\eta".to_owned());
    assert_eq!(formula.latex(&symbol), [r"\eta\, x"]);
}

#[test]
fn every_notation_can_be_typeset() {
    let texts = super::random::samples().into_iter().chain(
        [
            "if(x < 1, floor(x), ceil(y))*2 + if(x == 0, 1, 2)",
            "asinh(x) + acosh(y) + erf(x) + log10(y) + log2(x) + cbrt(x)^2 + mod(x, y) + hypot(x, y)",
            "sum(i, 1, 3, m_hat_1 + v_bar + eta_max + width)",
            "x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x/x",
            "((((((((x²)²)²)²)²)²)²)²)²",
        ]
        .map(str::to_owned),
    );
    for text in texts {
        for line in read(&text).latex(&|_| None) {
            assert_drawn_like_katex(&line);
        }
    }
    let deep = "(".repeat(60) + "x" + &"+1)*2".repeat(60);
    let line = read(&deep).latex(&|_| None).remove(0);
    assert_drawn_like_katex(&line);
}

#[test]
fn unicode_is_one_line_that_reads_like_mathematics() {
    for (text, expected) in [
        ("x**2 - 2*x*y", "x² − 2x·y"),
        ("sqrt(x^2 + y^2)", "√(x² + y²)"),
        ("abs(x) + abs(abs(y) - 1)", "|x| + abs(|y| − 1)"),
        ("x^-1 + 2^(x+1) + x^0.5", "x⁻¹ + 2^(x + 1) + x^0.5"),
        ("beta_1 x / (2 pi)", "β₁·x/(2π)"),
        ("if(x<=1, x, -y)", "if(x ≤ 1, x, −y)"),
        ("x - (y - 1) + (-x)", "x − (y − 1) + (−x)"),
        ("u = x y\nu^2", "u = x·y; u²"),
        ("2 e + 1e-9", "2·e + 1e-9"),
    ] {
        assert_eq!(read(text).unicode(), expected, "{text}");
    }
}

#[test]
fn python_has_the_names_of_its_library() {
    let numpy = Dialect {
        of_constants: None,
        taken: &[],
        prefix: "np.",
        renamed: &[],
    };
    for (text, expected) in [
        ("x^2 - -y", "return x**2 - (-y)"),
        ("-x^2/2y", "return -x**2 / 2 * y"),
        ("asin(x) + 2pi", "return np.arcsin(x) + 2 * np.pi"),
        ("max(x, y, 1)", "return np.maximum(np.maximum(x, y), 1)"),
        ("if(x < y, 1, 2)", "return np.where(x < y, 1, 2)"),
        ("mod(x, 2)^2", "return (x % 2)**2"),
        ("λ x", "return lambda_ * x"),
        (
            "sum(i, 1, 5, x^i)",
            "return sum(x**i for i in range(1, 5 + 1))",
        ),
    ] {
        assert_eq!(read(text).python(&numpy), [expected], "{text}");
    }
    let torch = Dialect {
        of_constants: None,
        taken: &[],
        prefix: "torch.",
        renamed: &[("pi", "math.pi")],
    };
    let lines = read("u = sin(x); u*pi").python(&torch);
    assert_eq!(lines, ["u = torch.sin(x)", "return u * math.pi"]);
}
