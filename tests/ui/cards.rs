//! A racer's card: nothing in it jumps, nothing widens the panel, and links between sliders are
//! said in words.

use egui::accesskit::Role;
use egui::{Pos2, Rect, pos2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use slalom::app::{AppAction, Change, DocumentAction, Drawer, GameKind, Opening, Pane, table};
use slalom::experiment::{Edit, Schedule};
use slalom::optimizer::{OptimizerChoice, Value};
use slalom::preset;

use crate::support::{ADAM, DESCENT, MOMENTUM, Slalom, assert_near};

const RATE: &str = "Adam: learning rate";
const LINK: &str = "Link learning rate across racers";
const LINKED: &str = "linked: changes all 3 racers that have a learning rate";
const SUMMARY: &str = "learning rates linked";

/// Returns the right edge of the racers' panel.
fn edge(slalom: &Slalom) -> f32 {
    /// The space around the scene.
    const MARGIN: f32 = 12.0;
    slalom.scene().rect.left() - MARGIN
}

/// Returns the names of all controls in the racers' panel that reach beyond its edge.
fn cut(slalom: &Slalom, edge: f32) -> Vec<String> {
    let controls = [
        Role::Button,
        Role::CheckBox,
        Role::ComboBox,
        Role::Slider,
        Role::SpinButton,
        Role::TextInput,
        Role::ListItem,
        Role::Label,
    ];
    let scene = slalom.scene().rect;
    let nodes = slalom.root().children_recursive();
    let nodes = nodes.filter(|node| controls.contains(&node.accesskit_node().role()));
    let is_inside = |rect: Rect| rect.left() < edge && scene.y_range().contains(rect.top());
    let nodes = nodes.filter(|node| is_inside(node.rect()) && node.rect().right() > edge);
    nodes
        .map(|node| {
            let node = node.accesskit_node();
            format!("{:?} {:?} {:?}", node.role(), node.label(), node.value())
        })
        .collect()
}

fn expand(slalom: &mut Slalom) {
    slalom.perform(DocumentAction::Expand(true));
    slalom.rest();
}

fn set_rule(slalom: &mut Slalom, rule: OptimizerChoice) {
    slalom.perform(Change::Optimizer(slalom.id(ADAM), rule));
    slalom.rest();
}

/// Returns every rule, and every rule in every wrapper.
fn all_rules() -> Vec<OptimizerChoice> {
    let all: Vec<_> = OptimizerChoice::for_points().cloned().collect();
    let mut rules = all.clone();
    for wrapper in all.iter().filter(|it| it.inner().is_some()) {
        for rule in &all {
            let mut wrapped = wrapper.clone();
            if let Some(inner) = wrapped.inner_mut() {
                *inner = rule.clone();
            }
            rules.push(wrapped);
        }
    }
    rules
}

#[test]
fn no_rule_or_wrapper_widens_the_panel_or_is_cut() {
    let mut slalom = Slalom::three();
    let before = edge(&slalom);
    expand(&mut slalom);
    for rule in all_rules() {
        let name = format!("{rule:?}");
        set_rule(&mut slalom, rule);
        assert_eq!(edge(&slalom), before, "{name}");
        assert_eq!(cut(&slalom, before), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn no_schedule_widens_the_panel_however_long_its_numbers_are() {
    let mut slalom = Slalom::three();
    let before = edge(&slalom);
    expand(&mut slalom);
    for schedule in Schedule::all() {
        let mut long = schedule.clone();
        for (setting, _) in schedule.values() {
            let number = if setting.is_count() {
                999_999.0
            } else {
                0.123_456_789_012_345_67
            };
            setting.set(&mut long, number);
        }
        for schedule in [schedule.clone(), long] {
            slalom.perform(Change::Schedule(slalom.id(ADAM), schedule.clone()));
            slalom.rest();
            assert_eq!(slalom.experiment().racers[ADAM].plan.schedule, schedule);
            assert_eq!(edge(&slalom), before, "{schedule:?}");
            assert_eq!(cut(&slalom, before), Vec::<String>::new(), "{schedule:?}");
        }
    }
}

#[test]
fn neither_long_names_nor_long_numbers_widen_the_panel() {
    let mut slalom = Slalom::three();
    let before = edge(&slalom);
    expand(&mut slalom);
    let adam = slalom.id(ADAM);
    let name = "A racer with a name as long as that of a noble family ".repeat(3);
    slalom.perform(Change::Name(adam, Some(name)));
    let number = |parameter, value| Change::Parameter {
        racer: adam,
        parameter,
        value: Value::Number(value),
        linked: false,
    };
    slalom.perform(number(0, 1.234_567_890_123_456e-200));
    slalom.perform(number(1, 0.333_333_333_333_333_3));
    slalom.perform(Change::ScaleRates(1.234_567_89e-6));
    slalom.perform(Change::Edit(
        adam,
        Edit {
            step: 100_000,
            parameter: "weight_decay".into(),
            value: 0.012_345_678_901_234_5,
        },
    ));
    slalom.perform(DocumentAction::ToggleLink("learning_rate".into()));
    slalom.perform(DocumentAction::Solo(adam));
    slalom.rest();
    assert_eq!(edge(&slalom), before);
    assert_eq!(cut(&slalom, before), Vec::<String>::new());
}

#[test]
fn nothing_widens_the_panel_over_data() {
    let mut slalom = Slalom::three();
    slalom.perform(AppAction::Open(Opening::BuiltIn("noisy-moons")));
    let before = edge(&slalom);
    expand(&mut slalom);
    assert_eq!(edge(&slalom), before);
    assert_eq!(cut(&slalom, before), Vec::<String>::new());
}

#[test]
fn nothing_widens_the_panel_in_lessons_or_games() {
    for lesson in preset::TOUR {
        let mut slalom = Slalom::three();
        let before = edge(&slalom);
        slalom.perform(AppAction::Open(Opening::BuiltIn(lesson.name)));
        slalom.rest();
        assert_eq!(edge(&slalom), before, "{}", lesson.name);
        assert_eq!(
            cut(&slalom, before),
            Vec::<String>::new(),
            "{}",
            lesson.name
        );
    }
    for game in GameKind::ALL {
        let mut slalom = Slalom::three();
        let before = edge(&slalom);
        slalom.perform(AppAction::StartGame(game));
        slalom.rest();
        assert_eq!(edge(&slalom), before, "{game:?}");
        assert_eq!(cut(&slalom, before), Vec::<String>::new(), "{game:?}");
    }
}

#[test]
fn the_learning_rate_has_the_whole_width_of_the_card() {
    let slalom = Slalom::three();
    let card = slalom.thing("Racer Adam").rect();
    let rail = slalom.thing(RATE).rect();
    assert!(rail.width() > 0.88 * card.width(), "{rail} in {card}");
}

/// Returns the positions of a card's controls, and of what stands below the card.
fn positions(slalom: &Slalom) -> Vec<Rect> {
    let step = slalom.document().step();
    let from = format!("apply sliders from step {step}");
    let names = [
        RATE,
        "Adam: decay rate β₂",
        &from,
        "Form and constants: as published",
        "Add a racer",
    ];
    names.map(|name| slalom.thing(name).rect()).to_vec()
}

#[test]
fn nothing_in_a_card_moves_while_the_race_plays() {
    stays_while_playing(&mut Slalom::three());
    let mut linked = Slalom::three();
    linked.click(LINK);
    stays_while_playing(&mut linked);
    linked.perform(DocumentAction::FromHere(true));
    linked.rest();
    stays_while_playing(&mut linked);
}

#[track_caller]
fn stays_while_playing(slalom: &mut Slalom) {
    slalom.perform(&table::play::TO_START);
    slalom.rest();
    let at_start = positions(slalom);
    for step in [1.0, 9.0, 10.0, 99.0, 100.0, 200.0] {
        slalom.perform(DocumentAction::Seek(step));
        slalom.rest();
        assert_eq!(positions(slalom), at_start, "step {step}");
    }
}

#[test]
fn sliders_apply_to_the_whole_race_at_its_start_and_the_card_says_so() {
    let mut slalom = Slalom::three();
    let name = "apply sliders from step 0";
    assert!(slalom.thing(name).accesskit_node().is_disabled());
    slalom.hover(name);
    assert!(slalom.says("The race is at its start"));
    slalom.perform(DocumentAction::Seek(40.0));
    slalom.click("apply sliders from step 40");
    slalom.perform(&table::play::TO_START);
    // It is on, and can be switched off wherever the playhead is.
    slalom.click(name);
    assert!(!slalom.document().from_here);
    assert!(slalom.thing(name).accesskit_node().is_disabled());
}

/// While the race plays and loops, the switch must not blink.
#[test]
fn the_switch_for_later_steps_stays_enabled_while_the_race_loops() {
    let mut slalom = Slalom::three();
    slalom.perform(DocumentAction::Seek(199.0));
    slalom.perform(&table::play::PLAY_OR_PAUSE);
    for _ in 0..100 {
        slalom.step();
        let name = format!("apply sliders from step {}", slalom.document().step());
        assert!(
            !slalom.thing(&name).accesskit_node().is_disabled(),
            "{name}"
        );
        if slalom.document().step() == 0 {
            return;
        }
    }
    panic!("it has not started over");
}

/// Returns spots on the open card's bare ground: its margin, and the gaps between its controls.
fn bare_spots(slalom: &Slalom) -> Vec<Pos2> {
    let header = slalom.thing("Racer Adam").rect();
    let rail = slalom.thing(RATE).rect();
    let more = slalom.get_by_label_contains("schedule…").rect();
    let form = slalom.thing("Form and constants: as published").rect();
    let margin = (0..20_u8).map(|step| {
        let share = f32::from(step) / 20.0;
        let bottom = more.bottom() + 8.0;
        // Closer to the header, a click is meant for it.
        let y = egui::lerp(header.bottom() + 8.0..=bottom, share);
        pos2(header.left() + 4.0, y)
    });
    let gaps = [
        pos2(rail.center().x, rail.top() - 8.0),
        pos2(form.left() - 12.0, form.center().y),
        pos2(more.center().x, more.bottom() + 6.0),
    ];
    margin.chain(gaps).collect()
}

#[test]
fn a_click_beside_the_controls_of_an_open_card_does_nothing() {
    let mut slalom = Slalom::three();
    let before = slalom.experiment().clone();
    for spot in bare_spots(&slalom) {
        slalom.click_at(spot);
        slalom.run_steps(10);
        assert_eq!(slalom.selected(), Some(ADAM), "{spot}");
        assert_eq!(slalom.experiment(), &before, "{spot}");
    }
}

#[test]
fn a_card_is_moved_by_its_header_alone() {
    let mut slalom = Slalom::three();
    let above = slalom.thing("Racer Gradient descent").rect().left_top();
    for spot in bare_spots(&slalom).into_iter().step_by(7) {
        slalom.drag(spot, above);
        assert_eq!(slalom.names(), ["Gradient descent", "Momentum", "Adam"]);
    }
    let header = slalom.thing("Racer Adam").rect();
    slalom.drag(header.center(), above + vec2(60.0, 0.0));
    assert_eq!(slalom.names(), ["Adam", "Gradient descent", "Momentum"]);
}

#[test]
fn what_a_card_hides_is_named_and_counted() {
    let mut slalom = Slalom::three();
    let more = slalom.get_by_label_contains("schedule…");
    let label = more.accesskit_node().label().unwrap();
    assert_eq!(label, "10 more: AMSGrad, schedule…");
    let at = more.rect();
    assert!(at.width() > 200.0);
    more.click();
    slalom.rest();
    for name in [
        "Adam: AMSGrad",
        "Adam: weight decay λ",
        "Adam: constant ε",
        "Adam: epsilon hat ε̂",
        "Adam: bias correction",
        "Schedule",
        "Adam: noise",
        "Name of Adam",
        "Optimizer",
        "Colour of Adam",
    ] {
        assert!(slalom.has(name), "{name}");
    }
    assert_eq!(
        slalom.thing("less").rect(),
        at,
        "the button stays in its place"
    );
    slalom.click("less");
    assert!(!slalom.has("Schedule"));
}

#[test]
fn the_learning_rate_comes_first_in_every_rule() {
    let mut slalom = Slalom::three();
    for rule in all_rules() {
        let name = format!("{rule:?}");
        let Some(rate) = rule.rule().rate() else {
            continue;
        };
        let label = rule.rule().parameter(rate).unwrap().label();
        set_rule(&mut slalom, rule);
        let title = &slalom.names()[ADAM];
        let first = slalom.thing(&format!("{title}: {label}")).rect();
        let sliders = slalom.get_all_by_role(Role::Slider);
        let in_card = sliders.filter(|it| it.rect().left() == first.left());
        let highest = in_card.map(|it| it.rect().top()).min_by(f32::total_cmp);
        assert_eq!(highest, Some(first.top()), "{name}");
    }
}

#[test]
fn to_link_changes_nothing_and_is_said_in_words() {
    let mut slalom = Slalom::three();
    let before = slalom.experiment().clone();
    slalom.click(LINK);
    assert_eq!(slalom.experiment(), &before);
    assert!(!slalom.document().can_undo());
    assert!(slalom.says(LINKED));
    assert!(slalom.has(SUMMARY));
    // Every card with the parameter says so.
    slalom.click("Racer Momentum");
    assert!(slalom.says(LINKED));
    slalom.type_number("Momentum: learning rate, number", "0.02");
    for place in [DESCENT, MOMENTUM, ADAM] {
        assert_near(slalom.rate(place), 0.02);
    }
    let told = slalom.document().steps_done().last();
    assert_eq!(told, Some("learning rate of all racers 0.001 → 0.02"));
    slalom.click("Unlink learning rate");
    assert!(!slalom.says("linked"));
    slalom.type_number("Momentum: learning rate, number", "0.03");
    assert_near(slalom.rate(ADAM), 0.02);
}

#[test]
fn the_heading_says_what_is_linked_and_ends_all_links() {
    let mut slalom = Slalom::three();
    slalom.click(LINK);
    let multiplier = slalom.thing("All rates, multiplier").rect();
    let rate = slalom.thing(RATE).rect();
    slalom.click(SUMMARY);
    assert!(slalom.document().linked.is_empty());
    assert!(!slalom.says("linked"));
    assert_eq!(slalom.thing("All rates, multiplier").rect(), multiplier);
    assert_eq!(slalom.thing(RATE).rect().top(), rate.top());
    slalom.click(LINK);
    slalom.perform(DocumentAction::ToggleLink("beta_1".into()));
    slalom.rest();
    assert!(slalom.has("2 links"));
    slalom.perform(&table::edit::UNLINK);
    slalom.rest();
    assert!(!slalom.says("link"));
}

#[test]
fn what_only_one_racer_has_cannot_be_linked() {
    let slalom = Slalom::three();
    assert!(slalom.has(LINK));
    assert!(!slalom.has("Link momentum β₁ across racers"));
}

#[test]
fn a_link_does_not_hold_for_changes_during_the_race_and_the_card_says_so() {
    let mut slalom = Slalom::three();
    slalom.click(LINK);
    slalom.perform(DocumentAction::FromHere(true));
    slalom.rest();
    assert!(slalom.says("a change from a later step is this racer’s alone"));
    slalom.perform(DocumentAction::Seek(40.0));
    slalom.rest();
    slalom.type_number("Adam: learning rate, number", "0.5");
    assert_near(slalom.rate(DESCENT), 0.001);
    assert_eq!(slalom.experiment().racers[ADAM].plan.edits.len(), 1);
}

#[test]
fn the_menu_that_adds_racers_tells_how_to_paste_one() {
    let mut slalom = Slalom::three();
    slalom.click("Add a racer");
    assert!(slalom.says("paste it here"));
}

#[test]
fn a_name_of_spaces_is_none() {
    let mut slalom = Slalom::three();
    expand(&mut slalom);
    slalom.click("Name of Adam");
    slalom.type_keys("  ");
    assert_eq!(slalom.names()[ADAM], "Adam");
}

#[test]
fn a_racer_that_is_selected_elsewhere_is_brought_into_view() {
    let radford = preset::load_built_in("radford-beale").unwrap();
    let mut slalom = Slalom::sized([1024.0, 600.0], Some(radford));
    slalom.perform(&table::play::PLAY_OR_PAUSE);
    slalom.rest();
    let bottom = slalom.scene().rect.bottom();
    let last = slalom.id(7);
    assert!(slalom.thing("Racer Nadam").rect().top() > bottom);
    slalom.perform(DocumentAction::Select(Some(last)));
    slalom.run_steps(30);
    let rate = slalom.thing("Nadam: learning rate").rect();
    assert!(rate.bottom() < bottom, "{rate}");
}

#[test]
fn in_a_narrow_window_a_click_on_a_marker_selects_and_a_double_click_opens() {
    let mut slalom = Slalom::sized([600.0, 640.0], None);
    slalom.rest();
    let marker = slalom.thing("Momentum").rect();
    assert_eq!(marker.size(), vec2(44.0, 44.0), "a finger can hit it");
    slalom.click_at(marker.center());
    slalom.run_steps(20);
    assert_eq!(slalom.selected(), Some(MOMENTUM));
    assert_eq!(slalom.workspace().drawer, None);
    slalom.double_click_at(slalom.thing("Nesterov").rect().center());
    slalom.rest();
    let open = slalom.workspace().drawer;
    assert_eq!(open, Some(Drawer::half(Pane::Racers)));
    assert!(slalom.has("Nesterov: learning rate"));
}

#[test]
fn the_strip_does_not_give_a_game_away() {
    let mut slalom = Slalom::sized([600.0, 640.0], None);
    slalom.perform(AppAction::StartGame(GameKind::WhoAmI));
    slalom.rest();
    assert!(!slalom.has("Momentum"));
    slalom.click("Open the game");
    assert!(slalom.has("Leave the game"));
}
