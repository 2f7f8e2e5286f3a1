use super::*;

#[test]
fn hostile_text_is_only_text() {
    let hostile = "</text><script>alert(\"x\" & 'y')</script>\u{1}";
    let svg = written([text(hostile).into()]);
    assert_eq!(count(&svg, "script"), 0);
    let said = each(&svg, "text", |node| node.text().unwrap().to_owned());
    assert_eq!(said, [hostile.replace('\u{1}', "\u{fffd}")]);
}

#[test]
fn rows_and_styles_become_runs_at_their_places() {
    let mut job = LayoutJob::default();
    job.append(
        "loss ",
        0.0,
        format(13.0, FontFamily::Proportional, Color32::WHITE),
    );
    job.append(
        "0.0063",
        0.0,
        format(13.0, FontFamily::Monospace, Color32::PLACEHOLDER),
    );
    let underline = Stroke::new(1.0, Color32::GREEN);
    let large = format(20.0, FontFamily::Proportional, Color32::BLUE);
    job.append(
        "\n  η  β",
        0.0,
        TextFormat {
            underline,
            italics: true,
            ..large
        },
    );
    let galley = laid_out(&job);
    let svg = written([TextShape::new(pos2(20.0, 30.0), Arc::clone(&galley), Color32::RED).into()]);

    let runs = each(&svg, "text", |node| node.text().unwrap().to_owned());
    assert_eq!(runs, ["loss", "0.0063", "η  β"]);
    let fills = each(&svg, "text", |node| {
        node.attribute("fill").unwrap().to_owned()
    });
    assert_eq!(fills, ["#ffffff", "#ff0000", "#0000ff"]);
    let number = |name: &'static str| {
        each(&svg, "text", move |node| {
            node.attribute(name).unwrap().parse::<f32>().unwrap()
        })
    };
    let positions: Vec<(f32, f32)> = number("x").into_iter().zip(number("y")).collect();
    let glyph = |row: usize, column: usize| {
        let position = pos2(20.0, 30.0)
            + galley.rows[row].pos.to_vec2()
            + galley.rows[row].glyphs[column].pos.to_vec2();
        (
            (position.x * 100.0).round() / 100.0,
            (position.y * 100.0).round() / 100.0,
        )
    };
    assert_eq!(positions, [glyph(0, 0), glyph(0, 5), glyph(1, 2)]);
    assert_eq!(number("font-size"), [13.0, 13.0, 20.0]);
    let family = |index: usize| {
        each(&svg, "text", |node| {
            node.attribute("font-family").map(str::to_owned)
        })[index]
            .clone()
    };
    assert_eq!(family(0), None);
    assert!(family(1).unwrap().ends_with("monospace"));
    assert_eq!(count(&svg, "line"), 1);
    assert!(svg.contains(r#"font-style="italic""#) && svg.contains(r#"xml:space="preserve""#));
}

#[test]
fn wrapped_and_cut_text_keeps_its_styles() {
    let mut job = LayoutJob {
        wrap: TextWrapping::truncate_at_width(60.0),
        ..LayoutJob::default()
    };
    job.append(
        "red ",
        0.0,
        format(13.0, FontFamily::Proportional, Color32::RED),
    );
    job.append(
        "blue and much longer than there is room",
        0.0,
        format(13.0, FontFamily::Proportional, Color32::BLUE),
    );
    let svg = written([TextShape::new(Pos2::ZERO, laid_out(&job), Color32::WHITE).into()]);
    let runs = each(&svg, "text", |node| {
        (
            node.text().unwrap().to_owned(),
            node.attribute("fill").unwrap().to_owned(),
        )
    });
    assert_eq!(runs[0], ("red".to_owned(), "#ff0000".to_owned()));
    assert!(runs[1].0.starts_with("bl") && runs[1].0.ends_with('…') && runs[1].1 == "#0000ff");

    job.wrap = TextWrapping::wrap_at_width(60.0);
    let svg = written([TextShape::new(Pos2::ZERO, laid_out(&job), Color32::WHITE).into()]);
    let words = each(&svg, "text", |node| node.text().unwrap().to_owned()).join(" ");
    assert_eq!(words, "red blue and much longer than there is room");
}

#[test]
fn turned_and_faded_text_stays_text() {
    let shape = TextShape {
        opacity_factor: 0.5,
        ..text("up").with_angle(-std::f32::consts::FRAC_PI_2)
    };
    let shape = TextShape {
        pos: pos2(100.0, 200.0),
        ..shape
    };
    let svg = written([shape.into()]);
    assert!(svg.contains(r#"<g transform="rotate(-90 100,200)"><text"#));
    assert_eq!(attribute(&svg, "text", "fill-opacity"), "0.502");
}

#[test]
fn words_that_are_read_from_the_right_keep_their_order() {
    for words in ["נסיון", "عربي 1", "Adam, נסיון"] {
        let svg = written([text(words).into()]);
        let said = each(&svg, "text", |node| node.text().unwrap().to_owned());
        assert_eq!(said, [words]);
    }
}
