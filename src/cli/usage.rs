//! Arguments that make no sense, as one sentence.

use std::env;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory, Error};

use super::{Arguments, one_line};
use crate::experiment::nearest;

/// Prints the help or version that was asked for, or says what is wrong with the arguments.
pub(super) fn answer(error: &Error) -> ExitCode {
    if !error.use_stderr() {
        // Whoever reads the help may have gone; that is no mistake.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let sentence = match error.kind() {
        ErrorKind::ArgumentConflict | ErrorKind::UnknownArgument => no_command(),
        _ => None,
    };
    let sentence = sentence.unwrap_or_else(|| in_one_sentence(&error.to_string()));
    eprintln!("slalom: {}", one_line(&sentence));
    ExitCode::from(2)
}

/// A misspelt sub-command is taken for a preset, behind which nothing makes sense.
fn no_command() -> Option<String> {
    let word = env::args().nth(1).filter(|word| !word.starts_with('-'))?;
    let arguments = Arguments::command();
    let known: Vec<&str> = arguments.get_subcommands().map(Command::get_name).collect();
    if known.contains(&&*word) {
        return None;
    }
    let near = nearest(&word, &known)?;
    Some(format!(
        "there is no command \"{word}\"; did you mean {near}?"
    ))
}

/// The parser's answer is a paragraph each for the fault, for tips and for the usage.
fn in_one_sentence(answer: &str) -> String {
    let faults: Vec<String> = answer
        .split("\n\n")
        .take_while(|part| !part.trim_start().starts_with("Usage:"))
        .filter(|part| !part.trim_start().starts_with("For more information"))
        .map(|part| {
            let words: Vec<&str> = part.split_whitespace().collect();
            let part = words.join(" ");
            let part = part.strip_prefix("error: ").unwrap_or(&part);
            part.strip_prefix("tip: ").unwrap_or(part).to_owned()
        })
        .collect();
    format!("{} (see slalom --help)", faults.join("; "))
}
