//! What choosers list: every rule, and forms of rules that have a name of their own.

use std::sync::LazyLock;

use crate::optimizer::rules::adam::AMSGRAD;
use crate::optimizer::{Adam, AmsGrad, History, OptimizerChoice};

/// A rule as choosers list it, with its published hyper-parameters.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The name, under which others give it as a parent: that in preset files, or that of the form.
    pub name: &'static str,
    /// The display name.
    pub title: &'static str,
    /// One sentence in plain words.
    pub idea: String,
    /// Who published it, and where.
    pub source: &'static str,
    /// Where it comes from, and what it is good for.
    pub history: Option<&'static History>,
    /// The rule.
    pub optimizer: OptimizerChoice,
}

impl Listed {
    /// All rules and named forms, in menu order.
    #[must_use]
    pub fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<Listed>> = LazyLock::new(|| {
            let mut all: Vec<Listed> = OptimizerChoice::all().iter().map(Listed::of).collect();
            let adam = all.iter().position(|it| it.name == "Adam");
            all.insert(adam.map_or(0, |at| at + 1), amsgrad());
            all
        });
        &ALL
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|it| it.name == name)
    }

    /// Those that name it as a parent.
    pub fn children(&self) -> impl Iterator<Item = &'static Self> {
        let name = self.name;
        Self::all()
            .iter()
            .filter(move |it| it.parents().any(|parent| parent.name == name))
    }

    /// Its parents, as far as they are listed.
    pub fn parents(&self) -> impl Iterator<Item = &'static Self> + use<> {
        let parents = self.history.map_or(&[][..], |it| it.parents);
        parents.iter().filter_map(|it| Self::named(it.name))
    }

    /// What it was derived from, directly or not; the closest ones first.
    #[must_use]
    pub fn ancestors(&self) -> Vec<&'static Self> {
        let mut found: Vec<&'static Self> = self.parents().collect();
        let mut next = 0;
        while let Some(one) = found.get(next) {
            for parent in one.parents() {
                if found.iter().all(|it| it.name != parent.name) {
                    found.push(parent);
                }
            }
            next += 1;
        }
        found
    }

    fn of(optimizer: &OptimizerChoice) -> Self {
        let rule = optimizer.rule();
        let about = rule.about();
        Self {
            name: about.name,
            title: about.title,
            idea: about.idea.to_owned(),
            source: about.source,
            history: rule.history(),
            optimizer: optimizer.clone(),
        }
    }
}

/// Reddi et al., *On the convergence of Adam and beyond*, ICLR 2018, algorithm 2.
fn amsgrad() -> Listed {
    Listed {
        name: "AMSGrad",
        title: "AMSGrad",
        idea: "Adam whose divisor never shrinks, so that a rate that has fallen stays low."
            .to_owned(),
        source: "S. J. Reddi, S. Kale, S. Kumar, ICLR 2018",
        history: Some(&AMSGRAD),
        optimizer: OptimizerChoice::Adam(Adam {
            amsgrad: AmsGrad::MaxOfRaw,
            ..Adam::default()
        }),
    }
}
