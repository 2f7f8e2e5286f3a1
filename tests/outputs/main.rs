//! The files that the program writes, whatever happens meanwhile: a file is as it was before or
//! complete, one sentence says why, and nothing else is left in the folder.
#![cfg(unix)]

mod hindered;
mod interrupted;
mod killed;
mod long_names;
mod places;
mod printed;
mod stage;
mod video;
