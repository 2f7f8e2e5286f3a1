//! Adam and its relatives.

use super::walk::*;

/// √3.75: if the first gradient is 4 and β₂ = 0.75, this second one gives v̂ = 9.
const SECOND: f64 = 1.936_491_673_103_708_5;

/// m̂ = 2/0.5 and v̂ = 4/0.25, then m̂ = (1 + g/2)/0.75 and v̂ = (3 + g²/4)/0.4375 = 9.
#[test]
fn adam_corrects_both_moments_and_decays_first() {
    let values = "learning_rate: 5, beta_1: 0.5, beta_2: 0.75, epsilon: 1, weight_decay: 0.1";
    for name in ["Adam", "AdamW"] {
        let rule = format!("{name}({values})");
        let mut walk = Walk::from(&[2.0], &rule);
        walk.expect(
            4.0,
            -3.0,
            &[
                ("m", 2.0),
                ("v", 4.0),
                ("m_hat", 4.0),
                ("v_hat", 16.0),
                ("rate", 1.0),
                ("from_memory", 0.0),
                ("from_gradient", -4.0),
                ("from_decay", -1.0),
            ],
        );
        let m = 1.0 + SECOND / 2.0;
        walk.expect(
            SECOND,
            -1.5 - 1.25 * m / 0.75,
            &[
                ("m", m),
                ("v", 3.9375),
                ("m_hat", m / 0.75),
                ("v_hat", 9.0),
                ("rate", 1.25),
                ("from_memory", -1.25 / 0.75),
                ("from_gradient", -1.25 * SECOND / 1.5),
                ("from_decay", 1.5),
            ],
        );
        assert!(close(gain(&rule, 1), 1.0 / 3.0));
    }
}

/// 5 √c₂/c₁ · m/(√v + 3) = 5 · 2/(2 + 3), then without any correction.
#[test]
fn adams_epsilon_can_stand_before_the_correction_and_the_correction_can_go() {
    let values = "learning_rate: 5, beta_1: 0.5, beta_2: 0.75, epsilon: 3";
    let mut walk = Walk::from(&[0.0], &format!("Adam({values}, epsilon_hat: true)"));
    walk.expect(
        4.0,
        -2.0,
        &[("m", 2.0), ("v", 4.0), ("v_hat", 16.0), ("rate", 0.5)],
    );
    walk.assert_not_told(&["m_hat", "v_max"]);
    // 5 √0.4375/0.75 · 1/(√3 + 3)
    let step = 5.0 * 0.4375_f64.sqrt() / 0.75 / (3.0_f64.sqrt() + 3.0);
    walk.expect(
        0.0,
        -2.0 - step,
        &[("rate", 0.75 * step), ("from_memory", -step)],
    );
    for hat in [true, false] {
        let rule = format!("Adam({values}, epsilon_hat: {hat}, bias_correction: false)");
        let mut walk = Walk::from(&[0.0], &rule);
        walk.expect(4.0, -2.0, &[("m", 2.0), ("v", 4.0), ("rate", 1.0)]);
        walk.assert_not_told(&["m_hat", "v_hat", "v_max"]);
    }
}

/// v falls from 4 to 3, v/c₂ from 16 to 3/0.4375.
#[test]
fn amsgrad_keeps_the_largest_second_moment() {
    let rule = |amsgrad: &str| {
        format!("Adam(learning_rate: 5, beta_1: 0.5, beta_2: 0.75, epsilon: 1, amsgrad: {amsgrad})")
    };
    let mut walk = Walk::from(&[0.0], &rule("MaxOfRaw"));
    walk.expect(4.0, -4.0, &[("v", 4.0), ("v_max", 4.0), ("v_hat", 16.0)]);
    let corrected = 4.0_f64 / 0.4375;
    let rate = 5.0 / (corrected.sqrt() + 1.0);
    let notes = [
        ("v", 3.0),
        ("v_max", 4.0),
        ("v_hat", corrected),
        ("rate", rate),
    ];
    walk.expect(0.0, -4.0 - rate * 4.0 / 3.0, &notes);

    let mut walk = Walk::from(&[0.0], &rule("MaxOfCorrected"));
    walk.expect(4.0, -4.0, &[("v", 4.0), ("v_hat", 16.0)]);
    let notes = [("v", 3.0), ("v_hat", 16.0), ("rate", 1.0)];
    walk.expect(0.0, -4.0 - 4.0 / 3.0, &notes);
    walk.assert_not_told(&["v_max"]);

    // Without correction, only the raw maximum exists: 5 m/(√4 + 1) with m = 2, then 1.
    for amsgrad in [
        "MaxOfRaw, bias_correction: false",
        "MaxOfCorrected, bias_correction: false",
    ] {
        let mut walk = Walk::from(&[0.0], &rule(amsgrad));
        walk.expect(4.0, -10.0 / 3.0, &[("v", 4.0), ("v_max", 4.0)]);
        walk.expect(0.0, -5.0, &[("v", 3.0), ("v_max", 4.0)]);
    }
    // 5 √0.4375/0.75 · 1/(√4 + 1)
    let mut walk = Walk::from(&[0.0], &rule("MaxOfRaw, epsilon_hat: true"));
    walk.expect(4.0, -10.0 / 3.0, &[("v", 4.0), ("v_max", 4.0)]);
    let step = 5.0 * 0.4375_f64.sqrt() / 0.75 / 3.0;
    walk.expect(0.0, -10.0 / 3.0 - step, &[("v", 3.0), ("v_max", 4.0)]);
}

/// Checks two steps of Nadam with rates 1 and 5/(3 + 1). Each is given by the weights of moment and
/// gradient and the moment's remaining bias. It starts at 2 and decays by half its position.
#[track_caller]
fn assert_nadam(schedule: &str, steps: [[f64; 3]; 2]) {
    let rule = format!(
        "Nadam(learning_rate: 5, beta_1: 0.5, beta_2: 0.75, epsilon: 1, weight_decay: 0.1, \
         {schedule})"
    );
    let mut walk = Walk::from(&[2.0], &rule);
    let [[moment, gradient, bias], second] = steps;
    let first = 2.0 * moment + 4.0 * gradient;
    walk.expect(
        4.0,
        1.0 - first,
        &[
            ("m", 2.0),
            ("v", 4.0),
            ("m_hat", 2.0 / (1.0 - bias)),
            ("v_hat", 16.0),
            ("rate", 1.0),
            ("from_memory", 0.0),
            ("from_gradient", -first),
            ("from_decay", -1.0),
        ],
    );
    let [moment, gradient, bias] = second;
    let m = 1.0 + SECOND / 2.0;
    let added = SECOND / 2.0 * moment + SECOND * gradient;
    let decayed = (1.0 - first) / 2.0;
    walk.expect(
        SECOND,
        decayed - 1.25 * (moment + added),
        &[
            ("m", m),
            ("v", 3.9375),
            ("m_hat", m / (1.0 - bias)),
            ("v_hat", 9.0),
            ("rate", 1.25),
            ("from_memory", -1.25 * moment),
            ("from_gradient", -1.25 * added),
            ("from_decay", -decayed),
        ],
    );
}

/// The ψ of Dozat's schedule for which 0.96^(tψ) is 2⁻ᵗ, so that μ is 3/8, 7/16, 15/32 for β₁ = ½.
fn halving() -> f64 {
    0.5_f64.ln() / 0.96_f64.ln()
}

#[test]
fn nadam_weighs_moment_and_gradient_by_its_schedule() {
    let constant = [[0.5 / 0.75, 1.0, 0.25], [0.5 / 0.875, 0.5 / 0.75, 0.125]];
    assert_nadam("momentum_schedule: Constant", constant);
    let simplified = [[1.0, 1.0, 0.5], [0.5 / 0.75, 0.5 / 0.75, 0.25]];
    assert_nadam("momentum_schedule: Simplified", simplified);
    let [one, two, three] = [0.375, 0.4375, 0.46875];
    let [second, third] = [one * two, one * two * three];
    let dozat = [
        [two / (1.0 - second), 1.0, second],
        [three / (1.0 - third), (1.0 - two) / (1.0 - second), third],
    ];
    assert_nadam(&format!("momentum_decay: {:?}", halving()), dozat);
}

/// From the second step on, β₁ is ¼ in the average, in μ and in β₁ᵗ.
#[test]
fn an_edit_of_nadams_momentum_holds_from_its_step_on() {
    let rule = "Nadam(learning_rate: 5, beta_1: 0.5, beta_2: 0.75, epsilon: 1, \
                momentum_schedule: Constant)";
    let mut walk = Walk::from(&[0.0], rule);
    let first = -16.0 / 3.0;
    walk.expect(4.0, first, &[("m", 2.0)]);
    walk.set("beta_1", 0.25);
    let m = 0.5 + 0.75 * SECOND;
    let moment = 0.25 / (1.0 - 1.0 / 64.0);
    let gradient = 0.75 / (1.0 - 1.0 / 16.0);
    let step = 1.25 * (moment * m + gradient * SECOND);
    walk.expect(SECOND, first - step, &[("m", m), ("rate", 1.25)]);
}

/// μ (1 − β₁)/(1 + β₁) + 1 − μ, where (1 − β₁)/(1 + β₁) is ⅓.
#[test]
fn nadams_gain_follows_its_momentum() {
    let gain = |schedule: &str, t| gain(&format!("Nadam(beta_1: 0.5, {schedule})"), t);
    for form in ["Constant", "Simplified"] {
        assert!(close(
            gain(&format!("momentum_schedule: {form}"), 3),
            2.0 / 3.0
        ));
    }
    let dozat = format!("momentum_decay: {:?}", halving());
    for (t, momentum) in [(1, 0.375), (2, 0.4375), (3, 0.46875)] {
        assert!(close(gain(&dozat, t), 1.0 - momentum * 2.0 / 3.0));
    }
}
