//! Which surface an experiment uses, as a value that can be written to a file.

/// Makes the modules, the enum [`SurfaceChoice`](super::SurfaceChoice) and its list from one line
/// per surface.
macro_rules! registry {
    ($($module:ident :: $name:ident),+ $(,)?) => {
        $(mod $module; pub use $module::$name;)+

        /// The surface of an experiment, by the name that preset files use.
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub enum SurfaceChoice {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name,)+
        }

        impl SurfaceChoice {
            /// Every built-in surface, in the order of the menus.
            pub const BUILT_IN: &[Self] = &[$(Self::$name),+];

            /// The surface itself.
            #[must_use]
            pub fn open(&self) -> std::sync::Arc<dyn Surface> {
                match self { $(Self::$name => std::sync::Arc::new($name),)+ }
            }

            /// Name, formula, window, minima, source and lesson.
            #[must_use]
            pub fn about(&self) -> &'static About {
                match self { $(Self::$name => &<$name as Formula>::ABOUT,)+ }
            }
        }
    };
}

pub(super) use registry;
