

pub mod app;
pub mod cli;
pub mod experiment;
pub mod export;
pub mod optimizer;
pub mod preset;
pub mod sampling;
pub mod surface;
pub mod view;
