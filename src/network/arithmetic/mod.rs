//! The arithmetic of a network, in plain loops that the compiler vectorizes.
//!
//! Nothing here calls the system's mathematical library, whose last digits differ between machines.
//! On processors with wider registers, versions compiled for them are used. As every number is the
//! result of the same operations in the same order, the digits are the same everywhere.

pub(super) mod curves;
pub(super) mod exponential;
pub(super) mod normal;
pub(super) mod product;
