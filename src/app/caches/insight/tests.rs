//! Tests of when a step is examined.

use std::sync::mpsc::channel;

use super::*;
use crate::app::document::source::Source;
use crate::preset;

/// Returns a document at rest at the end of a race on this many rows.
fn moons(rows: usize) -> Document {
    let text = format!(
        "(version: 1, surface: LogisticRegression(moons: (rows: {rows})), start: (1.0, 1.6), \
         steps: 100, racers: [(optimizer: Adam(learning_rate: 0.1))])"
    );
    let mut document = Document::new(preset::from_text("test", &text).unwrap(), Source::New);
    let (wake, woken) = channel();
    document.simulate(move || wake.send(()).unwrap());
    while document.race.is_busy() {
        woken.recv().unwrap();
        document.simulate(|| {});
    }
    let first = document.race.lineup().ids()[0];
    document.select(Some(first));
    document.playback.playing = false;
    document.playback.playhead = 99.0;
    document
}

#[test]
fn a_step_of_large_data_is_examined_beside_the_frame() {
    let ctx = Context::default();
    let (wake, woken) = channel();
    ctx.set_request_repaint_callback(move |_| wake.send(()).unwrap_or_default());
    for (rows, is_late) in [(1_000, false), (100_000, true)] {
        let mut cache = InsightCache::default();
        let document = moons(rows);
        cache.update(&ctx, &document);
        assert_eq!(cache.get().is_none(), is_late, "{rows}");
        while cache.get().is_none() {
            woken.recv().unwrap();
            cache.update(&ctx, &document);
        }
        assert_eq!(cache.get().map(|it| it.step), Some(99));
    }
}

#[test]
fn steps_of_large_data_wait_until_the_race_is_paused() {
    let ctx = Context::default();
    let mut document = moons(100_000);
    document.playback.playing = true;
    let mut cache = InsightCache::default();
    cache.update(&ctx, &document);
    assert!(cache.get().is_none() && cache.late.progress().is_none());
}
