//! The optimizer of a racer, as a value that can be written to a file.

/// Defines the modules, the enum [`OptimizerChoice`](super::OptimizerChoice) and its list from one
/// line per rule.
///
/// The word after a rule's name says how a [`Visitor`](super::Visitor) visits it: as a `coordinate`
/// rule, as a `whole` one, or as `either`, in which case the rule decides in a method `visit`.
macro_rules! registry {
    (
        rules: $($module:ident :: $name:ident as $kind:ident),+;
        beside: $($beside_module:ident :: $beside:ident),+;
        typed: $typed_module:ident :: $typed:ident as $typed_name:ident;
        wrappers: $($wrapper_module:ident :: $wrapper:ident),+ $(,)?
    ) => {
        /// The update rules, one file each.
        mod rules {
            use super::describe::{
                About, ByHand, Choose, Claim, Defaults, Described, Family, Field, History, Kin, Note, NoteRole,
                NoteShape, Outcome, Parent, Recurrence, Trial, Role, Valid, Velocity, fields, forms, notes,
            };
            use super::rule::{CoordinateRule, Optimizer, Oracle, Power, Probe, Undefined, Visitor};
            use crate::objective::{Block, Queries};
            use crate::real::Real;

            mod distance;
            mod free_schedule;
            mod line_search;
            mod secant;
            $(pub mod $module;)+
        }

        /// Rules that hold another rule, one file each: wrappers, and rules for the matrices with a
        /// rule for everything else beside them.
        mod wrappers {
            use super::describe::{
                About, ByHand, Claim, Defaults, Described, Family, Field, History, Kin, Note, NoteRole, NoteShape, Outcome, Parent, Role, Rule, Trial,
                Valid, fields, forms, notes,
            };
            use super::rule::{NoteId, Optimizer, Oracle, Probe, Run, step_wrapped};
            use crate::objective::{Block, Queries};
            use crate::real::Real;

            mod inner;
            mod seen;
            $(pub mod $beside_module;)+
            $(pub mod $wrapper_module;)+

            pub use inner::Inner;
        }

        mod $typed_module;

        $(pub use rules::$module::$name;)+
        pub use $typed_module::$typed;
        $(pub use wrappers::$beside_module::$beside;)+
        $(pub use wrappers::$wrapper_module::$wrapper;)+

        /// The optimizer of a racer with its hyper-parameters, under the names used in preset
        /// files.
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub enum OptimizerChoice {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)+
            $(
                #[doc = concat!("See [`", stringify!($beside), "`].")]
                $beside($beside<Box<OptimizerChoice>>),
            )+
            $(
                #[doc = concat!("See [`", stringify!($wrapper), "`].")]
                $wrapper($wrapper<Box<OptimizerChoice>>),
            )+
            #[doc = concat!("See [`", stringify!($typed), "`].")]
            $typed_name($typed),
        }

        impl OptimizerChoice {
            /// Every rule with its published hyper-parameters, in menu order; wrappers hold Adam. Rules
            /// that are typed are not among them.
            #[must_use]
            pub fn all() -> &'static [Self] {
                static ALL: std::sync::LazyLock<Vec<OptimizerChoice>> =
                    std::sync::LazyLock::new(|| vec![
                        $(OptimizerChoice::$name($name::default()),)+
                        $(OptimizerChoice::$beside($beside::default()),)+
                        $(OptimizerChoice::$wrapper($wrapper::default()),)+
                    ]);
                &ALL
            }

            /// The selected rule.
            #[must_use]
            pub fn rule(&self) -> &(dyn Rule + 'static) {
                match self {
                    $(Self::$name(rule) => rule,)+
                    $(Self::$beside(rule) => rule,)+
                    Self::$typed_name(rule) => rule,
                    $(Self::$wrapper(rule) => rule,)+
                }
            }

            /// The selected rule, for changing its hyper-parameters.
            pub fn rule_mut(&mut self) -> &mut (dyn Rule + 'static) {
                match self {
                    $(Self::$name(rule) => rule,)+
                    $(Self::$beside(rule) => rule,)+
                    Self::$typed_name(rule) => rule,
                    $(Self::$wrapper(rule) => rule,)+
                }
            }

            /// Lets the visitor visit the rule as its concrete type.
            pub fn visit<V: Visitor>(&self, visitor: V) -> V::Out {
                match self {
                    $(Self::$name(rule) => registry::registry!(@visit $kind rule visitor),)+
                    $(Self::$beside(rule) => visitor.whole(rule),)+
                    Self::$typed_name(rule) => visitor.whole(rule),
                    $(Self::$wrapper(rule) => visitor.whole(rule),)+
                }
            }

            /// The inner rule of a wrapper; `None` if it is not a wrapper.
            #[must_use]
            pub fn inner(&self) -> Option<&Self> {
                match self {
                    $(Self::$name(_) => None,)+
                    $(Self::$beside(_) => None,)+
                    Self::$typed_name(_) => None,
                    $(Self::$wrapper(rule) => Some(&rule.inner),)+
                }
            }

            /// Mutable access to the inner rule of a wrapper.
            pub fn inner_mut(&mut self) -> Option<&mut Self> {
                match self {
                    $(Self::$name(_) => None,)+
                    $(Self::$beside(_) => None,)+
                    Self::$typed_name(_) => None,
                    $(Self::$wrapper(rule) => Some(&mut rule.inner),)+
                }
            }

            /// The rule for the vectors beside a rule for the matrices, if it names one.
            #[must_use]
            pub fn vectors(&self) -> Option<&Self> {
                match self {
                    $(Self::$beside(rule) => rule.vectors.as_deref(),)+
                    _ => None,
                }
            }

            /// Where a rule for the matrices names the rule for the vectors.
            fn vectors_mut(&mut self) -> Option<&mut Option<Box<Self>>> {
                match self {
                    $(Self::$beside(rule) => Some(&mut rule.vectors),)+
                    _ => None,
                }
            }

            /// The same rule with a library's defaults, if the library has it.
            fn own_defaults(&self, library: Origin) -> Option<Self> {
                match self {
                    $(Self::$name(_) => $name::defaults().of(library).map(Self::$name),)+
                    $(Self::$beside(_) => $beside::defaults().of(library).map(Self::$beside),)+
                    Self::$typed_name(_) => (library == Origin::Paper).then(|| self.clone()),
                    $(Self::$wrapper(_) => $wrapper::defaults().of(library).map(Self::$wrapper),)+
                }
            }
        }

        $(impl Default for $name {
            fn default() -> Self {
                <Self as Described>::defaults().paper
            }
        })+
        $(impl Default for $beside<Box<OptimizerChoice>> {
            fn default() -> Self {
                <Self as Described>::defaults().paper
            }
        })+
        $(impl Default for $wrapper<Box<OptimizerChoice>> {
            fn default() -> Self {
                <Self as Described>::defaults().paper
            }
        })+
    };
    (@visit coordinate $rule:ident $visitor:ident) => { $visitor.coordinate($rule) };
    (@visit whole $rule:ident $visitor:ident) => { $visitor.whole($rule) };
    (@visit either $rule:ident $visitor:ident) => { $rule.visit($visitor) };
}

pub(super) use registry;
