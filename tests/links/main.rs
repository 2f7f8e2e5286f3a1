//! Links and pictures that open again: what comes back from them, and what is refused.

mod commands;
mod pictures;
mod refused;
mod round_trip;
mod support;
