//! Update rules, each written once as a recurrence.
//!
//! Notation: θ position, g gradient, η learning rate, t = 1, 2, … the current step. Where papers
//! and libraries differ, the difference is a named hyper-parameter; no code checks for a library by
//! name.
//!
//! To add a rule, write one file next to `rules/gradient_descent.rs` and add one line to the
//! `registry!` below.
//!
//! ```
//! use slalom::optimizer::{Origin, OptimizerChoice};
//!
//! for choice in OptimizerChoice::all() {
//!     let rule = choice.rule();
//!     let in_keras = choice.defaults(Origin::Keras).is_some();
//!     println!("{}: {} (Keras: {in_keras})", rule.about().name, rule.equation());
//! }
//! ```

mod choice;
pub mod describe;
mod registry;
pub mod rule;

pub use choice::Listed;
pub use describe::{
    About, ByHand, Choose, Claim, Defaults, Described, Family, Field, History, INNER_STEP, Kin,
    Line, Note, NoteRole, NoteShape, Notebook, Origin, Outcome, Parameter, ParameterKind, Parent,
    Recurrence, Role, Rule, Shown, Term, Told, Trial, Valid, Value, Velocity, equation, fields,
    notes, spelled,
};
pub use rule::{
    Adjustable, CoordinateRule, NoteId, Optimizer, Oracle, Power, Probe, Run, Running, Silent,
    Undefined, Visitor,
};

registry::registry! {
    rules:
        gradient_descent::GradientDescent as coordinate,
        momentum::Momentum as coordinate,
        nesterov::Nesterov as coordinate,
        adagrad::Adagrad as either,
        adadelta::Adadelta as coordinate,
        rmsprop::RMSProp as coordinate,
        adam::Adam as coordinate,
        adamw::AdamW as coordinate,
        nadam::Nadam as coordinate,
        adamax::Adamax as coordinate,
        radam::RAdam as coordinate,
        adabelief::AdaBelief as coordinate,
        yogi::Yogi as coordinate,
        adan::Adan as coordinate,
        novo_grad::NovoGrad as whole,
        qh_momentum::QhMomentum as coordinate,
        qh_adam::QhAdam as coordinate,
        lion::Lion as coordinate,
        sign_sgd::SignSgd as coordinate,
        rprop::Rprop as coordinate,
        optimistic_gradient::OptimisticGradient as coordinate,
        ftrl::Ftrl as coordinate,
        asgd::Asgd as coordinate,
        do_g::DoG as whole,
        l_do_g::LDoG as whole,
        prodigy::Prodigy as whole,
        d_adapt_adam::DAdaptAdam as whole,
        polyak_sgd::PolyakSgd as whole,
        newton::Newton as whole,
        sophia_h::SophiaH as whole,
        gradient_descent_armijo::GradientDescentArmijo as whole,
        conjugate_gradient::ConjugateGradient as whole,
        bfgs::Bfgs as whole,
        l_bfgs::LBfgs as whole,
        nelder_mead::NelderMead as whole,
        shampoo::Shampoo as whole,
        schedule_free_sgd::ScheduleFreeSgd as coordinate,
        schedule_free_adamw::ScheduleFreeAdamW as coordinate;
    beside:
        muon::Muon;
    typed:
        own::OwnRule as Rule;
    wrappers:
        lookahead::Lookahead,
        sam::Sam,
        clip_by_value::ClipByValue,
        clip_by_global_norm::ClipByGlobalNorm,
        coupled_decay::CoupledDecay
}

pub use own::{NO_COPY, OwnRuleFault};
pub use rules::adagrad::AdagradMatrix;
pub use rules::adam::AmsGrad;
pub use rules::adamax::EpsilonPlace;
pub use rules::adan::{AdanDecay, AdanDifferenceWeight, AdanFirstStep};
pub use rules::conjugate_gradient::ConjugateBeta;
pub use rules::nadam::MomentumSchedule;
pub use rules::nesterov::NesterovForm;
pub use rules::newton::NewtonCurvature;
pub use rules::polyak_sgd::PolyakVariant;
pub use rules::sophia_h::SophiaHessian;
pub use wrappers::Inner;
pub use wrappers::muon::{MuonEpsilon, MuonScale};
