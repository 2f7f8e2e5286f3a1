//! Which optimizer a racer uses, as a value that can be written to a file.

/// Makes the modules, the enum [`OptimizerChoice`](super::OptimizerChoice) and its list from one
/// line per rule.
macro_rules! registry {
    ($($module:ident :: $name:ident),+ $(,)?) => {
        $(mod $module; pub use $module::$name;)+

        /// The optimizer of a racer with its hyper-parameters, by the names that preset files use.
        #[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub enum OptimizerChoice {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)+
        }

        impl OptimizerChoice {
            /// Every rule with its published hyper-parameters, in the order of the menus.
            pub const ALL: &[Self] =
                &[$(Self::$name(<$name as Described>::DEFAULTS.paper)),+];

            /// The rule inside.
            #[must_use]
            pub fn rule(&self) -> &(dyn Rule + 'static) {
                match self { $(Self::$name(rule) => rule,)+ }
            }

            /// The rule inside, to change its hyper-parameters.
            pub fn rule_mut(&mut self) -> &mut (dyn Rule + 'static) {
                match self { $(Self::$name(rule) => rule,)+ }
            }

            /// The same rule with the defaults of a library, if the library has it.
            #[must_use]
            pub fn defaults(&self, library: Library) -> Option<Self> {
                match self {
                    $(Self::$name(_) => {
                        <$name as Described>::DEFAULTS.of(library).map(Self::$name)
                    })+
                }
            }

            /// The place of the rule in [`Self::ALL`].
            #[must_use]
            pub fn place(&self) -> usize {
                let kind = std::mem::discriminant(self);
                Self::ALL
                    .iter()
                    .position(|other| std::mem::discriminant(other) == kind)
                    .unwrap_or_default()
            }
        }

        $(impl Default for $name {
            fn default() -> Self {
                <Self as Described>::DEFAULTS.paper
            }
        })+
    };
}

pub(super) use registry;
