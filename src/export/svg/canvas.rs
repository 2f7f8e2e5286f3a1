//! The drawing so far, and the definitions it refers to.

use std::collections::HashMap;

use egui::emath::TSTransform;
use egui::{ColorImage, Rect, TextureId};

use super::element::element;

/// An SVG document to which shapes are added.
pub(super) struct Canvas<'c, 't> {
    page: Rect,
    textures: &'c dyn Fn(TextureId) -> Option<&'t ColorImage>,
    /// The part of the page in which the current shape is visible.
    visible: Rect,
    /// The output of the current shape.
    pub(super) out: String,
    drawing: String,
    /// The group that is currently open.
    group: Option<Group>,
    definitions: String,
    /// The name of each definition by its content, so that equal definitions are written only once.
    names: HashMap<String, String>,
}

/// Shapes that share a clip, given by the name of its definition; `None` means unclipped.
#[derive(PartialEq, Eq)]
struct Group {
    clip: Option<String>,
}

impl<'c, 't> Canvas<'c, 't> {
    pub(super) fn new(
        page: Rect,
        textures: &'c dyn Fn(TextureId) -> Option<&'t ColorImage>,
    ) -> Self {
        Self {
            page,
            textures,
            visible: page,
            out: String::new(),
            drawing: String::new(),
            group: None,
            definitions: String::new(),
            names: HashMap::new(),
        }
    }

    /// Draws inside a rectangle, with a transform applied. Consecutive shapes with the same
    /// rectangle share a group; a rectangle as large as the page needs no clip.
    pub(super) fn within(&mut self, clip: Rect, moved: TSTransform, draw: impl FnOnce(&mut Self)) {
        let visible = clip.intersect(self.page);
        if !visible.is_positive() || !moved.is_valid() {
            return;
        }
        self.visible = moved.inverse() * visible;
        draw(self);
        let mut drawn = std::mem::take(&mut self.out);
        if drawn.is_empty() {
            return;
        }
        if moved != TSTransform::IDENTITY {
            let mut group = String::new();
            element(&mut group, "g").moved(moved).containing(&drawn);
            drawn = group;
        }
        let clip = (visible != self.page).then(|| {
            let mut rect = String::new();
            push_rect(&mut rect, visible);
            self.define("clipPath", &[], &rect)
        });
        let group = Group { clip };
        if self.group.as_ref() != Some(&group) {
            self.close_group();
            self.drawing.push_str("<g");
            if let Some(name) = &group.clip {
                self.drawing
                    .push_str(&[" clip-path=\"url(#", name, ")\""].concat());
            }
            self.drawing.push_str(">\n");
            self.group = Some(group);
        }
        self.drawing.push_str(&drawn);
        self.drawing.push('\n');
    }

    /// Whether any part of this rectangle is visible.
    pub(super) fn shows(&self, bounds: Rect) -> bool {
        self.visible.intersects(bounds)
    }

    /// The pixels of a texture.
    pub(super) fn texture(&self, id: TextureId) -> Option<&'t ColorImage> {
        (self.textures)(id).filter(|image| image.size[0] > 0 && image.size[1] > 0)
    }

    /// Adds a definition and returns its name.
    pub(super) fn define(
        &mut self,
        kind: &'static str,
        attributes: &[(&str, &str)],
        content: &str,
    ) -> String {
        let write = |out: &mut String, name: Option<&str>| {
            let id = name.map(|name| ("id", name));
            let all = id.iter().chain(attributes);
            all.fold(element(out, kind), |element, (name, value)| {
                element.attribute(name, value)
            })
            .containing(content);
        };
        let mut nameless = String::new();
        write(&mut nameless, None);
        if let Some(name) = self.names.get(&nameless) {
            return name.clone();
        }
        let name = format!("d{}", self.names.len());
        write(&mut self.definitions, Some(&name));
        self.definitions.push('\n');
        self.names.insert(nameless, name.clone());
        name
    }

    /// Returns the definitions and the drawing.
    pub(super) fn finish(mut self) -> (String, String) {
        self.close_group();
        let mut definitions = String::new();
        if !self.definitions.is_empty() {
            element(&mut definitions, "defs").containing(&["\n", &self.definitions].concat());
            definitions.push('\n');
        }
        (definitions, self.drawing)
    }

    fn close_group(&mut self) {
        if self.group.take().is_some() {
            self.drawing.push_str("</g>\n");
        }
    }
}

/// Appends a plain rectangle, for a clip.
pub(super) fn push_rect(out: &mut String, rect: Rect) {
    let corner = element(out, "rect")
        .number("x", rect.min.x)
        .number("y", rect.min.y);
    corner
        .number("width", rect.width())
        .number("height", rect.height())
        .close();
}
