//! What is drawn over the surface: racers, ghosts, the arrows of a step, and the curvature.

use std::collections::HashSet;

use crate::app::caches::rivals;
use crate::app::desk::Desk;
use crate::app::document::Shown;
use crate::app::games::Game;
use crate::app::workspace::{Layout, Racers};
use crate::preset::Arrows;
use crate::view::marker::Marker;
use crate::view::scene::{Cloud, Ghost, Lengths, Options, Quadratic, SceneRacer, StepDrawing};
use crate::view::{RacerLook, racer_looks};

/// Returns the racers' names and looks. While the rules are to be guessed, the names are letters
/// and the looks are shuffled.
pub fn cast(desk: &Desk<'_>, game: Option<&Game>) -> (Vec<String>, Vec<RacerLook>) {
    let experiment = desk.document.race.experiment();
    let (names, looks) = (experiment.titles(), racer_looks(experiment, desk.colors));
    match game {
        Some(Game::WhoAmI(game)) if !game.revealed && game.slots.len() == names.len() => {
            let letters = (0..names.len()).map(|index| game.letter(index)).collect();
            let masks = game.slots.iter().map(|&slot| looks[slot]).collect();
            (letters, masks)
        }
        _ => (names, looks),
    }
}

/// Returns the paths for comparison: those of another document, pinned and imported ones, and the
/// selected racer's variants.
pub fn ghosts<'a>(
    desk: &'a Desk<'_>,
    looks: &[RacerLook],
    rivals: &'a [Rival<'a>],
) -> Vec<Ghost<'a>> {
    let document = desk.document;
    let others = &desk.caches.others;
    let dialect = others.variant().map(|dialect| &dialect.ghost);
    let all = document.pinned.iter().chain(&document.imported);
    let original = others.original().map(|original| &original.ghost);
    let all = all.chain(others.unedited()).chain(dialect).chain(original);
    let rivals = rivals.iter().map(|(name, look, rival)| Ghost {
        name,
        path: &rival.path,
        color: look.color,
        marker: look.marker,
        since: rival.since,
        timeless: false,
    });
    let own = all.map(|ghost| {
        let index = ghost
            .racer
            .and_then(|id| document.race.lineup().index_of(id));
        let colors = index.and_then(|index| looks.get(index));
        Ghost {
            name: &ghost.name,
            path: &ghost.path,
            color: colors.map_or(desk.colors.text, |colors| colors.color),
            marker: colors.map_or(Marker::Circle, |colors| colors.marker),
            since: ghost.since,
            timeless: false,
        }
    });
    let flow = desk
        .caches
        .flow
        .get()
        .map(|path| Ghost::flow(path, desk.colors));
    flow.into_iter().chain(rivals).chain(own).collect()
}

/// Returns the paths of these racers with their other seeds.
pub fn clouds<'a>(desk: &'a Desk<'_>, shown: &[(Shown<'a>, SceneRacer<'a>)]) -> Vec<Cloud<'a>> {
    let cloud = |(shown, racer): &(Shown<'a>, SceneRacer<'a>)| {
        let paths = desk.caches.seeds.of(shown.index)?.get(1..)?;
        Some(Cloud {
            paths,
            color: racer.colors.color,
            playhead: racer.playhead,
        })
    };
    shown.iter().filter_map(cloud).collect()
}

/// A path of the document that this one is compared with, with its label and look.
pub type Rival<'a> = (String, RacerLook, &'a rivals::Rival);

/// Returns the paths of the document that this one is compared with, if they are drawn as ghosts.
pub fn rivals<'a>(desk: &'a Desk<'_>) -> Vec<Rival<'a>> {
    let is_on = desk.workspace.layout() == Some(Layout::Ghosts);
    let letter = desk.letters().map(|[other, _]| other);
    let (Some(letter), Some(beside)) = (letter.filter(|_| is_on), &desk.beside) else {
        return Vec::new();
    };
    let race = beside.document.race.experiment();
    let (names, looks) = (race.titles(), racer_looks(race, desk.colors));
    let shown: HashSet<usize> = beside.document.shown().map(|shown| shown.index).collect();
    let all = desk.caches.rivals.all().iter();
    let seen = all.filter(|rival| shown.contains(&rival.index));
    seen.filter_map(|rival| {
        let (name, look) = (names.get(rival.index)?, looks.get(rival.index)?);
        Some((format!("{letter}: {name}"), *look, rival))
    })
    .collect()
}

/// Returns the selected racer's step if it is to be drawn or a part of it is highlighted.
pub fn step_drawing<'a>(desk: &'a Desk<'_>) -> Option<StepDrawing<'a>> {
    let insight = desk.caches.insight.get()?;
    let document = desk.document;
    let seen = document.shown().any(|shown| shown.id == insight.id);
    let (arrows, lit) = (desk.document.view.arrows, desk.caches.lit());
    let is_plane = document.race.is_on_plane();
    let wanted = seen && !is_plane && (arrows != Arrows::Off || lit.is_some());
    wanted.then(|| StepDrawing {
        at: insight.anatomy.from,
        arrows: &insight.arrows,
        squares: insight.squares,
        asked_at: insight.anatomy.asked_at(),
        spread: insight.spread,
        lengths: match arrows {
            Arrows::ToScale => Lengths::ToScale,
            Arrows::Off | Arrows::Normalised => Lengths::Normalised,
        },
        lit,
        only_lit: arrows == Arrows::Off,
    })
}

/// Returns the curvature of the surface at the selected racer, if it is to be drawn.
pub fn curvature(desk: &Desk<'_>) -> Option<Quadratic> {
    let insight = desk.caches.insight.get()?;
    let is_plane = desk.document.race.is_on_plane();
    let is_wanted = desk.document.view.curvature && !is_plane;
    let curvature = insight.curvature.filter(|_| is_wanted)?;
    Some(Quadratic {
        at: insight.anatomy.from,
        values: curvature.values,
        directions: curvature.directions,
    })
}

pub fn options(desk: &Desk<'_>) -> Options {
    let settings = &desk.workspace.settings;
    let base = Options {
        trail_length: desk.document.view.trail_length,
        lens: desk.document.view.lens && !desk.workspace.is_figure,
        legend: desk.workspace.racers() == Racers::Hidden
            || desk.workspace.is_figure
            || settings.presenter
            || desk.workspace.game.is_some(),
        ..Options::default()
    };
    if settings.presenter {
        Options {
            trail_width: 4.0,
            head_size: 18.0,
            text: 18.0,
            losses: desk.workspace.game.is_none(),
            ..base
        }
    } else {
        base
    }
}
