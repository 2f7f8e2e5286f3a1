//! A preset from a stranger: what it can read, what is written when it is saved, and how much work
//! and memory it can ask for.

mod bounds;
#[cfg(unix)]
mod command_line;
#[cfg(unix)]
mod reading;
mod saving;
mod support;
