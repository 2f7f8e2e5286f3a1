//! What the networks of a race have learned, for its pictures.

use std::sync::Arc;

use egui::{ColorImage, Context, TextureId};

use crate::engine::{Signal, drive};
use crate::experiment::Experiment;
use crate::preset::ViewSettings;
use crate::sampling::learned::{LearnedJob, Outlook, Palette};
use crate::simulation::Trajectory;
use crate::surface::Surface;
use crate::view::Colors;
use crate::view::figure::{Layout, Predictions};
use crate::view::network::{Painted, Panorama, Strip, Tile, palette};

/// What the networks of all racers have learned.
pub(super) struct Gallery {
    surface: Arc<dyn Surface>,
    outlook: Arc<Outlook>,
    palette: Palette,
    /// The small pictures of the racers that are shown.
    small: Vec<Frame>,
    /// The large picture, if it takes the place of the surface.
    large: Option<Frame>,
}

/// The place of a picture of what a racer has learned, and the picture.
struct Frame {
    racer: usize,
    /// The number of nodes across and up.
    nodes: [usize; 2],
    /// The picture, and the step of the weights that it was painted with.
    painted: Option<(usize, Painted)>,
}

impl Gallery {
    /// Prepares the pictures of a race; `None` if it has no network. If it is `enlarged`, the picture
    /// of one racer takes the place of the surface.
    pub fn new(
        surface: &Arc<dyn Surface>,
        experiment: &Experiment,
        author: &ViewSettings,
        colors: &Colors,
        layout: &Layout,
        (words, enlarged): (bool, bool),
    ) -> Option<Self> {
        let learner = surface.network()?;
        let chosen = learner.data.chosen(author.features.as_ref());
        let outlook = Outlook::new(learner, chosen);
        let palette = palette(colors, outlook.classes());
        let racers = experiment.racers.iter().enumerate();
        let shown = racers.filter(|(_, racer)| racer.appearance.visible);
        let shown: Vec<usize> = shown.map(|(index, _)| index).collect();
        let nodes = Tile::nodes(Strip::size(layout.strip, words, shown.len()));
        let frame = |nodes| {
            move |&racer: &usize| Frame {
                racer,
                nodes,
                painted: None,
            }
        };
        let selected = author.selected_in(experiment);
        let large = shown.iter().find(|racer| Some(**racer) == selected);
        let large = large.or(shown.first());
        Some(Self {
            surface: Arc::clone(surface),
            outlook: Arc::new(outlook),
            palette,
            small: shown.iter().map(frame(nodes)).collect(),
            large: large
                .filter(|_| enlarged)
                .map(frame(Panorama::nodes(layout.scene))),
        })
    }

    /// Whether a large picture takes the place of the surface.
    pub fn is_enlarged(&self) -> bool {
        self.large.is_some()
    }

    /// Paints what the networks have learned by the playhead. A picture is used again until its
    /// weights change.
    pub async fn paint(&mut self, ctx: &Context, paths: &[Arc<Trajectory>], playhead: f64) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "steps are small numbers"
        )]
        let step = playhead.max(0.0) as usize;
        for frame in self.small.iter_mut().chain(&mut self.large) {
            let weights = paths.get(frame.racer).and_then(|it| it.parameters_by(step));
            let Some((step, weights)) = weights else {
                continue;
            };
            let before = match frame.painted.take() {
                Some(known) if known.0 == step => {
                    frame.painted = Some(known);
                    continue;
                }
                before => before.map(|(_, painted)| painted),
            };
            let outlook = Arc::clone(&self.outlook);
            let job = LearnedJob::new(outlook, weights.to_vec(), frame.nodes);
            let learned = drive(job, 0, &Signal::default()).await;
            let Some(learned) = learned.map(Arc::new) else {
                continue;
            };
            let painted = Painted::new(ctx, &self.outlook, &learned, &self.palette, before);
            frame.painted = Some((step, painted));
        }
    }

    /// What the figure shows of it.
    pub fn predictions<'a>(&'a self) -> Option<Predictions<'a>> {
        let seen = |frame: &'a Frame| (frame.racer, frame.painted());
        Some(Predictions {
            outlook: &self.outlook,
            palette: &self.palette,
            data: &self.surface.network()?.data,
            tiles: self.small.iter().map(seen).collect(),
            large: self.large.as_ref().map(seen),
        })
    }

    /// The image of a texture that shapes refer to, if it belongs to one of the pictures.
    pub fn image(&self, texture: TextureId) -> Option<&ColorImage> {
        let frames = self.small.iter().chain(&self.large);
        let mut images = frames.filter_map(|frame| frame.painted()?.image());
        images.find_map(|(id, image)| (texture == id).then_some(image))
    }
}

impl Frame {
    fn painted(&self) -> Option<&Painted> {
        self.painted.as_ref().map(|(_, painted)| painted)
    }
}
