//! What is shown, and how.

use egui::{Key, ThemePreference};

use super::{ALT, CTRL, Category, Entry, NONE, entries};
use crate::analysis::{Quantity, Ranking};
use crate::app::document::Document;
use crate::app::workspace::{Side, Workspace};
use crate::preset::Arrows;
use crate::view::icon::Icon;

entries! { View:
    /// Shows the part of the plane that contains the paths.
    FIT = Entry::document("fit", "Fit the view to the paths", Icon::Fit, Document::fit)
        .keys(&[(NONE, Key::F)]);
    /// Shows the whole surface.
    WHOLE = Entry::document("whole", "Show the whole surface", Icon::Whole, Document::show_all)
        .keys(&[(NONE, Key::Z)]);
    /// Lays the plane of a network through its paths as they are now.
    FIT_PLANE = Entry::document("fit-plane", "Refit the plane", Icon::Fit, Document::refit_plane)
        .unless(|_, it| {
            let has_none = !it.race.is_on_plane();
            has_none.then_some("Only a network is seen on a plane through its weights")
        })
        .keys(&[(ALT, Key::N)]);
    /// Enlarges what is seen.
    ZOOM_IN = Entry::document("zoom-in", "Zoom in", Icon::Plus, |it| it.zoom(ZOOM))
        .keys(&[(NONE, Key::Plus), (NONE, Key::Equals)]);
    /// Shows more.
    ZOOM_OUT = Entry::document("zoom-out", "Zoom out", Icon::Minus, |it| it.zoom(1.0 / ZOOM))
        .keys(&[(NONE, Key::Minus)]);
    /// Switches to the next way of drawing the step.
    ARROWS = Entry::document("arrows", "Show the step as arrows", Icon::Arrow, |it| {
        it.view.arrows = it.view.arrows.next();
    })
    .keys(&[(NONE, Key::A)])
    .unless(|_, it| not_on_plane(it))
    .switch(|_, it| it.view.arrows != Arrows::Off);
    /// Shows or hides the curvature of the surface at the selected racer.
    CURVATURE = Entry::document("curvature", "Show the curvature", Icon::Curve, |it| {
        it.view.curvature ^= true;
    })
    .keys(&[(NONE, Key::C)])
    .unless(|_, it| not_on_plane(it))
    .switch(|_, it| it.view.curvature);
    /// Shows or hides the gradient flow from the start.
    FLOW = Entry::document("flow", "Show the gradient flow", Icon::Ghost, |it| {
        it.view.flow ^= true;
    })
    .keys(&[(ALT, Key::G)])
    .unless(|_, it| not_on_plane(it))
    .switch(|_, it| it.view.flow);
    /// Shows or hides the data beside the surface.
    DATA = Entry::document("data", "Show the data beside the surface", Icon::Data, |it| {
        it.view.data = Some(!it.view.shows_data());
    })
    .keys(&[(NONE, Key::D)])
    .unless(|_, it| {
        let has_none = it.race.surface().rows() == 0;
        has_none.then_some("This surface is a formula; it has no data")
    })
    .switch(|_, it| it.view.shows_data());
    /// Shows the selected racer's predictions in place of the surface, or the surface again.
    LARGE_DATA = Entry::document("large-data", "Predictions at full size", Icon::Corners, |it| {
        it.view.large_data ^= true;
    })
    .keys(&[(ALT, Key::R)])
    .unless(|_, it| {
        let has_none = it.race.surface().network().is_none();
        has_none.then_some("This surface is no network; it predicts nothing")
    })
    .switch(|_, it| it.view.large_data);
    /// Switches the lens on crowded heads.
    LENS = Entry::document("lens", "Magnify crowded racers", Icon::Lens, |it| {
        it.view.lens ^= true;
    })
    .keys(&[(NONE, Key::M)])
    .switch(|_, it| it.view.lens);
    /// Switches whether x and y may have different scales.
    STRETCH = Entry::document("stretch", "Stretch the surface to fill the view", Icon::Stretch, |it| {
        it.view.stretch ^= true;
    })
    .keys(&[(NONE, Key::X)])
    .switch(|_, it| it.view.stretch);
    /// Switches between short trails and whole ones.
    SHORT_TRAILS = Entry::document("short-trails", "Short trails", Icon::Clock, |it| {
        it.view.trail_length = match it.view.trail_length {
            None => Some(25.0),
            Some(_) => None,
        };
    })
    .keys(&[(ALT, Key::T)])
    .switch(|_, it| it.view.trail_length.is_some());
    /// Switches between a linear and a logarithmic vertical axis in the chart.
    LINEAR = Entry::document("linear", "Linear scale in the chart", Icon::Scale, |it| {
        it.view.linear ^= true;
    })
    .keys(&[(ALT, Key::L)])
    .switch(|_, it| it.view.linear);
    /// Shows how every racer would end with other learning rates, or the loss again.
    SENSITIVITY = Entry::document("sensitivity", "Chart of final loss by learning rate", Icon::Curve, |it| {
        let is_shown = is_sensitivity(it);
        it.view.chart = if is_shown { Quantity::Loss } else { Quantity::Sensitivity };
        it.view.swept = None;
    })
    .keys(&[(ALT, Key::F)])
    .switch(|_, it| is_sensitivity(it));
    /// Ranks by the loss that each racer reaches at its best rate, or by the loss again.
    TUNED = Entry::document("rank-tuned", "Rank each racer at its best rate", Icon::Speed, |it| {
        it.view.ranking = match it.ranking() {
            Ranking::Tuned => None,
            _ => Some(Ranking::Tuned),
        };
    })
    .keys(&[(ALT, Key::E)])
    .switch(|_, it| it.ranking() == Ranking::Tuned);
    /// Shows or hides the racers' panel.
    LEFT = Entry::app("left-panel", "Racers panel", Icon::PanelLeft, |it| it.fold(Side::Left))
        .keys(&[(CTRL, Key::B)])
        .switch(|it, _| it.is_open(Side::Left));
    /// Shows or hides the panel with chart and leaderboard.
    RIGHT = Entry::app("right-panel", "Chart and leaderboard", Icon::PanelRight, |it| {
        it.fold(Side::Right);
    })
    .keys(&[(CTRL, Key::J)])
    .switch(|it, _| it.is_open(Side::Right));
    /// Switches presenter mode: large text, thick trails, and only scene and timeline.
    PRESENTER = Entry::app("presenter", "Presenter mode", Icon::Presenter, |it| {
        it.settings.presenter ^= true;
    })
    .keys(&[(NONE, Key::F5), (NONE, Key::P)])
    .on_a_page(&[(NONE, Key::P)])
    .switch(|it, _| it.settings.presenter);
    /// Switches between the dark and the light theme.
    THEME = Entry::app("theme", "Dark or light theme", Icon::Moon, |it| {
        it.settings.theme = if it.is_dark {
            ThemePreference::Light
        } else {
            ThemePreference::Dark
        };
    })
    .keys(&[(NONE, Key::T)]);
    /// Switches reduced motion.
    MOTION = Entry::app("reduced-motion", "Reduce motion", Icon::Pause, |it| {
        it.settings.reduced_motion ^= true;
    })
    .keys(&[(ALT, Key::M)])
    .switch(|it, _| it.settings.reduced_motion);
    /// Makes everything larger.
    LARGER = Entry::app("larger", "Larger interface", Icon::Plus, |it| {
        it.settings.scale = it.settings.next_scale(1);
    })
    .keys(&[(CTRL, Key::Plus), (CTRL, Key::Equals)])
    .on_a_page(&[(ALT, Key::Plus), (ALT, Key::Equals)])
    .unless(|it, _| is_last_scale(it, 1).then_some("This is the largest scale"));
    /// Makes everything smaller.
    SMALLER = Entry::app("smaller", "Smaller interface", Icon::Minus, |it| {
        it.settings.scale = it.settings.next_scale(-1);
    })
    .keys(&[(CTRL, Key::Minus)])
    .on_a_page(&[(ALT, Key::Minus)])
    .unless(|it, _| is_last_scale(it, -1).then_some("This is the smallest scale"));
    /// Resets the scale of the interface.
    USUAL_SCALE = Entry::app("usual-scale", "Interface at its usual scale", Icon::Reset, |it| {
        it.settings.scale = 1.0;
    })
    .keys(&[(CTRL, Key::Num0)])
    .on_a_page(&[(ALT, Key::Num0)])
    .unless(|it, _| {
        let is_usual = (it.settings.scale - 1.0).abs() < 1e-3;
        is_usual.then_some("This is the usual scale")
    });
}

/// The factor by which a key enlarges what is seen.
const ZOOM: f64 = 1.25;

fn is_sensitivity(document: &Document) -> bool {
    document.view.chart == Quantity::Sensitivity && document.view.swept.is_none()
}

fn is_last_scale(workspace: &Workspace, way: i8) -> bool {
    let settings = &workspace.settings;
    (settings.next_scale(way) - settings.scale).abs() < 1e-3
}

/// Says why something that needs a surface of two parameters is not shown.
fn not_on_plane(document: &Document) -> Option<&'static str> {
    let is_plane = document.race.is_on_plane();
    is_plane.then_some("A network has many weights, of which a plane shows too little for that")
}
