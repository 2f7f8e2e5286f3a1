//! Every line of every form is drawn as `KaTeX` would draw it.

use std::collections::BTreeSet;

use slalom::optimizer::equation::Piece;
use slalom::optimizer::{Line, Term};
use slalom::view::equation::marked;

use super::common::typesetting::assert_drawn_like_katex;
use super::forms;

/// The LaTeX of a piece, with its quantities marked.
fn latex(piece: &Piece, terms: &[Term]) -> String {
    match piece {
        Piece::Latex(latex) => latex.clone(),
        Piece::Term(term, inner) => {
            let inner: String = inner.iter().map(|piece| latex(piece, terms)).collect();
            let index = terms.iter().position(|known| known == term).unwrap();
            marked(&inner, index)
        }
    }
}

#[test]
fn every_line_is_drawn_like_katex() {
    let plain = forms::plain();
    let wrapped = forms::wrapped(&plain[..1]);
    let mut seen = BTreeSet::new();
    for form in plain.iter().chain(&wrapped) {
        for t in [1, 2, 9] {
            for line in form.rule().lines(t) {
                let Line(pieces) = &line;
                let terms = line.terms();
                let text: String = pieces.iter().map(|piece| latex(piece, &terms)).collect();
                if seen.insert(text.clone()) {
                    assert_drawn_like_katex(&text);
                }
            }
        }
    }
    assert!(seen.len() > 100, "{} lines", seen.len());
}
