//! Widgets that egui lacks or that need to behave differently here.

mod buttons;
mod chooser;
pub mod finger;
mod racer_marker;
mod segments;
mod value_slider;

pub use buttons::{
    entry_button, entry_button_with, entry_icon, entry_item, entry_text_button, focus_ring,
    icon_button, icon_toggle, link_text, primary,
};
pub use chooser::{chooser, chooser_width, long_menu, name, within};
pub use racer_marker::racer_marker;
pub use segments::{Segment, segments, segments_width};
pub use value_slider::ValueSlider;
