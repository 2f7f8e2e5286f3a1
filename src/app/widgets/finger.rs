//! A finger on a widget that is dragged sideways, inside something that scrolls up and down.

use egui::{Context, Id, Response, Ui, Vec2, style::ScrollAnimation, vec2};

/// Which way a finger goes, as decided by its first points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It has hardly moved.
    Undecided,
    /// Sideways: it drags the widget.
    Along,
    /// Up or down: it scrolls what the widget stands in.
    Across,
    /// It rests, which opens a menu.
    Held,
}

/// A finger on a widget.
#[derive(Clone, Copy)]
struct Finger {
    /// The widget.
    on: Id,
    /// When it came.
    since: f64,
    way: Way,
}

/// The way after which it is clear what a finger does.
const CLEAR: f32 = 6.0;

/// Returns which way the finger goes that is on a widget or has just left it; `None` if a mouse is,
/// or nothing. One that goes up or down scrolls, here and now.
pub fn way(ui: &Ui, response: &Response) -> Option<Way> {
    let is_on = response.is_pointer_button_down_on() || response.drag_stopped();
    if !(is_on || response.clicked()) {
        return None;
    }
    let (begins, touches, now) = ui.input(|input| {
        let begins = input.pointer.any_pressed();
        (begins, input.any_touches(), input.time)
    });
    if begins {
        let finger = Finger {
            on: response.id,
            since: now,
            way: Way::Undecided,
        };
        remember(ui, touches.then_some(finger));
    }
    let mut finger = known(ui, response)?;
    if finger.way == Way::Undecided {
        finger.way = decide(ui);
        remember(ui, Some(finger));
    }
    if finger.way == Way::Across && touches {
        let by = vec2(0.0, ui.input(|input| input.pointer.delta().y));
        ui.scroll_with_delta_animation(by, ScrollAnimation::none());
    }
    Some(finger.way)
}

fn decide(ui: &Ui) -> Way {
    let gone = ui.input(|input| {
        let pointer = &input.pointer;
        let from = pointer.press_origin();
        let here = pointer.interact_pos();
        from.zip(here)
            .map_or(Vec2::ZERO, |(from, here)| here - from)
    });
    match gone.abs() {
        gone if gone.max_elem() < CLEAR => Way::Undecided,
        gone if gone.x >= gone.y => Way::Along,
        _ => Way::Across,
    }
}

/// Returns whether a finger has just rested on a widget for so long that its menu opens. This is for
/// a widget that senses only drags; egui tells it of the others.
pub fn rests(ui: &Ui, response: &Response) -> bool {
    if way(ui, response) != Some(Way::Undecided) {
        return false;
    }
    let Some(finger) = known(ui, response) else {
        return false;
    };
    let patience = ui
        .ctx()
        .options(|options| options.input_options.max_click_duration);
    if ui.input(|input| input.time) - finger.since <= patience {
        ui.ctx().request_repaint_after_secs(0.05);
        return false;
    }
    let way = Way::Held;
    remember(ui, Some(Finger { way, ..finger }));
    true
}

/// Lets a finger that rests on something point at it as a mouse does, rather than hold what scrolls
/// below it.
pub fn point(ctx: &Context) {
    /// How long the finger rests before, in seconds.
    const PATIENCE: f64 = 0.4;
    let Some(dragged) = ctx.dragged_id() else {
        ctx.data_mut(|data| data.remove::<Rest>(rest_key()));
        return;
    };
    let (now, touches, origin, here) = ctx.input(|input| {
        let pointer = &input.pointer;
        let (origin, here) = (pointer.press_origin(), pointer.interact_pos());
        (input.time, input.any_touches(), origin, here)
    });
    let is_still = origin
        .zip(here)
        .is_some_and(|(origin, here)| (here - origin).abs().max_elem() < CLEAR);
    let on_slider = ctx.data(|data| data.get_temp::<Option<Finger>>(key()));
    let on_slider = on_slider.flatten().is_some_and(|it| it.on == dragged);
    let before = ctx.data(|data| data.get_temp::<Rest>(rest_key()));
    let rest = before.filter(|it| it.on == dragged);
    let rest = rest.unwrap_or(Rest {
        on: dragged,
        since: now,
        is_still: true,
    });
    let is_still = rest.is_still && is_still && touches && !on_slider;
    ctx.data_mut(|data| data.insert_temp(rest_key(), Rest { is_still, ..rest }));
    if is_still && now - rest.since > PATIENCE {
        ctx.stop_dragging();
    } else if is_still {
        ctx.request_repaint_after_secs(0.05);
    }
}

/// A finger on something that only scrolls.
#[derive(Clone, Copy)]
struct Rest {
    on: Id,
    since: f64,
    is_still: bool,
}

fn rest_key() -> Id {
    Id::unique("rest of a finger")
}

fn known(ui: &Ui, response: &Response) -> Option<Finger> {
    let finger = ui.data(|data| data.get_temp::<Option<Finger>>(key()));
    finger.flatten().filter(|it| it.on == response.id)
}

fn key() -> Id {
    Id::unique("way of a finger")
}

fn remember(ui: &Ui, finger: Option<Finger>) {
    ui.data_mut(|data| data.insert_temp(key(), finger));
}
