//! Rectangles and their features: rounded corners, images, soft edges.

use std::f32::consts::FRAC_PI_2;

use egui::emath::Rot2;
use egui::epaint::{CornerRadiusF32, RectShape, RoundedRect};
use egui::{Color32, Rect, Vec2, pos2};

use super::canvas::Canvas;
use super::element::{Element, element, push_number, push_point};
use super::picture;
use super::stroke::Outline;

/// Draws a rectangle with its image, rounded corners or soft edge, if it has them.
pub(super) fn rect(canvas: &mut Canvas<'_, '_>, shape: &RectShape) {
    let bounds = Rect {
        min: shape.rect.min.max(pos2(-1e7, -1e7)),
        max: shape.rect.max.min(pos2(1e7, 1e7)),
    };
    if bounds.is_negative() || bounds.any_nan() {
        return;
    }
    let radius = CornerRadiusF32::from(shape.corner_radius);
    let center = bounds.center();
    let mut fill = shape.fill;
    if let Some(brush) = shape
        .brush
        .as_deref()
        .filter(|brush| brush.uv.is_positive())
    {
        let mut painted = String::new();
        std::mem::swap(&mut painted, &mut canvas.out);
        picture::picture(canvas, brush.fill_texture_id, brush.uv, bounds, fill);
        std::mem::swap(&mut painted, &mut canvas.out);
        if radius != CornerRadiusF32::ZERO {
            let mut corners = String::new();
            rounded(&mut corners, bounds, radius, 0.0).close();
            let clip = canvas.define("clipPath", &[], &corners);
            let clip = format!("url(#{clip})");
            painted = grouped(&painted, |group| group.attribute("clip-path", &clip));
        }
        if shape.angle != 0.0 {
            painted = grouped(&painted, |group| group.rotated(shape.angle, center));
        }
        canvas.out.push_str(&painted);
        fill = Color32::TRANSPARENT;
    }
    let blur = (shape.blur_width > 0.0).then(|| blur(canvas, shape));
    let outline = Outline {
        stroke: shape.stroke,
        kind: shape.stroke_kind,
    };
    outline.around(&mut canvas.out, fill, |out, grow| {
        let rect = rounded(out, bounds, radius, grow).rotated(shape.angle, center);
        match &blur {
            Some(filter) => rect.attribute("filter", filter),
            None => rect,
        }
    });
}

/// A rectangle, expanded on all sides, with its corners rounded.
fn rounded(out: &mut String, rect: Rect, radius: CornerRadiusF32, grow: f32) -> Element<'_> {
    let grown = |radius: f32| {
        if radius > 0.0 {
            (radius + grow).max(0.0)
        } else {
            0.0
        }
    };
    let radius = CornerRadiusF32 {
        nw: grown(radius.nw),
        ne: grown(radius.ne),
        sw: grown(radius.sw),
        se: grown(radius.se),
    };
    // Also limits the radii to half of the sides.
    let (rect, radius) = RoundedRect::new(rect.expand(grow), radius).into_parts();
    if radius.is_same() {
        let corner = element(out, "rect")
            .number("x", rect.min.x)
            .number("y", rect.min.y);
        let sized = corner
            .number("width", rect.width())
            .number("height", rect.height());
        return if radius.nw > 0.0 {
            sized.number("rx", radius.nw)
        } else {
            sized
        };
    }
    let mut data = String::new();
    let corners = [
        (rect.right_top(), radius.ne),
        (rect.right_bottom(), radius.se),
        (rect.left_bottom(), radius.sw),
        (rect.left_top(), radius.nw),
    ];
    for (quarter, (corner, radius)) in [0.0, 1.0, 2.0, 3.0].into_iter().zip(corners) {
        // Towards the corner before and the one after, in clockwise order.
        let before = Rot2::from_angle(FRAC_PI_2 * quarter) * Vec2::new(-radius, 0.0);
        data.push(if data.is_empty() { 'M' } else { 'L' });
        push_point(&mut data, corner + before);
        data.push('A');
        push_number(&mut data, radius);
        data.push(',');
        push_number(&mut data, radius);
        data.push_str(" 0 0 1 ");
        push_point(&mut data, corner + before.rot90());
    }
    data.push('Z');
    element(out, "path").attribute("d", &data)
}

/// Defines a blur for a shadow or a glow, and returns the reference to it.
fn blur(canvas: &mut Canvas<'_, '_>, shape: &RectShape) -> String {
    // egui's edge falls off uniformly over its whole width; use a Gaussian of the same variance.
    let deviation = shape.blur_width / 12.0_f32.sqrt();
    let region = shape.visual_bounding_rect().expand(2.0 * deviation);
    let mut gauss = String::new();
    element(&mut gauss, "feGaussianBlur")
        .number("stdDeviation", deviation)
        .close();
    let [x, y, width, height] =
        [region.min.x, region.min.y, region.width(), region.height()].map(|value| {
            let mut text = String::new();
            push_number(&mut text, value);
            text
        });
    let region = [
        ("filterUnits", "userSpaceOnUse"),
        ("x", &x),
        ("y", &y),
        ("width", &width),
        ("height", &height),
    ];
    format!("url(#{})", canvas.define("filter", &region, &gauss))
}

/// Wraps a drawing in a group with some attribute.
fn grouped(drawn: &str, with: impl FnOnce(Element<'_>) -> Element<'_>) -> String {
    let mut out = String::new();
    with(element(&mut out, "g")).containing(drawn);
    out
}
