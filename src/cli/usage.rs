//! Messages about invalid arguments, in one sentence.

use std::process::ExitCode;
use std::{env, io};

use clap::error::ErrorKind;
use clap::{Command, CommandFactory, Error};

use super::output::complain;
use super::{Arguments, Failure};
use crate::experiment::nearest;
use crate::text::message;

/// Prints the requested help or version, or reports what is wrong with the arguments.
pub(super) fn answer(error: &Error) -> ExitCode {
    if !error.use_stderr() {
        return help(error);
    }
    let sentence = match error.kind() {
        ErrorKind::ArgumentConflict | ErrorKind::UnknownArgument => no_command(),
        _ => None,
    };
    let sentence = sentence.unwrap_or_else(|| in_one_sentence(&error.to_string()));
    complain(&format!("slalom: {}", message(&sentence)));
    ExitCode::from(2)
}

fn help(error: &Error) -> ExitCode {
    match error.print() {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
            complain(&format!("slalom: {}", Failure::Output(cause)));
            ExitCode::from(2)
        }
        // The reader of the help may have closed the pipe, which is not an error.
        _ => ExitCode::SUCCESS,
    }
}

/// Recognizes a misspelt sub-command, which the parser takes for a preset.
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

/// Joins the parser's paragraphs on the error and its tips, without the usage.
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
