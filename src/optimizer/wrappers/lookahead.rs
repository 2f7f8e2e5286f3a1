//! Lookahead: slow weights follow a fast rule, which periodically returns to them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    About, Block, Claim, Defaults, Described, Family, Field, History, Inner, Kin, Note, NoteId,
    NoteRole, NoteShape, Optimizer, Oracle, Outcome, Parent, Probe, Queries, Real, Role, Rule, Run,
    Trial, Valid, step_wrapped,
};

/// The inner rule makes every step; after each k-th of them φ ← φ + α(θ − φ); θ ← φ.
///
/// Zhang, Lucas, Hinton & Ba, *Lookahead optimizer: k steps forward, 1 step back*, 2019, algorithm
/// 1, as in Optax: the inner rule keeps its state when it returns to the slow weights φ, and the
/// fast weights θ are the position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookahead<I> {
    /// k
    #[serde(default = "published_period")]
    pub sync_period: f64,
    /// α
    #[serde(default = "published_step")]
    pub slow_step_size: f64,
    /// The fast rule.
    pub inner: I,
}

const fn published_period() -> f64 {
    5.0
}

const fn published_step() -> f64 {
    0.5
}

const NOTES: &[Note] = &[
    Note::written(
        "slow",
        [r"\phi", "φ"],
        "slow weights",
        NoteRole::Other(Family::Memory),
        NoteShape::Coordinate,
    ),
    Note::written(
        "from_slow",
        [r"\Delta_{\phi}", "from φ"],
        "step back to the slow weights",
        NoteRole::Part(Family::Step),
        NoteShape::Coordinate,
    ),
];
const SLOW: NoteId = 0;
const FROM_SLOW: NoteId = 1;
/// The number of the wrapper's own notes.
const OWN_NOTES: NoteId = 2;

impl<I: Inner> Described for Lookahead<I> {
    const ABOUT: About = About {
        name: "Lookahead",
        title: "Lookahead",
        source: "M. R. Zhang, J. Lucas, G. Hinton, J. Ba, NeurIPS 2019",
        idea: "A fast rule runs ahead for k steps; then slow weights move part of the way towards \
               it and pull it back.",
        hue: 5,
    };

    const HISTORY: Option<History> = Some(History {
        year: 2019,
        kin: Kin::Wrappers,
        parents: &[Parent::of("Adam", "slow weights")],
        good_for: Claim::trial(
            "A fast rule that jitters: the slow weights follow its middle.",
            Trial::on("LongValley", [-4.0, 1.0], 600).with(&[("inner.learning_rate", 0.1)]),
        ),
        fails_when: Claim::trial(
            "A far minimum: half of every five steps is taken back.",
            Trial::on("LongValley", [-4.0, 1.0], 100)
                .with(&[("inner.learning_rate", 0.05)])
                .ends(Outcome::Misses),
        ),
    });

    const FIELDS: &'static [Field<Self>] = &[
        Field::<Self>::number(
            "sync_period",
            "k",
            Role::Other,
            Valid::Count,
            [1.0, 50.0],
            "After how many steps the slow weights follow and the fast ones return to them.",
            |rule| &mut rule.sync_period,
        )
        .called("period k"),
        Field::<Self>::number(
            "slow_step_size",
            "α",
            Role::Other,
            Valid::Share,
            [0.0, 1.0],
            "How much of the way to the fast weights the slow ones move: 1 is the inner rule alone.",
            |rule| &mut rule.slow_step_size,
        )
        .called("slow step α"),
    ];

    fn defaults() -> Defaults<Self> {
        let published = Self {
            sync_period: published_period(),
            slow_step_size: published_step(),
            inner: I::standard(),
        };
        Defaults {
            optax: Some(published.clone()),
            ..Defaults::only_published(published)
        }
    }

    fn notes(&self) -> &'static [Note] {
        NOTES
    }

    fn idea(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self.slow_step_size {
            1.0 => {
                "The slow weights move all the way to the fast ones: this is the inner rule alone."
            }
            0.0 => {
                "The slow weights do not move: every k steps, they pull the fast rule back to the \
                 start."
            }
            _ => Self::ABOUT.idea,
        })
    }

    fn remark(&self) -> Option<&'static str> {
        Some(if self.inner.rule().heeds_rate() {
            "The path shown is that of the fast weights; a schedule drives the wrapped rule."
        } else {
            "The path shown is that of the fast weights."
        })
    }

    fn equations(&self) -> Vec<&'static str> {
        vec![
            "theta <- step(theta); slow_0 = theta",
            "slow <- if(mod(t, sync_period) == 0, slow + slow_step_size*(theta - slow), slow)",
            "theta <- if(mod(t, sync_period) == 0, slow, theta)",
        ]
    }

    fn inner(&self) -> Option<&dyn Rule> {
        Some(self.inner.rule())
    }

    fn inner_mut(&mut self) -> Option<&mut dyn Rule> {
        Some(self.inner.rule_mut())
    }
}

/// φ, and the run of the fast rule.
#[derive(Clone)]
pub struct State<N: Real> {
    slow: Vec<N>,
    inner: Box<dyn Run<N>>,
}

impl<I: Inner> Optimizer for Lookahead<I> {
    type State<N: Real> = State<N>;

    fn needs(&self) -> Queries {
        self.inner.needs()
    }

    fn begin<N: Real>(&self, at: &[N], blocks: &[Block]) -> State<N> {
        State {
            slow: at.to_vec(),
            inner: self.inner.begin(at, blocks),
        }
    }

    fn step<N: Real, P: Probe>(
        &self,
        at: &mut [N],
        State { slow, inner }: &mut State<N>,
        t: u64,
        oracle: &mut dyn Oracle<N>,
        probe: &mut P,
    ) {
        step_wrapped(&mut **inner, at, t, oracle, probe, OWN_NOTES);
        let is_time = t.is_multiple_of(self.period());
        for (index, (fast, slow)) in at.iter_mut().zip(slow).enumerate() {
            let arrived = *fast;
            if is_time {
                *slow += (arrived - *slow) * self.slow_step_size;
                *fast = *slow;
            }
            probe.coordinate(index);
            probe.note(SLOW, *slow);
            probe.note(FROM_SLOW, *fast - arrived);
        }
    }

    fn inner<N: Real>(state: &mut State<N>) -> Option<&mut dyn Run<N>> {
        Some(&mut *state.inner)
    }
}

impl<I> Lookahead<I> {
    /// k as a number of steps.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number, 1 or more; an edit can set no other"
    )]
    fn period(&self) -> u64 {
        (self.sync_period as u64).max(1)
    }
}
