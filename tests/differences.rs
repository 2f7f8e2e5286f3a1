//! What differs between two races is told in words, and taking all of it makes them equal.

mod common;

use std::sync::LazyLock;

use proptest::prelude::*;
use slalom::app::{Aspect, Change, Difference, Differences, Document, Lineup, Source, Values};
use slalom::experiment::{Batch, Color, Edit, Experiment, Racer, Schedule};
use slalom::optimizer::{OptimizerChoice, ParameterKind, Value};
use slalom::surface::data::Moons;
use slalom::surface::{LinearRegression, LogisticRegression, Shape, SurfaceChoice};

use common::{cases, race};

/// A source of decisions that ends in zeros, so that failures shrink to few of them.
struct Dice(std::vec::IntoIter<u32>);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0.next().unwrap_or_default() as usize % sides.max(1)
    }

    fn is(&mut self, one_in: usize) -> bool {
        self.roll(one_in) == one_in - 1
    }

    fn pick<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())].clone()
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for index in 1..all.len() {
            all.swap(index, self.roll(index + 1));
        }
    }
}

fn rolls() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<u32>(), 0..400)
}

/// Formulas and losses over 4, 100 and 200 rows.
static GROUNDS: LazyLock<Vec<SurfaceChoice>> = LazyLock::new(|| {
    let mut line = LinearRegression::default();
    line.data = "line".into();
    let mut standardized = line.clone();
    standardized.standardize = true;
    let moons = |rows| {
        let mut model = LogisticRegression::default();
        model.moons = Some(Moons {
            rows,
            ..Moons::default()
        });
        SurfaceChoice::LogisticRegression(model)
    };
    let mut all = vec![
        SurfaceChoice::Beale,
        SurfaceChoice::LongValley,
        SurfaceChoice::LinearRegression(line),
        SurfaceChoice::LinearRegression(standardized),
        moons(4),
        moons(200),
    ];
    for surface in &mut all {
        surface.load(None).unwrap();
    }
    all
});

/// Makes a change, and takes it back if it is not valid.
fn attempt(race: &mut Experiment, change: impl FnOnce(&mut Experiment)) {
    let before = race.clone();
    change(race);
    if race.check().is_err() {
        *race = before;
    }
}

fn small(number: usize) -> f64 {
    f64::from(u8::try_from(number).unwrap())
}

/// Changes one thing in a racer.
fn alter(race: &mut Experiment, index: usize, dice: &mut Dice) {
    let name = dice.pick(&[None, Some(""), Some("Ball"), Some("Adam")]);
    let points: Vec<_> = OptimizerChoice::for_points().cloned().collect();
    let other = dice.pick(&points);
    let schedule = dice.pick(Schedule::all());
    let batch = dice.pick(&[
        Batch::Full,
        Batch::Sample,
        Batch::MiniBatch(1),
        Batch::MiniBatch(150),
        Batch::Rows(vec![vec![0, 1], vec![2]]),
        Batch::Rows(vec![vec![3], vec![2]]),
    ]);
    let (part, which, by) = (dice.roll(10), dice.roll(40), dice.roll(5));
    attempt(race, |race| {
        let Racer { appearance, plan } = &mut race.racers[index];
        match part {
            0 => appearance.name = name.map(str::to_owned),
            1 => appearance.color = Some(Color([if by == 0 { 0 } else { 200 }, 0, 0])),
            2 => appearance.visible ^= true,
            3 => plan.schedule = schedule.clone(),
            4 => plan.batch = batch,
            5 => plan.replacement ^= true,
            6 => plan.noise = small(by),
            7 => {
                let rule = plan.optimizer.rule();
                let parameter = rule.parameter(which % rule.parameter_count()).unwrap();
                plan.edits.push(Edit {
                    step: by,
                    parameter: parameter.name.into_owned(),
                    value: 0.5,
                });
            }
            8 => plan.optimizer = other,
            _ => turn(&mut plan.optimizer, which, by),
        }
    });
}

/// Changes a hyper-parameter.
fn turn(optimizer: &mut OptimizerChoice, which: usize, by: usize) {
    let rule = optimizer.rule_mut();
    let index = which % rule.parameter_count();
    let kind = rule.parameter(index).unwrap().kind;
    let value = match (kind, rule.get(index).unwrap()) {
        (ParameterKind::Choice(names), Value::Choice(now)) => {
            Value::Choice((now + by) % names.len())
        }
        (_, Value::Switch(on)) => Value::Switch(!on),
        // As different as can be told apart in short, and less.
        (_, Value::Number(now)) => Value::Number(now * [0.5, 0.9, 0.999_999_9][by % 3]),
        (_, value) => value,
    };
    rule.set(index, value);
}

fn add(race: &mut Experiment, dice: &mut Dice) {
    let rules: Vec<_> = OptimizerChoice::for_points().collect();
    // Often Adam, so that there are several racers of one rule and name.
    let rule = match dice.roll(3) {
        0 => rules
            .iter()
            .copied()
            .find(|it| it.rule().about().name == "Adam"),
        _ => rules.get(dice.roll(rules.len())).copied(),
    };
    let at = dice.roll(race.racers.len() + 1);
    race.racers.insert(at, Racer::new(rule.unwrap().clone()));
    for _ in 0..dice.roll(4) {
        alter(race, at, dice);
    }
}

/// Changes a race a few times.
fn change(race: &mut Experiment, dice: &mut Dice) {
    for _ in 0..dice.roll(12) {
        let (part, by) = (dice.roll(12), dice.roll(4));
        let ground = dice.pick(&GROUNDS);
        match part {
            0 => race.title = ["", "A race", "Another"][by % 3].into(),
            1 => race.notes = ["", "Look!", "Look here!"][by % 3].into(),
            2 => attempt(race, |race| {
                if !Shape::has_condition(&ground) {
                    race.shape.condition = None;
                }
                race.surface = ground;
            }),
            3 => race.shape.rotation = 30.0 * small(by),
            4 => attempt(race, |race| race.shape.condition = Some(50.0 + small(by))),
            5 => race.start = [1.0 + 1e-9 * small(by), -1.0],
            6 => race.steps = 1 + by,
            7 => race.seed = by as u64,
            8 => add(race, dice),
            9 if !race.racers.is_empty() => {
                race.racers.remove(dice.roll(race.racers.len()));
            }
            10 => dice.shuffle(&mut race.racers),
            _ if !race.racers.is_empty() => {
                let index = dice.roll(race.racers.len());
                alter(race, index, dice);
            }
            _ => {}
        }
    }
}

/// Two races, of which the second was made from the first or from nothing.
fn pair(rolls: Vec<u32>) -> [Experiment; 2] {
    let mut dice = Dice(rolls.into_iter());
    let mut theirs = Experiment {
        steps: 3,
        ..Experiment::default()
    };
    theirs.surface = dice.pick(&GROUNDS);
    for _ in 0..dice.roll(5) {
        add(&mut theirs, &mut dice);
    }
    let mut mine = if dice.is(6) {
        Experiment::default()
    } else {
        theirs.clone()
    };
    change(&mut mine, &mut dice);
    change(&mut mine, &mut dice);
    [theirs, mine].map(|race| {
        race.check().unwrap();
        race
    })
}

fn take(document: &mut Document, theirs: &Experiment, all: &Differences, one: &Difference) {
    let take = Change::Take(Box::new(all.take(one, theirs)));
    document.change(take).unwrap();
    document.rest();
}

/// The words of a text that belong only in a file.
fn identifiers(text: &str) -> Vec<&str> {
    let rules = OptimizerChoice::all().iter().map(OptimizerChoice::rule);
    let titles: Vec<String> = rules
        .flat_map(|rule| {
            let labels = rule.parameters().map(|it| it.label());
            labels
                .chain([rule.about().title.to_owned()])
                .collect::<Vec<_>>()
        })
        .collect();
    let words = text.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
    words
        .filter(|word| {
            let is_humped = word.chars().skip(1).any(char::is_uppercase)
                && word.chars().any(char::is_lowercase);
            let is_title = titles.iter().any(|title| title.contains(word));
            word.contains('_') || (is_humped && !is_title)
        })
        .collect()
}

/// Returns a document's race without the slots by which racers kept their looks on the way.
fn without_slots(document: &Document) -> Experiment {
    let mut race = document.experiment().clone();
    for racer in &mut race.racers {
        racer.appearance.slot = None;
    }
    race
}

proptest! {
    #![proptest_config(cases(400))]

    /// The list is made once, and its differences are taken in any order.
    #[test]
    fn taking_every_difference_once_in_any_order_makes_the_races_equal(
        rolls in rolls(),
        order in rolls(),
    ) {
        let [theirs, mine] = pair(rolls);
        let mut document = Document::new(mine.clone(), Source::New);
        let all = Differences::between(&theirs, document.lineup());
        let mut list = all.list.clone();
        Dice(order.into_iter()).shuffle(&mut list);
        for one in &list {
            take(&mut document, &theirs, &all, one);
        }
        prop_assert_eq!(without_slots(&document), theirs.clone());
        prop_assert!(document.position() <= list.len(), "each is one step of the history");
        document.go_to(0);
        prop_assert_eq!(document.experiment(), &mine);
    }

    /// The list is made again after each take, as on screen.
    #[test]
    fn taking_what_is_left_comes_to_an_end(rolls in rolls(), order in rolls()) {
        let [theirs, mine] = pair(rolls);
        let mut document = Document::new(mine, Source::New);
        let mut dice = Dice(order.into_iter());
        let mut all = Differences::between(&theirs, document.lineup());
        // A racer that is inserted beside one like it may be matched with the other one's
        // counterpart, in whose name, colour and plan it then differs.
        let most = 4 * all.list.len() + 12;
        for _ in 0..most {
            if all.list.is_empty() {
                break;
            }
            let one = dice.pick(&all.list);
            take(&mut document, &theirs, &all, &one);
            let left = Differences::between(&theirs, document.lineup());
            all = left;
        }
        prop_assert_eq!(without_slots(&document), theirs.clone());
    }

    #[test]
    fn every_difference_is_told_in_words(rolls in rolls()) {
        let [theirs, mine] = pair(rolls);
        let all = Differences::between(&theirs, &Lineup::new(mine.clone()));
        prop_assert_eq!(all.list.is_empty(), theirs == mine);
        for one in &all.list {
            let sentence = one.sentence(["A", "B"]);
            prop_assert!(!one.what.trim().is_empty(), "{one:?}");
            prop_assert_eq!(identifiers(&sentence), Vec::<&str>::new(), "{}", sentence);
            if let Values::Both { theirs, mine } = &one.values {
                prop_assert_ne!(theirs, mine, "{}", sentence);
                prop_assert!(!theirs.is_empty() && !mine.is_empty(), "{}", sentence);
            }
        }
    }
}

const RACERS: &str = "(optimizer: GradientDescent(learning_rate: 0.001)),
    (optimizer: Momentum(learning_rate: 0.001, momentum: 0.95)),
    (optimizer: RMSProp(learning_rate: 0.01)),
    (optimizer: Adam(learning_rate: 0.15))";

/// Returns the sentences about two races on Beale's function, and what is the same.
fn told(racers: [&str; 2]) -> (Vec<String>, String) {
    let [theirs, mine] = racers.map(|it| race("Beale", [1.0, 1.6], 200, it));
    let all = Differences::between(&theirs, &Lineup::new(mine));
    let sentences = all.list.iter().map(|one| one.sentence(["A", "B"]));
    (sentences.collect(), all.same.unwrap_or_default())
}

#[test]
fn races_are_compared_in_plain_words() {
    let mine = "(optimizer: Momentum(learning_rate: 0.001, momentum: 0.9)),
        (optimizer: RMSProp(learning_rate: 0.01)),
        (optimizer: Adam(learning_rate: 0.3), visible: false, color: \"#0000ff\", name: \"Fast\",
         schedule: Cosine(steps: 200)),
        (optimizer: Nadam())";
    let (sentences, same) = told([RACERS, mine]);
    assert_eq!(
        sentences,
        [
            "Gradient descent is in A, but not in B",
            "Momentum, momentum μ: 0.95 in A, 0.9 in B",
            "Fast, name: Adam, by its rule in A, “Fast” in B",
            "Fast, learning rate: 0.15 in A, 0.3 in B",
            "Fast, schedule: constant in A, cosine in B",
            "Fast, colour: the usual one in A, #0000ff in B",
            "Fast, visibility: shown in A, hidden in B",
            "Nadam is in B, but not in A",
        ]
    );
    assert_eq!(
        same,
        "The same: surface, start, steps, seed and 1 more racer"
    );
    let (sentences, same) = told([RACERS, RACERS]);
    assert!(sentences.is_empty());
    assert_eq!(
        same,
        "The same: surface, start, steps, seed and all 4 racers"
    );
}

#[test]
fn wrapped_rules_schedules_and_edits_are_compared_number_by_number() {
    let of = |inner: &str, steps: usize, edits: &str| {
        format!(
            "(optimizer: Lookahead(inner: {inner}), edits: [{edits}],
              schedule: Cosine(steps: {steps}, final_learning_rate: 0.001))"
        )
    };
    let theirs = of("Adam(learning_rate: 0.1)", 100, "");
    let edit = r#"(step: 10, parameter: "inner.beta_1", value: 0.5)"#;
    let mine = of("Adam(learning_rate: 0.2)", 1200, edit);
    let (sentences, _) = told([&theirs, &mine]);
    assert_eq!(
        sentences,
        [
            "Lookahead, learning rate: 0.1 in A, 0.2 in B",
            "Lookahead, schedule: steps 100 in A, steps 1200 in B",
            "Lookahead, changes during the race: none in A, momentum β₁ 0.5 from step 10 in B",
        ]
    );
    let (sentences, _) = told([&theirs, &of("Nadam()", 100, "")]);
    let other = "Lookahead, rule: Lookahead around Adam in A, Lookahead around Nadam in B";
    assert_eq!(sentences, [other]);
}

#[test]
fn what_does_not_go_alone_takes_along_what_it_needs() {
    let [beale, ..] = &GROUNDS[..] else {
        unreachable!()
    };
    let data = GROUNDS[5].clone();
    let mut theirs = race("Beale", [1.0, 1.6], 3, RACERS);
    let mut mine = theirs.clone();
    mine.surface = beale.clone();
    theirs.surface = data.clone();
    theirs.racers[0].plan.batch = Batch::MiniBatch(20);
    theirs.racers[0].plan.replacement = true;
    let mut document = Document::new(mine, Source::New);
    let all = Differences::between(&theirs, document.lineup());
    let along: Vec<_> = all.list.iter().map(|it| (&*it.what, it.along)).collect();
    let surface = Some("with the surface");
    assert_eq!(
        along,
        [
            ("Surface", None),
            ("Gradient descent, batch", surface),
            ("Gradient descent, sampling", surface)
        ]
    );
    take(&mut document, &theirs, &all, &all.list[1]);
    assert_eq!(document.experiment().surface, data);
    let story = "Gradient descent, batch all rows → batches of 20 rows";
    assert!(document.steps_done().eq([story]));
}

#[test]
fn equal_racers_belong_together_before_those_of_the_same_name() {
    let [slow, fast] =
        ["0.1", "0.2"].map(|rate| format!("(optimizer: Adam(learning_rate: {rate}))"));
    let (sentences, same) = told([&format!("{slow}, {fast}"), &fast]);
    assert_eq!(sentences, ["Adam is in A, but not in B"]);
    assert!(same.ends_with("1 more racer"), "{same}");
    let named = |name: &str| format!("(name: \"{name}\", optimizer: Adam())");
    let (sentences, _) = told([&named("Ball"), &named("Stone")]);
    assert_eq!(sentences, ["Stone, name: “Ball” in A, “Stone” in B"]);
}

#[test]
fn the_order_of_the_racers_is_one_difference() {
    let mut theirs = race("Beale", [1.0, 1.6], 3, RACERS);
    let lineup = Lineup::new(theirs.clone());
    theirs.racers.reverse();
    let all = Differences::between(&theirs, &lineup);
    assert_eq!(all.list.len(), 1);
    assert_eq!(all.list[0].aspect, Aspect::Order);
    assert_eq!(
        all.list[0].sentence(["A", "B"]),
        "Order of the racers: Adam, RMSProp, Momentum, Gradient descent in A, \
         Gradient descent, Momentum, RMSProp, Adam in B"
    );
}
