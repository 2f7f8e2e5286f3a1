//! Random actions of every kind.

use std::path::PathBuf;

use slalom::analysis::{Quantity, Ranking, TimeUnit};
use slalom::app::{
    Action, AppAction, Aspect, Change, Comparison, Differences, DocumentAction, DocumentId, Drawer,
    FormulaChange, GameKind, GameMove, GroupChange, Ingredient, Kept, Layout, List, Notice,
    Opening, Pane, RacerId, RuleChange, Settings, Take, table,
};
use slalom::experiment::{Batch, Color, Edit, Group, Racer, Schedule};
use slalom::export::code::Framework;
use slalom::optimizer::{OptimizerChoice, Origin, OwnRule, Value};
use slalom::plane::Window;
use slalom::preset::{Arrows, BuiltIn, Card, Projection, Viewpoint};
use slalom::subspace::PlaneChoice;
use slalom::surface::typed::Typed;
use slalom::surface::{LinearRegression, SurfaceChoice};
use tempfile::TempDir;

use super::random::Random;
use crate::support::{Slalom, THREE};

/// Lists the kinds of an action, and names the kind of a given one. A kind that is missing here does
/// not compile.
macro_rules! kinds {
    ($list:ident, $name:ident, $of:ident: $($kind:ident)*) => {
        pub const $list: &[&str] = &[$(stringify!($kind)),*];

        fn $name(it: &$of) -> &'static str {
            match it {
                $($of::$kind { .. } => stringify!($kind),)*
            }
        }
    };
}

kinds! { APP, of_app, AppAction:
    Do Open OpenBeside OpenFile SaveTo AskForData Show Close MoveTab Compare CompareWithCopy
    CompareWith WorkOn Settings ShowDrawer Speed StartGame PlayGame LeaveGame Notify StopWaiting
    OpenPage Keep KeepAnyway Discard Allow
}
kinds! { DOCUMENT, of_document, DocumentAction:
    Do Change UseSurface TrySurface KeepSurface RevertSurface TypeFormula MakeSlider NewRule EditRule
    CloseRule TypeRule MakeRuleSlider RevertRule AddText GoTo Seek Select Solo ShowWindow Plane
    LookFrom Arrows Card TrailLength Chart ChartAgainst Sweep Target Features Rank Variant ToggleLink FromHere Expand CancelSimulation
    CopyCode
}
kinds! { CHANGE, of_change, Change:
    Title Notes Surface Formula Rule Rotation Condition OffRidge Start Steps Seed Seeds Add Duplicate Remove Reorder
    Name Visible Color Optimizer Defaults Parameter Edit RemoveEdit Edits Batch Replacement Noise
    Schedule Group Take Tune ScaleRates
}
kinds! { MOVE, of_move, GameMove: Sketch Vote Guess Reveal Again Ingredient }

/// Returns the kinds of all actions.
pub fn kinds() -> impl Iterator<Item = String> {
    let app = APP.iter().map(|kind| format!("app: {kind}"));
    let document = DOCUMENT.iter().map(|kind| format!("document: {kind}"));
    let change = CHANGE.iter().map(|kind| format!("change: {kind}"));
    let step = MOVE.iter().map(|kind| format!("move: {kind}"));
    let entries = table::all().map(|entry| format!("entry: {}", entry.id));
    let all = app.chain(document).chain(change).chain(step).chain(entries);
    // What these wrap is counted instead.
    let is_wrapper = |kind: &String| kind.ends_with(": Do") || kind.ends_with(": Change");
    all.filter(move |kind| !is_wrapper(kind) && kind != "app: PlayGame")
}

/// Returns the kind of an action.
pub fn kind(action: &Action) -> String {
    match action {
        Action::App(AppAction::Do(entry)) | Action::Document(_, DocumentAction::Do(entry)) => {
            format!("entry: {}", entry.id)
        }
        Action::App(AppAction::PlayGame(step)) => format!("move: {}", of_move(step)),
        Action::App(action) => format!("app: {}", of_app(action)),
        Action::Document(_, DocumentAction::Change(change)) => {
            format!("change: {}", of_change(change))
        }
        Action::Document(_, action) => format!("document: {}", of_document(action)),
    }
}

/// Returns the game in which a move makes a difference.
pub fn game_of(kind: &str) -> Option<GameKind> {
    match kind {
        "move: Sketch" | "move: Vote" | "move: Reveal" => Some(GameKind::Predict),
        "move: Guess" | "move: Again" => Some(GameKind::WhoAmI),
        "move: Ingredient" => Some(GameKind::Ladder),
        _ => None,
    }
}

/// Files for the monkey: good ones, bad ones, and none.
pub struct Files {
    folder: TempDir,
}

impl Files {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("race.ron", THREE),
            ("broken.ron", "(version: 1, surface: Bale)"),
            ("path.csv", "step,x,y\n0,1,1.6\n1,0.5,1\n2,nan,nan\n"),
            ("data.csv", "a,b\n1,2\n2,4\n3,6.5\n"),
            ("broken.csv", "a,b\n1,2\n3\n"),
        ] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Self { folder }
    }

    fn any(&self, random: &mut Random, names: &[&str]) -> PathBuf {
        self.folder.path().join(random.of(names))
    }
}

/// What random actions are made of.
pub struct Maker<'a> {
    pub slalom: &'a Slalom,
    pub random: &'a mut Random,
    pub files: &'a Files,
}

pub const WORDS: &[&str] = &[
    "0.2",
    "1e-3",
    "-1",
    "nan",
    "abc",
    "adam",
    ">",
    "+ada",
    "~beale",
    "",
    "1.2.3",
    "é∞\u{0}\u{202e}",
];

impl Maker<'_> {
    /// Returns a random action of a kind.
    pub fn action(&mut self, kind: &str) -> Action {
        let document = self.slalom.document().id();
        let (of, name) = kind.split_once(": ").unwrap();
        match of {
            "app" => Action::App(self.app(name)),
            "document" => Action::Document(document, self.on_document(name)),
            "change" => Action::Document(document, self.change(name).into()),
            "move" => Action::App(AppAction::PlayGame(self.game_move(name))),
            _ => table::all().find(|it| it.id == name).unwrap().on(document),
        }
    }

    /// Returns a racer that is there or, seldom, one that is not.
    fn racer(&mut self) -> RacerId {
        let ids = self.slalom.document().lineup().ids();
        if ids.is_empty() || self.random.below(20) == 0 {
            return RacerId::fresh();
        }
        *self.random.of(ids)
    }

    /// Returns the number of a racer, or one too many.
    fn place(&mut self) -> usize {
        let racers = self.slalom.experiment().racers.len();
        self.random.below(racers + 2)
    }

    fn tab(&mut self) -> DocumentId {
        let documents = self.slalom.workspace().documents();
        if self.random.below(20) == 0 {
            return DocumentId::fresh();
        }
        self.random.of(documents).id()
    }

    fn word(&mut self) -> String {
        (*self.random.of(WORDS)).to_owned()
    }

    fn optimizer(&mut self) -> OptimizerChoice {
        self.random.of(OptimizerChoice::all()).clone()
    }

    fn parameter(&mut self) -> String {
        let names = ["learning_rate", "beta_1", "momentum", "nothing"];
        (*self.random.of(&names)).to_owned()
    }

    fn edit(&mut self) -> Edit {
        Edit {
            step: self.random.below(250),
            parameter: self.parameter(),
            value: self.random.wild(),
        }
    }

    fn opening(&mut self) -> Opening {
        let built_in: Vec<&BuiltIn> = BuiltIn::all().collect();
        let names = ["race.ron", "broken.ron", "none.ron"];
        match self.random.below(6) {
            0 => Opening::New,
            1 => Opening::File(self.files.any(self.random, &names)),
            2 => Opening::Text(if self.random.coin() {
                THREE.to_owned()
            } else {
                self.word()
            }),
            3 => Opening::Game(*self.random.of(&GameKind::ALL)),
            _ => Opening::BuiltIn(self.random.of(&built_in).name),
        }
    }

    fn app(&mut self, kind: &str) -> AppAction {
        let tables = ["path.csv", "data.csv", "broken.csv", "none.csv"];
        match kind {
            "Open" => AppAction::Open(self.opening()),
            "OpenBeside" => AppAction::OpenBeside(self.opening()),
            "OpenFile" if self.random.coin() => {
                let names = ["race.ron", "broken.ron"];
                AppAction::OpenFile(self.files.any(self.random, &names))
            }
            "OpenFile" => AppAction::OpenFile(self.files.any(self.random, &tables)),
            "SaveTo" => {
                let names = ["saved.ron", "nowhere/saved.ron"];
                AppAction::SaveTo(self.files.any(self.random, &names))
            }
            "AskForData" => AppAction::AskForData(self.files.any(self.random, &tables)),
            "Show" => AppAction::Show(self.tab()),
            "Close" => AppAction::Close(self.tab()),
            "MoveTab" => AppAction::MoveTab(self.tab(), self.random.below(5)),
            "Compare" => AppAction::Compare((self.random.below(4) > 0).then(|| Comparison {
                layout: *self.random.of(&[Layout::SideBySide, Layout::Ghosts]),
                list: *self.random.of(&[List::Differences, List::Racers]),
                ..Comparison::new(self.tab(), self.slalom.document().id())
            })),
            "CompareWith" => AppAction::CompareWith(self.opening()),
            "WorkOn" => AppAction::WorkOn(self.tab()),
            "CompareWithCopy" => AppAction::CompareWithCopy,
            "StopWaiting" => AppAction::StopWaiting,
            "OpenPage" => AppAction::OpenPage,
            "Settings" => AppAction::Settings(Box::new(self.settings())),
            "ShowDrawer" => AppAction::ShowDrawer(self.random.coin().then(|| Drawer {
                pane: *self.random.of(&Pane::ALL),
                is_full: self.random.coin(),
            })),
            "Speed" => AppAction::Speed(self.random.between(-1.0, 60.0)),
            "StartGame" => AppAction::StartGame(*self.random.of(&GameKind::ALL)),
            "LeaveGame" => AppAction::LeaveGame,
            "Notify" => AppAction::Notify(if self.random.coin() {
                Notice::success(self.word())
            } else {
                Notice::error(self.word().repeat(50))
            }),
            "Keep" => AppAction::Keep(Box::new(self.kept())),
            "KeepAnyway" => AppAction::KeepAnyway(Box::new(self.kept())),
            "Discard" => AppAction::Discard,
            "Allow" => AppAction::Allow,
            kind => panic!("no action of the kind {kind} can be made"),
        }
    }

    fn settings(&mut self) -> Settings {
        Settings {
            scale: *self.random.of(&Settings::SCALES),
            digits: 3 + self.random.below(4),
            reduced_motion: self.random.coin(),
            looping: self.random.coin(),
            keep_rate: self.random.coin(),
            racers_beside_both: self.random.coin(),
            ..self.slalom.workspace().settings.clone()
        }
    }

    fn game_move(&mut self, kind: &str) -> GameMove {
        match kind {
            "Sketch" => GameMove::Sketch(self.random.point(), self.random.coin()),
            "Vote" => GameMove::Vote(self.place()),
            "Guess" => {
                let racer = self.random.coin().then(|| self.place());
                GameMove::Guess(self.place(), racer)
            }
            "Reveal" => GameMove::Reveal,
            "Again" => GameMove::Again,
            "Ingredient" => {
                GameMove::Ingredient(*self.random.of(&Ingredient::ALL), self.random.coin())
            }
            kind => panic!("no move of the kind {kind} can be made"),
        }
    }

    fn on_document(&mut self, kind: &str) -> DocumentAction {
        match kind {
            "UseSurface" => {
                let mut line = LinearRegression::default();
                line.data = (*self.random.of(&["line", "penguins", "none"])).into();
                DocumentAction::UseSurface(SurfaceChoice::LinearRegression(line))
            }
            "TrySurface" => {
                let surfaces = [SurfaceChoice::Beale, SurfaceChoice::Saddle];
                DocumentAction::TrySurface(self.random.of(&surfaces).clone())
            }
            "KeepSurface" => DocumentAction::KeepSurface,
            "RevertSurface" => DocumentAction::RevertSurface,
            "TypeFormula" => DocumentAction::TypeFormula(self.formula()),
            "MakeSlider" => {
                let draft = self.slalom.document().draft();
                let unknown = draft.and_then(|draft| draft.unknown.first());
                DocumentAction::MakeSlider(unknown.cloned().unwrap_or_else(|| "q".to_owned()))
            }
            "NewRule" => DocumentAction::NewRule,
            "EditRule" => DocumentAction::EditRule(self.racer()),
            "CloseRule" => DocumentAction::CloseRule,
            "TypeRule" => DocumentAction::TypeRule(self.lines()),
            "MakeRuleSlider" => {
                let draft = self.slalom.document().rule_draft();
                let unknown = draft.and_then(|draft| draft.unknown.first());
                DocumentAction::MakeRuleSlider(unknown.cloned().unwrap_or_else(|| "q".to_owned()))
            }
            "RevertRule" => DocumentAction::RevertRule,
            "AddText" => {
                let texts = ["torch.optim.Adam(lr=0.1)", "Adam(lr=", "milk, eggs"];
                DocumentAction::AddText((*self.random.of(&texts)).to_owned())
            }
            "GoTo" => DocumentAction::GoTo(self.random.below(20)),
            "Seek" => DocumentAction::Seek(400.0 * self.random.wild()),
            "Select" => DocumentAction::Select(self.random.coin().then(|| self.racer())),
            "Solo" => DocumentAction::Solo(self.racer()),
            "ShowWindow" => {
                let [x, y] = self.random.point();
                let size = *self.random.of(&[1e-9, 0.1, 1.0, 10.0, 1e9]);
                DocumentAction::ShowWindow(Window::new([x, x + size], [y, y + size]))
            }
            "Plane" => {
                let through = PlaneChoice::Through("Adam".into(), "Momentum".into());
                let planes = [PlaneChoice::Fitted, PlaneChoice::Random(3), through];
                DocumentAction::Plane(self.random.of(&planes).clone())
            }
            "LookFrom" => {
                let [azimuth, elevation] = self.random.point();
                let projections = [Projection::Perspective, Projection::Parallel];
                let viewpoint = Viewpoint {
                    projection: *self.random.of(&projections),
                    ..Viewpoint::ABOVE.turned(10.0 * azimuth, 10.0 * elevation)
                };
                let zoom = *self.random.of(&[0.01, 0.5, 1.0, 3.0, 100.0]);
                DocumentAction::LookFrom(viewpoint.zoomed(zoom, self.random.point()))
            }
            "Arrows" => DocumentAction::Arrows(*self.random.of(&Arrows::ALL)),
            "Card" => DocumentAction::Card(*self.random.of(&Card::ALL)),
            "TrailLength" => {
                let lengths = [None, Some(25.0), Some(100.0)];
                DocumentAction::TrailLength(*self.random.of(&lengths))
            }
            "Chart" => DocumentAction::Chart(*self.random.of(&Quantity::ALL)),
            "ChartAgainst" => DocumentAction::ChartAgainst(*self.random.of(&TimeUnit::ALL)),
            "Sweep" => DocumentAction::Sweep(self.random.coin().then(|| self.parameter())),
            "Target" => DocumentAction::Target(*self.random.of(&[1e-300, 0.01, 1e9])),
            "Features" => DocumentAction::Features([(); 2].map(|()| self.word())),
            "Rank" => {
                use Ranking::{Accuracy, Best, Distance, Loss, Name, Status, TestLoss, Tuned};
                let rankings = [
                    Loss, Best, Distance, Status, Name, Tuned, TestLoss, Accuracy,
                ];
                DocumentAction::Rank(*self.random.of(&rankings))
            }
            "Variant" => {
                let origin = *self.random.of(Origin::ALL);
                DocumentAction::Variant(self.random.coin().then_some(origin))
            }
            "ToggleLink" => DocumentAction::ToggleLink(self.parameter()),
            "FromHere" => DocumentAction::FromHere(self.random.coin()),
            "Expand" => DocumentAction::Expand(self.random.coin()),
            "CancelSimulation" => DocumentAction::CancelSimulation,
            "CopyCode" => {
                let racer = self.random.coin().then(|| self.racer());
                DocumentAction::CopyCode(racer, *self.random.of(Framework::ALL))
            }
            kind => panic!("no action of the kind {kind} can be made"),
        }
    }

    fn formula(&mut self) -> String {
        let texts = [
            "x^2 + y^2",
            "x^2 + q*y^2",
            "u = x + y\nu^2 + w*(x - y)^2",
            "1/x + ln(y)",
            "sqrt(x) +",
            "sine(x)",
            "0/0",
            "",
        ];
        (*self.random.of(&texts)).to_owned()
    }

    fn lines(&mut self) -> String {
        let texts = [
            "theta <- theta - learning_rate*g",
            "m <- 0.9*m + g; theta <- theta - 0.01*m",
            "theta <- theta - q*g/norm(g)",
            "theta <- theta - 0.01*gradient(theta - 0.1*g)",
            "theta <- theta/0",
            "theta <-",
            "m <- g",
            "",
        ];
        (*self.random.of(&texts)).to_owned()
    }

    fn rule_change(&mut self) -> RuleChange {
        let name = (*self.random.of(&["learning_rate", "beta_1", "q", "nothing"])).to_owned();
        match self.random.below(6) {
            0 => RuleChange::Lines(self.lines()),
            1 => RuleChange::Range(name, self.random.point()),
            2 => RuleChange::Add { name, lines: None },
            3 => RuleChange::Remove(name),
            4 => RuleChange::Title(self.word()),
            _ => RuleChange::Value(name, self.random.wild()),
        }
    }

    /// Returns something for the library.
    fn kept(&mut self) -> Kept {
        if self.random.coin() {
            let rule = Kept::of_rule(OwnRule::template());
            return rule.named(&self.word());
        }
        Kept::of_surface(self.word(), Typed::new("x^2 + y^2"))
    }

    fn formula_change(&mut self) -> FormulaChange {
        let name = (*self.random.of(&["a", "b", "q", "nothing"])).to_owned();
        match self.random.below(6) {
            0 => FormulaChange::Text(self.formula()),
            1 => FormulaChange::Range(name, self.random.point()),
            2 => FormulaChange::Add { name, text: None },
            3 => FormulaChange::Remove(name),
            4 => FormulaChange::Window(self.random.coin().then(|| Window::square(2.0))),
            _ => FormulaChange::Value(name, self.random.wild()),
        }
    }

    /// Returns a change that takes something from another open race.
    fn take(&mut self) -> Change {
        let theirs = self.random.of(self.slalom.workspace().documents());
        let theirs = theirs.experiment();
        let all = Differences::between(theirs, self.slalom.document().lineup());
        let nothing = Take {
            aspect: Aspect::Title,
            pairs: all.pairs.clone(),
            from: theirs.clone(),
            words: self.word(),
        };
        let take = match &all.list[..] {
            [] => nothing,
            list => all.take(self.random.of(list), theirs),
        };
        Change::Take(Box::new(take))
    }

    fn group_change(&mut self) -> GroupChange {
        let blocks = ["weights", "biases", "last_layer", "layer 2", "nothing"];
        let block = (*self.random.of(&blocks)).to_owned();
        match self.random.below(5) {
            0 | 1 => GroupChange::Add(Group {
                block,
                optimizer: self.optimizer(),
            }),
            2 => GroupChange::Remove,
            3 => GroupChange::Block(block),
            _ if self.random.coin() => GroupChange::Rule(self.optimizer()),
            _ => GroupChange::Parameter(self.random.below(6), Value::Number(self.random.wild())),
        }
    }

    fn change(&mut self, kind: &str) -> Change {
        let racer = self.racer();
        match kind {
            "Title" => Change::Title(self.word()),
            "Notes" => Change::Notes(self.word()),
            "Formula" => Change::Formula(self.formula_change()),
            "Rule" => Change::Rule(racer, self.rule_change()),
            "Surface" => Change::Surface(self.random.of(SurfaceChoice::BUILT_IN).clone()),
            "Rotation" => Change::Rotation(400.0 * self.random.wild()),
            "Condition" => Change::Condition(1000.0 * self.random.wild()),
            "OffRidge" => Change::OffRidge(self.random.wild()),
            "Start" => Change::Start(self.random.point()),
            "Steps" => Change::Steps(self.random.below(400)),
            "Seed" => Change::Seed(self.random.below(9) as u64),
            "Seeds" => Change::Seeds(self.random.below(12)),
            "Add" => Change::Add(Box::new(Racer::new(self.optimizer()))),
            "Duplicate" => Change::Duplicate(racer),
            "Remove" => Change::Remove(racer),
            "Reorder" => Change::Reorder(racer, self.place()),
            "Name" => Change::Name(racer, self.random.coin().then(|| self.word())),
            "Visible" => Change::Visible(racer, self.random.coin()),
            "Color" => Change::Color(racer, self.random.coin().then_some(Color([200, 10, 90]))),
            "Group" => {
                let change = self.group_change();
                Change::Group(racer, self.random.below(3), change)
            }
            "Take" => self.take(),
            "Optimizer" => Change::Optimizer(racer, self.optimizer()),
            "Defaults" => Change::Defaults {
                racer,
                library: *self.random.of(Origin::ALL),
                keep_rate: self.random.coin(),
            },
            "Parameter" => Change::Parameter {
                racer,
                parameter: self.random.below(6),
                value: match self.random.below(4) {
                    0 => Value::Switch(self.random.coin()),
                    1 => Value::Choice(self.random.below(4)),
                    _ => Value::Number(self.random.wild()),
                },
                linked: self.random.coin(),
            },
            "Tune" => Change::Tune(vec![(racer, self.random.wild())]),
            "Edit" => Change::Edit(racer, self.edit()),
            "RemoveEdit" => Change::RemoveEdit {
                racer,
                step: self.random.below(250),
                parameter: self.parameter(),
            },
            "Edits" => {
                let edits = (0..self.random.below(3)).map(|_| self.edit());
                Change::Edits(racer, edits.collect())
            }
            "Batch" => {
                let batches = [Batch::Full, Batch::Sample, Batch::MiniBatch(16)];
                Change::Batch(racer, self.random.of(&batches).clone())
            }
            "Replacement" => Change::Replacement(racer, self.random.coin()),
            "Noise" => Change::Noise(racer, self.random.wild()),
            "Schedule" => Change::Schedule(racer, self.random.of(Schedule::all()).clone()),
            "ScaleRates" => Change::ScaleRates(self.random.wild()),
            kind => panic!("no change of the kind {kind} can be made"),
        }
    }
}
