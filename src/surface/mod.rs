//! Loss surfaces over two parameters.
//!
//! A surface is **one formula** ([`Formula`]), generic over dual numbers. Its value, gradient and
//! Hessian all follow from that formula by automatic differentiation, so a derivative can never
//! disagree with its function. The object-safe [`Surface`] is implemented for every [`Formula`].
//!
//! The formulas are in `formulas/`, one file each. In addition, there are losses of small models
//! over [`data`], and `transform/` rotates and stretches surfaces.
//!
//! ```
//! use slalom::surface::SurfaceChoice;
//!
//! let beale = SurfaceChoice::Beale.open();
//! let (loss, gradient) = beale.gradient([3.0, 0.5]);
//! assert_eq!((loss, gradient), (0.0, [0.0, 0.0]));
//! assert!(beale.hessian([3.0, 0.5])[0][0] > 0.0);
//! ```
//!
//! To add a surface, write one file in `formulas/` and add one line to the `registry!` below.

mod about;
mod choice;
pub mod data;
mod dataset;
mod formula;
pub mod grid;
mod grid_error;
mod learner;
mod measured;
pub mod minima;
pub mod network;
mod network_data;
mod objective;
mod precise;
mod source;
pub mod stationary;
mod transform;
pub mod typed;
mod typed_error;

pub use about::{About, Equation, Minimum};
pub use data::DataError;
pub use dataset::{ConstantColumn, Dataset, Line};
pub use formula::{Formula, Number, Surface, TwoParameters};
pub use learner::Learner;
pub use measured::Measured;
pub use network_data::NetworkData;
pub use precise::Precise;
pub use transform::{Rotated, Shape, Stretched};

choice::registry! {
    beale::Beale,
    rosenbrock::Rosenbrock,
    saddle::Saddle,
    long_valley::LongValley,
    himmelblau::Himmelblau,
    rastrigin::Rastrigin,
    ackley::Ackley,
    booth::Booth,
    matyas::Matyas,
    three_hump_camel::ThreeHumpCamel,
    six_hump_camel::SixHumpCamel,
    styblinski_tang::StyblinskiTang,
    goldstein_price::GoldsteinPrice,
    mccormick::McCormick,
    levi_n13::LeviN13,
    easom::Easom,
    griewank::Griewank,
    monkey_saddle::MonkeySaddle,
    bohachevsky::Bohachevsky,
    branin::Branin;
    read: data::LinearRegression, data::LogisticRegression, network::Network, grid::Grid, typed::Typed as "Formula"
}
