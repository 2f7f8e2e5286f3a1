//! `slalom link`: a race with its data as one line.

use clap::Args;

use super::Failure;
use super::output::print;
use crate::preset::{self, Trust};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  slalom link my-race.ron
  slalom link my-race.ron | slalom run -
  slalom $(slalom link saddle)

The line contains the experiment, its view settings and its data, and opens wherever a PRESET is
taken, in any window of Slalom, or after the # of the address of a page with Slalom. It takes at most
1 MB compressed, and what is in it at most 64 MB.")]
pub(super) struct Link {
    /// The preset: a file, the name of a built-in one, a link, or - for standard input
    preset: String,
}

impl Link {
    pub(super) fn execute(&self, trust: Trust) -> Result<(), Failure> {
        let link = preset::link(&trust.load(&self.preset)?)?;
        print(&format!("{link}\n"))
    }
}
