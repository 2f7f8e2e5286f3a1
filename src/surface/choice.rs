//! The surface of an experiment, as a value that can be written to a file.

/// Defines the modules in `formulas/`, the enum [`SurfaceChoice`](super::SurfaceChoice) and its
/// list from one line per surface.
macro_rules! registry {
    ($($module:ident :: $name:ident),+ ; read: $($room:ident :: $model:ident $(as $alias:literal)?),+ $(,)?) => {
        mod formulas {
            // The imports that every formula uses.
            use super::{About, Equation, Formula, Minimum, Number};
            use crate::plane::Window;

            $(mod $module; pub use $module::$name;)+
        }

        $(pub use formulas::$name;)+
        $(pub use $room::$model;)+

        /// The surface of an experiment, under the name used in preset files.
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub enum SurfaceChoice {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name,)+
            $(
                #[doc = concat!("See [`", stringify!($model), "`].")]
                $(#[serde(rename = $alias)])?
                $model($model),
            )+
        }

        impl SurfaceChoice {
            /// Every built-in surface, in menu order.
            pub const BUILT_IN: &[Self] = &[$(Self::$name),+];

            /// The descriptions of the surfaces that are loaded: losses over data, which do not depend on
            /// the data, and typed ones.
            pub const LOADED: &[&About] = &[$(&<$model as data::Model>::ABOUT),+];

            /// The descriptions of all surfaces, in menu order; those that are loaded come last.
            pub fn all() -> impl Iterator<Item = &'static About> {
                let formulas = Self::BUILT_IN.iter().map(Self::about);
                formulas.chain(Self::LOADED.iter().copied())
            }

            /// The surface itself. A loss over data that have not been loaded is NaN everywhere.
            #[must_use]
            pub fn open(&self) -> std::sync::Arc<dyn Surface> {
                match self {
                    $(Self::$name => std::sync::Arc::new($name),)+
                    $(Self::$model(model) => data::open(model),)+
                }
            }

            /// Whether it says where a race begins, as a network does with its initial weights.
            #[must_use]
            pub const fn has_own_start(&self) -> bool {
                matches!(self, Self::Network(_))
            }

            /// The formula with its parameters, if it is typed.
            #[must_use]
            pub const fn typed(&self) -> Option<&Typed> {
                match self {
                    Self::Typed(typed) => Some(typed),
                    _ => None,
                }
            }

            /// Its name, formula, window, minima, source and lesson.
            #[must_use]
            pub fn about(&self) -> &'static About {
                match self {
                    $(Self::$name => &<$name as Formula>::ABOUT,)+
                    $(Self::$model(_) => &<$model as data::Model>::ABOUT,)+
                }
            }

            /// The formula with its parameters; `None` for a loss over data, and if it cannot be read.
            #[must_use]
            pub fn formula(
                &self,
            ) -> Option<(crate::expression::Expression, typed::Parameters)> {
                match self {
                    Self::Typed(typed) => {
                        Some((typed.expression().ok()?, typed.parameters.clone()))
                    }
                    _ => Some((self.about().equation.expression()?, typed::Parameters::default())),
                }
            }

            /// A copy that can be edited: its formula, seen in the same window; `None` for a loss over
            /// data.
            #[must_use]
            pub fn typed_copy(&self) -> Option<typed::Typed> {
                if let Self::Typed(typed) = self {
                    return Some(typed.clone());
                }
                let about = self.about();
                match about.equation {
                    Equation::Formula(text) => {
                        let mut copy = typed::Typed::new(text.replace("; ", "\n"));
                        copy.window = Some(about.window);
                        Some(copy)
                    }
                    Equation::Words(_) => None,
                }
            }

            /// Loads the data, if it is a loss over data. A file is named relative to `folder`, and
            /// by its full path from then on.
            ///
            /// # Errors
            /// Returns an error if the data do not exist or are invalid.
            pub fn load(&mut self, folder: Option<&std::path::Path>) -> Result<(), DataError> {
                match self {
                    $(Self::$name => Ok(()),)+
                    $(Self::$model(model) => data::load(model, folder),)+
                }
            }

            /// The same surface with other files in place of its own, each of which is handed to
            /// `change` with the field that names it. Built-in data are no files.
            ///
            /// # Errors
            /// The first error of `change`.
            pub fn with_files<E>(
                &self,
                change: impl FnMut(
                    &'static str,
                    &crate::file::DataFile,
                ) -> Result<crate::file::DataFile, E>,
            ) -> Result<Self, E> {
                Ok(match self {
                    $(Self::$name => Self::$name,)+
                    $(Self::$model(model) => Self::$model(data::with_files(model, change)?),)+
                })
            }

            /// The same surface with the path of its data, if there is one, relative to `folder`.
            #[must_use]
            pub fn relative_to(&self, folder: &std::path::Path) -> Self {
                match self {
                    $(Self::$name => Self::$name,)+
                    $(Self::$model(model) => Self::$model(data::relative_to(model, folder)),)+
                }
            }
        }
    };
}

pub(super) use registry;
