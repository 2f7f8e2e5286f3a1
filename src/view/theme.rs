//! The themes: every colour, font size and distance of the interface.

pub mod touch;

use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Theme,
    Visuals,
    style::{HandleShape, WidgetVisuals},
    vec2,
};

use crate::optimizer::Family;
use crate::sampling::{ColourMap, GroundMap};

/// The size of the captions above groups.
pub const CAPTION: f32 = 11.0;
/// The size of all other text.
pub const BODY: f32 = 13.0;
/// The size of the program's name.
pub const TITLE: f32 = 16.0;
/// The corner radius of cards, buttons and windows.
pub const RADIUS: u8 = 6;

/// The colours of one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Colors {
    /// Whether it is a dark theme.
    pub dark: bool,
    /// The background of everything.
    pub window: Color32,
    /// Side panels and bars.
    pub panel: Color32,
    /// Raised surfaces: cards, buttons.
    pub card: Color32,
    /// Borders and rules.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Less important text.
    pub dim: Color32,
    /// Pressed or selected controls; never a racer.
    pub accent: Color32,
    /// Text on the accent colour.
    pub on_accent: Color32,
    /// The rim around trails and heads, which makes them stand out against any background.
    pub rim: Color32,
    /// Iso-lines.
    pub iso_line: Color32,
    /// Errors.
    pub error: Color32,
    /// The families of quantities in equations and arrows: gradient, memory, squares, look-ahead,
    /// decay.
    pub families: [Color32; 5],
    /// The colours of the racers' eight slots.
    pub racers: [Color32; 8],
    /// How surfaces are drawn.
    pub ground: Ground,
    /// The colours of surfaces drawn with [`Ground::Tones`].
    pub map: GroundMap,
    /// Whether every head is a disc, as in the original animation.
    pub discs: bool,
}

/// How the surface of a scene is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Tones from dark to light, with subtle iso-lines.
    Tones,
    /// Only iso-lines, in rainbow colours.
    Rainbow,
}

const fn hex(rgb: u32) -> Color32 {
    let [_, red, green, blue] = rgb.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

impl Colors {
    /// The dark theme.
    #[must_use]
    pub fn dark() -> Self {
        Self {
            dark: true,
            window: hex(0x11_141c),
            panel: hex(0x17_1b26),
            card: hex(0x1f_2533),
            line: hex(0x2c_3446),
            text: hex(0xe8_ebf2),
            dim: hex(0x98_a2b8),
            accent: hex(0x7a_a2ff),
            on_accent: hex(0x0b_0d14),
            rim: hex(0x0b_0d14),
            iso_line: Color32::from_white_alpha(56),
            error: hex(0xff_8080),
            families: [0xff_9a62, 0x6f_b7ff, 0x7d_dd98, 0xd3_a4ff, 0xf0_d66a].map(hex),
            racers: [
                0xf8_6e3e, 0xf7_cca0, 0xda_f329, 0x78_a67f, 0x88_fff7, 0x99_c8fe, 0xa8_83fd,
                0xd7_88b2,
            ]
            .map(hex),
            ground: Ground::Tones,
            map: GroundMap::Slate,
            discs: false,
        }
    }

    /// The light theme.
    #[must_use]
    pub fn light() -> Self {
        Self {
            dark: false,
            window: hex(0xee_f1f6),
            panel: hex(0xf8_f9fc),
            card: hex(0xff_ffff),
            line: hex(0xd5_dbe6),
            text: hex(0x1a_2030),
            dim: hex(0x5b_667d),
            accent: hex(0x24_57d6),
            on_accent: hex(0xff_ffff),
            rim: hex(0xff_ffff),
            iso_line: Color32::from_rgba_unmultiplied(0x20, 0x40, 0x6a, 71),
            error: hex(0xb3_2020),
            families: [0xb5_3f00, 0x0b_5cba, 0x0b_7540, 0x76_2fc0, 0x7a_6000].map(hex),
            racers: [
                0xd7_3a53, 0x76_3204, 0x80_7802, 0x14_422b, 0x31_8284, 0x2a_6ff0, 0x62_02b7,
                0x7b_0459,
            ]
            .map(hex),
            ground: Ground::Tones,
            map: GroundMap::Slate,
            discs: false,
        }
    }

    /// Alec Radford's animation of 2014: rainbow iso-lines on white, and discs in primary colours.
    /// The colours of Adam and Nadam, which it lacks, are our own.
    #[must_use]
    pub fn radford() -> Self {
        let line = hex(0x00_0000);
        Self {
            window: hex(0xff_ffff),
            panel: hex(0xff_ffff),
            card: hex(0xff_ffff),
            line,
            text: hex(0x00_0000),
            dim: hex(0x60_6060),
            rim: hex(0x00_0000),
            racers: [
                0xff_0000, 0x00_8000, 0xbf_00bf, 0x00_00ff, 0xbf_bf00, 0x00_0000, 0x00_bfbf,
                0xff_7f0e,
            ]
            .map(hex),
            ground: Ground::Rainbow,
            discs: true,
            ..Self::light()
        }
    }

    /// The same colours with other surfaces.
    #[must_use]
    pub fn with_ground(mut self, map: GroundMap) -> Self {
        self.map = map;
        if !self.dark && self.ground == Ground::Tones {
            let [red, green, blue] = match map {
                GroundMap::Slate => [0x20, 0x40, 0x6a],
                GroundMap::Grey => [0x30, 0x34, 0x3a],
                GroundMap::Dusk => [0x6a, 0x34, 0x30],
                GroundMap::Moss => [0x24, 0x50, 0x2c],
            };
            self.iso_line = Color32::from_rgba_unmultiplied(red, green, blue, 71);
        }
        self
    }

    /// The colours of surfaces, from low to high.
    #[must_use]
    pub fn colour_map(&self) -> ColourMap {
        match self.ground {
            Ground::Tones => self.map.map(self.dark),
            Ground::Rainbow => ColourMap::from_hex(&[0xff_ffff]),
        }
    }

    /// The colour of a family of quantities.
    #[must_use]
    pub const fn family(&self, family: Family) -> Color32 {
        let [gradient, memory, squares, query, decay] = self.families;
        match family {
            Family::Gradient => gradient,
            Family::Memory => memory,
            Family::Squares => squares,
            Family::Query => query,
            Family::Decay => decay,
            Family::Step => self.text,
        }
    }

    /// The look for one of egui's themes.
    #[must_use]
    pub fn of(theme: Theme) -> Self {
        match theme {
            Theme::Dark => Self::dark(),
            Theme::Light => Self::light(),
        }
    }

    /// The look that the context currently uses.
    #[must_use]
    pub fn current(ctx: &Context) -> Self {
        Self::of(ctx.theme())
    }

    fn visuals(&self) -> Visuals {
        let base = if self.dark {
            Visuals::dark()
        } else {
            Visuals::light()
        };
        let radius = CornerRadius::same(RADIUS);
        let widget = |fill: Color32, border: Color32, text: Color32| WidgetVisuals {
            bg_fill: fill,
            weak_bg_fill: fill,
            bg_stroke: Stroke::new(1.0, border),
            fg_stroke: Stroke::new(1.0, text),
            corner_radius: radius,
            expansion: 0.0,
        };
        let mut visuals = Visuals {
            panel_fill: self.panel,
            window_fill: self.card,
            window_stroke: Stroke::new(1.0, self.line),
            window_corner_radius: radius,
            menu_corner_radius: radius,
            extreme_bg_color: self.window,
            faint_bg_color: self.card,
            weak_text_color: Some(self.dim),
            hyperlink_color: self.accent,
            error_fg_color: self.error,
            warn_fg_color: self.error,
            slider_trailing_fill: true,
            handle_shape: HandleShape::Circle,
            ..base
        };
        visuals.selection.bg_fill = self
            .accent
            .gamma_multiply(if self.dark { 0.45 } else { 0.3 });
        visuals.selection.stroke = Stroke::new(1.0, self.accent);
        let hovered = blend(self.card, self.text, 0.07);
        let pressed = blend(self.card, self.text, 0.14);
        visuals.widgets.noninteractive = widget(self.panel, self.line, self.text);
        visuals.widgets.inactive = widget(self.card, self.line, self.text);
        visuals.widgets.hovered = widget(hovered, self.line, self.text);
        visuals.widgets.active = widget(pressed, self.dim, self.text);
        // Checkboxes would be invisible on a card of the same colour.
        let box_fill = |strength| blend(self.card, self.text, strength);
        visuals.widgets.inactive.bg_fill = box_fill(0.16);
        visuals.widgets.hovered.bg_fill = box_fill(0.24);
        visuals.widgets.active.bg_fill = box_fill(0.3);
        visuals.widgets.open = widget(hovered, self.dim, self.text);
        visuals
    }
}

/// Blends two opaque colours: 0 is `from`, 1 is `to`.
#[must_use]
pub fn blend(from: Color32, to: Color32, amount: f32) -> Color32 {
    from.lerp_to_gamma(to, amount)
}

/// Sets the context's fonts, both themes, and the sizes of text and controls.
pub fn apply(ctx: &Context) {
    super::fonts::apply(ctx);
    for theme in [Theme::Dark, Theme::Light] {
        ctx.style_mut_of(theme, |style| style_for(style, &Colors::of(theme)));
    }
}

fn style_for(style: &mut Style, colors: &Colors) {
    style.visuals = colors.visuals();
    style.text_styles = [
        (
            TextStyle::Small,
            FontId::new(CAPTION, FontFamily::Proportional),
        ),
        (TextStyle::Body, FontId::new(BODY, FontFamily::Proportional)),
        (
            TextStyle::Button,
            FontId::new(BODY, FontFamily::Proportional),
        ),
        (TextStyle::Monospace, super::fonts::numbers(12.0)),
        (
            TextStyle::Heading,
            FontId::new(TITLE, FontFamily::Proportional),
        ),
    ]
    .into();
    style.drag_value_text_style = TextStyle::Monospace;
    style.animation_time = 0.15;
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 8.0);
    spacing.button_padding = vec2(10.0, 4.0);
    spacing.interact_size = vec2(28.0, 26.0);
    spacing.slider_rail_height = 4.0;
    spacing.menu_margin = Margin::same(8);
    spacing.window_margin = Margin::same(16);
    spacing.combo_width = 96.0;
    spacing.combo_height = 480.0;
    spacing.tooltip_width = 320.0;
}

/// Text in the style of the captions above groups.
#[must_use]
pub fn caption(text: &str) -> egui::RichText {
    strong(text.to_uppercase())
        .size(CAPTION)
        .extra_letter_spacing(0.6)
}

/// Text in the heavier weight.
#[must_use]
pub fn strong(text: impl Into<String>) -> egui::RichText {
    egui::RichText::new(text).family(super::fonts::strong_family())
}
