//! Starts the app or a sub-command; nothing else.

fn main() -> std::process::ExitCode {
    slalom::cli::main()
}
