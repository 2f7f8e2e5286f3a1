//! What leaves the program: trajectories, pictures and clips.
//!
//! ```
//! use slalom::export::trajectories;
//! use slalom::preset;
//!
//! let mut csv = Vec::new();
//! let race = preset::load_built_in("saddle").unwrap().experiment;
//! trajectories::write_csv(&mut csv, &race)?;
//! assert!(csv.starts_with(b"racer,optimizer,step,x,y,loss,decided_by_rounding\n"));
//! # Ok::<(), std::io::Error>(())
//! ```

pub mod apng;
mod area;
pub mod code;
mod error;
pub mod film;
mod format;
pub mod gif;
mod limits;
pub mod palette;
mod paper;
#[cfg(not(target_arch = "wasm32"))]
mod pdf;
mod pixels;
pub mod png;
pub mod raster;
mod studio;
pub mod svg;
mod timing;
pub mod trajectories;
mod video;
mod weights;

pub use error::{EncodeError, ExportError};
pub use format::Format;
pub use paper::Paper;
pub use studio::{FigureOptions, Studio, Theme, View};
pub use video::end_encoders;
pub use weights::WeightsFormat;
