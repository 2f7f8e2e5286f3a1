//! Programs that stand in for ffmpeg and misbehave.

use std::fs;

use crate::stage::{COPYING, Stage, assert_silent_success, sentence};

/// Frames of 230,400 bytes, so that a pipe does not take them all at once.
const ARGUMENTS: &[&str] = &["render", "race.ron", "--size", "320x240"];

/// The sentence of a video that fails; the old one is still there.
fn refusal(script: &str) -> String {
    let stage = Stage::new();
    fs::write(stage.path("race.mp4"), "precious").unwrap();
    stage.ffmpeg(script);
    let ended = stage.export("race.mp4", ARGUMENTS).output().unwrap();
    assert_eq!(fs::read(stage.path("race.mp4")).unwrap(), b"precious");
    assert_eq!(stage.files(), ["race.mp4"]);
    let said = sentence(&ended, 2);
    let begin = "slalom: ffmpeg could not make the video: ";
    said.strip_prefix(begin).expect(&said).to_owned()
}

#[test]
fn an_encoder_may_say_much() {
    let stage = Stage::new();
    // More than any pipe holds, before, between and after the frames.
    let much = "head -c 3000000 /dev/zero | tr '\\0' 'w' >&2\n";
    stage.ffmpeg(&format!(
        "{much}for last; do :; done\nhead -c 1000000 > \"$last\"\n{much}cat >> \"$last\"\n{much}"
    ));
    let talkative = stage.export("race.mp4", ARGUMENTS).output().unwrap();
    assert_silent_success(&talkative);
    let video = fs::read(stage.path("race.mp4")).unwrap();
    stage.ffmpeg(COPYING);
    assert_silent_success(&stage.export("race.mp4", ARGUMENTS).output().unwrap());
    assert!(fs::read(stage.path("race.mp4")).unwrap() == video);

    let fails =
        format!("cat > /dev/null\n{much}echo >&2\necho Conversion failed! >&2\necho >&2\nexit 1\n");
    assert_eq!(refusal(&fails), "Conversion failed!");
    let long = refusal(&format!("cat > /dev/null\n{much}exit 1\n"));
    assert!(long.len() < 300 && long.contains("wwwww"), "{long}");
}

#[test]
fn an_encoder_that_writes_nothing_replaces_nothing() {
    for script in [
        "cat > /dev/null\n",
        "cat > /dev/null\nfor last; do :; done\n: > \"$last\"\n",
        "cat > /dev/null\nfor last; do :; done\nrm \"$last\"\n",
    ] {
        assert_eq!(refusal(script), "it wrote nothing");
    }
}

#[test]
fn an_encoder_that_ends_early_replaces_nothing() {
    let early = "for last; do :; done\nhead -c 1000 > \"$last\"\n";
    assert_eq!(refusal(early), "it ended before it had all frames");
    assert_eq!(refusal(&format!("{early}exit 3\n")), "it gave no reason");
    let killed = refusal(&format!("{early}kill -9 $$\n"));
    assert_eq!(killed, "it was killed (signal 9)");
    let killed = refusal("cat > /dev/null\nkill -TERM $$\n");
    assert_eq!(killed, "it was killed (signal 15)");
}

/// A grandchild of this program holds the pipe open.
#[test]
fn an_encoder_may_leave_another_program_behind() {
    let said = refusal("cat > /dev/null\necho Out of memory >&2\nsleep 20 &\nexit 1\n");
    assert_eq!(said, "Out of memory");
}

/// ffmpeg takes what stands before a colon for a protocol, unless a slash comes first.
#[test]
fn an_encoder_is_given_a_path_that_is_nothing_else() {
    let stage = Stage::new();
    let colon = stage.path("concat:a");
    fs::create_dir(&colon).unwrap();
    stage.ffmpeg("for last; do :; done\ncat > /dev/null\nprintf %s \"$last\" > \"$last\"\n");
    let ended = stage
        .export("concat:a/race.mp4", ARGUMENTS)
        .output()
        .unwrap();
    assert_silent_success(&ended);
    let given = fs::read_to_string(colon.join("race.mp4")).unwrap();
    assert!(
        given.starts_with('/') && given.contains("concat:a/.slalom-"),
        "{given}"
    );
}
