//! `slalom man` and `slalom completions`: what a package of Slalom installs beside the program.

use std::io;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use clap_mangen::Man;

use super::output::print;
use super::{Arguments, Failure};

#[derive(Debug, Args)]
#[command(after_help = "Example:
  slalom man > /usr/local/share/man/man1/slalom.1")]
pub(super) struct Manual;

impl Manual {
    pub(super) fn execute() -> Result<(), Failure> {
        let mut page = Vec::new();
        manual(&mut page).map_err(Failure::Output)?;
        print(&String::from_utf8_lossy(&page))
    }
}

/// Writes one page: the program, and then each command with its options.
fn manual(to: &mut Vec<u8>) -> io::Result<()> {
    let mut program = Arguments::command();
    program.build();
    Man::new(program.clone()).render(to)?;
    for command in program
        .get_subcommands()
        .filter(|it| it.get_name() != "help")
    {
        let name = command.get_name();
        to.extend_from_slice(format!(".SH slalom {name}\n").as_bytes());
        let page = Man::new(command.clone());
        page.render_synopsis_section(to)?;
        page.render_description_section(to)?;
        page.render_options_section(to)?;
    }
    Ok(())
}

#[derive(Debug, Args)]
#[command(after_help = "Example:
  slalom completions bash > ~/.local/share/bash-completion/completions/slalom")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let mut script = Vec::new();
        let mut program = Arguments::command();
        clap_complete::generate(self.shell, &mut program, "slalom", &mut script);
        print(&String::from_utf8_lossy(&script))
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn the_manual_has_every_command_and_option() {
        let mut page = Vec::new();
        manual(&mut page).unwrap();
        let page = String::from_utf8(page).unwrap().replace("\\-", "-");
        for command in Arguments::command().get_subcommands() {
            assert!(page.contains(command.get_name()), "{}", command.get_name());
            for long in command.get_opts().filter_map(clap::Arg::get_long) {
                assert!(page.contains(&format!("--{long}")), "--{long}");
            }
        }
        assert!(page.starts_with(".ie") && page.contains(".TH slalom 1"));
    }

    #[test]
    fn every_shell_completes_the_commands() {
        for shell in Shell::value_variants() {
            let mut script = Vec::new();
            let mut program = Arguments::command();
            clap_complete::generate(*shell, &mut program, "slalom", &mut script);
            let script = String::from_utf8(script).unwrap();
            for command in ["run", "render", "list", "check", "completions"] {
                assert!(script.contains(command), "{command} in {shell}");
            }
        }
    }
}
