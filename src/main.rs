//! Starts the app or a sub-command, or the page in a browser; nothing else.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    slalom::cli::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {
    slalom::web::main();
}
