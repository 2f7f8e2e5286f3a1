//! Links and pictures that open again: what comes back from them, and what is refused.

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use proptest::prelude::*;
use slalom::engine::Signal;
use slalom::experiment::Experiment;
use slalom::export::film::{self, Timing};
use slalom::export::{FigureOptions, Format};
use slalom::preset::{self, BuiltIn, LinkError, Preset, PresetError};
use slalom::simulation::simulate;
use slalom::surface::SurfaceChoice;
use tempfile::TempDir;

fn slalom(arguments: &[&str], input: &[u8]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_slalom"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = program.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that refuses its arguments reads nothing.
        let _ = stdin.write_all(&input);
    });
    let output = program.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn printed(arguments: &[&str], input: &[u8]) -> String {
    let output = slalom(arguments, input);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        (output.status.code(), &*said),
        (Some(0), ""),
        "{arguments:?}"
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The sentence with which a command fails.
fn complaint(arguments: &[&str], input: &[u8]) -> String {
    let output = slalom(arguments, input);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty());
    assert_eq!(said.matches('\n').count(), 1, "{said}");
    said.trim_end().to_owned()
}

/// A folder with a network whose data and weights lie in other folders.
struct Scattered {
    folder: TempDir,
    preset: PathBuf,
}

const POINTS: &str = "a;b;kind\n0,5;1;x\n1,5;2;y\n2,5;0;x\n3,5;5;y\n4,5;1;x\n";

impl Scattered {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for inner in ["data", "weights"] {
            fs::create_dir(at(inner)).unwrap();
        }
        fs::write(at("data/points.csv"), POINTS).unwrap();
        let weights: String = (0..17)
            .map(|it| format!("{}\n", f64::from(it) / 8.0))
            .collect();
        fs::write(at("weights/points.csv"), weights).unwrap();
        let text = "(version: 1, title: \"Scattered\", surface: Network(data: \"data/points.csv\", \
                    hidden: [3], initial: File(\"weights/points.csv\")), steps: 5, racers: \
                    [(optimizer: Adam(learning_rate: 0.1))])";
        let preset = at("race.ron");
        fs::write(&preset, text).unwrap();
        Self { folder, preset }
    }

    fn open(&self) -> Preset {
        preset::open(&self.preset).unwrap()
    }
}

/// The contents of the files that a race names, by the fields that name them.
fn contents(experiment: &Experiment) -> Vec<(&'static str, Vec<u8>)> {
    let mut found = Vec::new();
    let looked_at = experiment.surface.with_files(|field, file| {
        found.push((field, file.read(u64::MAX)?));
        Ok::<_, slalom::file::ReadError>(file.clone())
    });
    looked_at.unwrap();
    found
}

/// A race whose files are named otherwise, for comparison.
fn without_files(mut experiment: Experiment) -> Experiment {
    let surface = experiment.surface.with_files(|_, _| Ok::<_, ()>("".into()));
    experiment.surface = surface.unwrap();
    experiment
}

fn assert_comes_back(preset: &Preset) {
    let link = preset::link(preset).unwrap();
    let back = preset::read_link("the link", &link).unwrap();
    assert_eq!(contents(&back.experiment), contents(&preset.experiment));
    let (race, same) = (&back.experiment, &preset.experiment);
    assert_eq!(without_files(race.clone()), without_files(same.clone()));
    assert_eq!(back.view, preset.view);
    assert_eq!(back.lesson, None);
    // A link to what a link opens is the same link.
    assert_eq!(preset::link(&back).unwrap(), link);
}

#[test]
fn every_built_in_race_comes_back_from_its_link() {
    for built_in in BuiltIn::all() {
        let preset = built_in.preset().unwrap();
        assert_comes_back(&preset);
        let link = preset::link(&preset).unwrap();
        let back = preset::read_link("the link", &link).unwrap();
        assert_eq!(back.experiment, preset.experiment, "{}", built_in.name);
        let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_:".contains(it);
        assert!(link.starts_with("slalom1:") && link.chars().all(is_plain));
        assert!(link.len() < 6_000, "{}: {}", built_in.name, link.len());
    }
}

#[test]
fn races_over_files_come_back_with_their_data_and_take_the_same_paths() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for name in [
        "diverging-regression/diverging",
        "spreadsheet-exports/sep-line",
    ] {
        let file = cases.join(name).with_extension("ron");
        let preset = preset::open(&file).unwrap();
        assert_eq!(contents(&preset.experiment).len(), 1);
        assert_comes_back(&preset);
        let back = preset::read_link("the link", &preset::link(&preset).unwrap()).unwrap();
        let paths = [&preset, &back].map(|it| simulate(&it.experiment));
        assert_eq!(paths[0], paths[1], "{}", file.display());
    }
    let scattered = Scattered::new();
    let preset = scattered.open();
    assert_comes_back(&preset);
    assert_eq!(contents(&preset.experiment).len(), 2);
}

#[test]
fn what_a_link_opened_keeps_its_data_when_the_folder_is_gone_and_saves_them_beside_it() {
    let scattered = Scattered::new();
    let original = scattered.open();
    let link = preset::link(&original).unwrap();
    let expected = contents(&original.experiment);
    let Scattered { folder, .. } = scattered;
    folder.close().unwrap();

    let preset = preset::read_link("the link", &link).unwrap();
    assert_eq!(contents(&preset.experiment), expected);
    let folder = tempfile::tempdir().unwrap();
    let names = || {
        let entries = fs::read_dir(folder.path()).unwrap();
        let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    };
    // What is already there stays as it is.
    fs::write(folder.path().join("points.csv"), "mine").unwrap();
    let path = folder.path().join("saved.ron");
    for _ in 0..2 {
        preset::save(&path, &preset).unwrap();
        assert_eq!(
            names(),
            ["points-2-2.csv", "points-2.csv", "points.csv", "saved.ron"]
        );
    }
    assert_eq!(fs::read(folder.path().join("points.csv")).unwrap(), b"mine");
    let saved = preset::open(&path).unwrap();
    assert_eq!(contents(&saved.experiment), expected);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("data: \"points-2.csv\""), "{text}");
    assert_eq!(simulate(&saved.experiment), simulate(&original.experiment));
}

#[test]
fn a_link_reads_no_file_that_it_has_not_brought() {
    // A preset that could have come from anyone, made into a link as any other.
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret.csv");
    fs::write(&secret, "1,2\n3,4\n").unwrap();
    for named in [secret.to_str().unwrap(), "../secret.csv", "secret.csv"] {
        let line = forged(&format!(
            "(version: 1, surface: LinearRegression(data: {named:?}), start: (0.0, 0.0), steps: 1, \
             racers: [])"
        ));
        let said = preset::read_link("the link", &line).unwrap_err();
        assert_eq!(said.kind(), "data");
        let what = said.to_string();
        assert!(
            what.contains("is not among the files that came with this preset"),
            "{what}"
        );
    }
}

/// Returns a link with this text and no files, made without the program's own code.
fn forged(text: &str) -> String {
    use flate2::write::DeflateEncoder;
    let mut all = u32::try_from(text.len()).unwrap().to_le_bytes().to_vec();
    all.extend(text.as_bytes());
    all.extend([0, 0]);
    let mut deflate = DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    deflate.write_all(&all).unwrap();
    let rest = deflate.finish().unwrap();
    let mut crc = flate2::Crc::new();
    crc.update(&rest);
    let mut bytes = u32::try_from(rest.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend(crc.sum().to_le_bytes());
    bytes.extend(rest);
    format!("slalom1:{}", slalom::base64::encode_for_address(&bytes))
}

#[test]
fn what_is_wrong_in_a_links_preset_is_located() {
    let said = preset::read_link("the link", &forged("(version: 1,\n surface: Bale)"));
    let said = said.unwrap_err().to_string();
    assert!(said.starts_with("the link:2:11: "), "{said}");
    let newer = preset::read_link("the link", &forged("(version: 9)")).unwrap_err();
    assert!(
        newer.to_string().contains("reads only up to version 1"),
        "{newer}"
    );
}

static LINK: LazyLock<String> = LazyLock::new(|| preset::link(&Scattered::new().open()).unwrap());

fn fault(text: &str) -> LinkError {
    match preset::read_link("the link", text).unwrap_err() {
        PresetError::Link { why, .. } => why,
        other => panic!("{other}"),
    }
}

#[test]
fn a_link_that_is_cut_off_or_newer_or_none_is_told_from_a_damaged_one() {
    for length in (8..LINK.len()).step_by(7) {
        assert_eq!(fault(&LINK[..length]), LinkError::CutOff);
    }
    assert_eq!(
        fault(&LINK.replace("slalom1:", "slalom2:")),
        LinkError::Newer
    );
    for text in ["", "slalom", "race.ron", "https://example.org/#race"] {
        assert_eq!(fault(text), LinkError::NotALink);
    }
    let broken = LINK
        .as_bytes()
        .chunks(60)
        .map(|it| std::str::from_utf8(it).unwrap());
    let broken = broken.collect::<Vec<_>>().join("\r\n");
    assert!(preset::read_link("the link", &broken).is_ok());
    let address = format!("https://example.org/slalom/#{}", *LINK);
    assert!(preset::read_link("the link", &address).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_link_with_other_letters_is_refused_in_a_sentence(at in 8..LINK.len(), letter in "[A-Za-z0-9_ é-]") {
        let mut text = LINK.clone();
        text.replace_range(at..=at, &letter);
        match preset::read_link("the link", &text) {
            Ok(_) => prop_assert_eq!(&text, &*LINK),
            Err(fault) => prop_assert!(fault.to_string().starts_with("the link cannot be opened: ")),
        }
    }

    #[test]
    fn any_text_after_the_prefix_is_survived(text in "[A-Za-z0-9_-]{0,80}|\\PC{0,40}") {
        let _ = preset::read_link("the link", &format!("slalom1:{text}"));
    }

    #[test]
    fn a_picture_with_other_bytes_is_survived(format in 0..4_usize, at: prop::sample::Index, byte: u8, cut: prop::sample::Index) {
        let (path, bytes) = &PICTURES.1[format];
        let mut bytes = bytes.clone();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(at + cut.index(bytes.len() - at) + 1);
        let path = path.with_extension("damaged");
        fs::write(&path, &bytes).unwrap();
        if let Err(fault) = preset::open(&path) {
            prop_assert!(!fault.to_string().contains('\n'));
        }
    }
}

const FORMATS: [&str; 4] = ["png", "svg", "gif", "apng"];

/// A picture or a clip in each format.
static PICTURES: LazyLock<(TempDir, Vec<(PathBuf, Vec<u8>)>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let preset = Scattered::new();
    let preset = preset.open();
    let link = preset::link(&preset).unwrap();
    let paths = FORMATS.map(|format| folder.path().join("race").with_extension(format));
    let pictures = paths.map(|path| {
        write(&path, &preset, Some(&link));
        let bytes = fs::read(&path).unwrap();
        (path, bytes)
    });
    (folder, pictures.into())
});

fn write(path: &Path, preset: &Preset, link: Option<&str>) {
    let options = FigureOptions {
        size: [120, 90],
        ..FigureOptions::default()
    };
    film::write_until(
        path,
        preset.clone(),
        options,
        Timing::default(),
        link,
        &Signal::default(),
        &mut |_, _| ControlFlow::Continue(()),
    )
    .unwrap();
}

#[test]
fn a_picture_of_each_format_opens_again_with_its_data() {
    let expected = preset::read_link("the link", &LINK).unwrap();
    for (path, _) in &PICTURES.1 {
        let (opened, form) = preset::open_any(path).unwrap();
        assert_eq!(opened, expected, "{}", path.display());
        assert_eq!(form, preset::Form::Link);
        assert_eq!(contents(&opened.experiment).len(), 2);
    }
}

#[test]
fn a_link_changes_no_pixel_and_equal_pictures_are_equal_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let preset = preset::read_link("the link", &LINK).unwrap();
    for (path, carrying) in &PICTURES.1 {
        let again = folder.path().join(path.file_name().unwrap());
        write(&again, &preset, Some(&LINK));
        assert_eq!(&fs::read(&again).unwrap(), carrying, "{}", path.display());
        write(&again, &preset, None);
        let bare = fs::read(&again).unwrap();
        assert!(bare.len() + LINK.len() <= carrying.len());
        let fault = preset::open(&again).unwrap_err();
        let said = fault.to_string();
        assert!(said.contains("has no experiment in it"), "{said}");
        let is_svg = path.extension().is_some_and(|it| it == "svg");
        if !is_svg {
            assert_eq!(pixels(&again), pixels(path), "{}", path.display());
        }
    }
}

/// The frames of a picture as its format's own decoder sees them.
fn pixels(path: &Path) -> Vec<Vec<u8>> {
    let bytes = fs::read(path).unwrap();
    if path.extension().is_some_and(|it| it == "gif") {
        let mut options = gif::DecodeOptions::new();
        options.set_color_output(gif::ColorOutput::RGBA);
        let mut decoder = options.read_info(&bytes[..]).unwrap();
        let mut frames = Vec::new();
        while let Some(frame) = decoder.read_next_frame().unwrap() {
            frames.push(frame.buffer.to_vec());
        }
        return frames;
    }
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap();
    let frames = reader
        .info()
        .animation_control()
        .map_or(1, |it| it.num_frames);
    let decoded = (0..frames).map(|_| {
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let size = reader.next_frame(&mut pixels).unwrap().buffer_size();
        pixels.truncate(size);
        pixels
    });
    decoded.collect()
}

#[test]
fn an_svg_that_carries_a_link_is_a_sound_document_with_the_same_drawing() {
    let (_, bytes) = &PICTURES.1[1];
    let text = std::str::from_utf8(bytes).unwrap();
    let document = roxmltree::Document::parse(text).unwrap();
    let metadata = document
        .descendants()
        .filter(|it| it.has_tag_name("metadata"));
    let texts: Vec<_> = metadata.map(|it| it.text().unwrap()).collect();
    assert_eq!(texts, [&**LINK]);
    assert_eq!(Format::of(Path::new("race.svg")).unwrap(), Format::Svg);
}

#[test]
fn a_link_goes_through_every_command() {
    let link = printed(&["link", "radford-beale"], b"");
    let link = link.trim_end();
    let run = printed(&["run", "radford-beale"], b"");
    assert_eq!(printed(&["run", link], b""), run);
    assert_eq!(printed(&["run", "-"], link.as_bytes()), run);
    let checked = printed(&["check", "radford-beale"], b"");
    assert_eq!(printed(&["check", link], b""), checked);
    let script = printed(&["code", "radford-beale", "--library", "pytorch"], b"");
    assert_eq!(
        printed(&["code", "-", "--library", "pytorch"], link.as_bytes()),
        script
    );
    assert_eq!(printed(&["link", "-"], link.as_bytes()).trim_end(), link);

    let text = BuiltIn::named("radford-beale").unwrap().text;
    assert_eq!(printed(&["run", "-"], text.as_bytes()), run);
}

#[test]
fn a_race_over_a_file_runs_from_a_link_a_picture_and_standard_input() {
    let scattered = Scattered::new();
    let path = scattered.preset.to_str().unwrap();
    let run = printed(&["run", path], b"");
    let link = printed(&["link", path], b"");
    assert_eq!(printed(&["run", "-"], link.as_bytes()), run);
    for format in ["png", "svg", "gif", "apng"] {
        let picture = scattered.folder.path().join("race").with_extension(format);
        let picture = picture.to_str().unwrap();
        printed(
            &["render", "-", "-o", picture, "--size", "100x80"],
            link.as_bytes(),
        );
        assert_eq!(printed(&["run", picture], b""), run, "{format}");
        assert_eq!(
            printed(&["run", "-"], &fs::read(picture).unwrap()),
            run,
            "{format}"
        );
        assert_eq!(printed(&["link", picture], b""), link);
        let bare = [
            "render",
            path,
            "-o",
            picture,
            "--size",
            "100x80",
            "--no-experiment",
        ];
        printed(&bare, b"");
        let said = complaint(&["run", picture], b"");
        assert!(
            said.contains("this picture has no experiment in it"),
            "{said}"
        );
    }
}

#[test]
fn what_is_too_large_for_a_link_is_refused_and_its_picture_says_so() {
    let folder = tempfile::tempdir().unwrap();
    // Digits without a pattern, which take more than a third of their size.
    let mut state = 7_u64;
    let mut digits = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        state >> 20
    };
    let rows: String = (0..100_000)
        .map(|_| format!("{},{}\n", digits(), digits()))
        .collect();
    fs::write(folder.path().join("large.csv"), rows).unwrap();
    let path = folder.path().join("race.ron");
    let text = "(version: 1, surface: LinearRegression(data: \"large.csv\"), start: (0.0, 0.0), \
                steps: 1, racers: [])";
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let said = complaint(&["link", path], b"");
    assert!(
        said.starts_with("slalom: the race and its data take ")
            && said.ends_with("MB compressed, but a link can hold at most 1 MB"),
        "{said}"
    );
    let picture = folder.path().join("race.png");
    let picture = picture.to_str().unwrap();
    let output = slalom(&["render", path, "-o", picture, "--size", "100x80"], b"");
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("the picture carries no experiment: the race and its data take "),
        "{said}"
    );
    assert_eq!(said.matches('\n').count(), 1);
    assert!(preset::open(Path::new(picture)).is_err());
}

#[test]
fn a_file_stands_before_a_link_and_a_built_in_race_of_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let text = BuiltIn::named("saddle").unwrap().text;
    fs::write(folder.path().join("beale"), text).unwrap();
    let run = |preset: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_slalom"));
        let output = program
            .args(["link", preset])
            .current_dir(folder.path())
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    let [file, built_in] = ["beale", "saddle"].map(run);
    assert_eq!(file, built_in);
}

#[test]
fn links_that_do_not_open_are_told_in_one_sentence() {
    for (preset, input, sentence) in [
        (
            "slalom1:AAAA",
            "",
            "slalom: the link cannot be opened: the link is cut off: its end is missing",
        ),
        (
            "slalom7:AAAA",
            "",
            "slalom: the link cannot be opened: it was made by a newer version of Slalom",
        ),
        (
            "-",
            "slalom1:",
            "slalom: standard input cannot be opened: the link is cut off: its end is missing",
        ),
        ("-", "", "standard input:1:1: "),
    ] {
        for command in ["run", "check", "link"] {
            let said = complaint(&[command, preset], input.as_bytes());
            assert!(said.starts_with(sentence), "{command} {preset}: {said}");
        }
    }
    let long = "x".repeat(100_000);
    let said = complaint(&["run", &long], b"");
    assert!(said.len() < 300, "{said}");
    // Longer than any name of a file can be.
    let link = format!("slalom1:{}", "A".repeat(100_000));
    let said = complaint(&["run", &link], b"");
    assert!(said.contains("the link is "), "{said}");
}

#[test]
fn scripts_of_races_with_carried_data_do_not_read_files_that_are_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let rows: String = (0..600).map(|row| format!("{row},{}\n", 2 * row)).collect();
    fs::write(folder.path().join("points.csv"), rows).unwrap();
    let path = folder.path().join("race.ron");
    let text = "(version: 1, surface: LinearRegression(data: \"points.csv\", x: \"column 1\"), start: \
                (0.0, 0.0), steps: 1, racers: [(optimizer: Adam(learning_rate: 0.1))])";
    fs::write(&path, text).unwrap();
    let path = path.to_str().unwrap();
    let from_file = printed(&["code", path, "--library", "pytorch"], b"");
    assert!(from_file.contains("open("));
    let link = printed(&["link", path], b"");
    let script = printed(&["code", "-", "--library", "pytorch"], link.as_bytes());
    assert!(
        !script.contains("open(") && script.contains("save the race first"),
        "{script}"
    );
    let SurfaceChoice::LinearRegression(model) = preset::read_link("the link", &link)
        .unwrap()
        .experiment
        .surface
    else {
        panic!("another surface");
    };
    assert!(model.data.is_carried());
}
