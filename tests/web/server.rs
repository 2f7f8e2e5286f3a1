//! A server of the files in a folder, on a port of its own.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::thread;

/// Serves a folder until the tests end, and returns its address: `http://127.0.0.1:8000`.
pub fn serve(folder: &'static Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream, folder));
        }
    });
    address
}

/// Answers one request. A browser that goes away in the middle is no failure.
fn answer(mut stream: TcpStream, folder: &Path) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut request = String::new();
    reader.read_line(&mut request).ok()?;
    let mut line = request.clone();
    while line.trim_end() != "" {
        line.clear();
        reader.read_line(&mut line).ok()?;
    }
    let path = request.split(' ').nth(1)?.split('?').next()?;
    let path = if path == "/favicon.ico" {
        // A browser asks for it where a page names no icon.
        "/icon.png".to_owned()
    } else if path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    };
    let content = (!path.contains(".."))
        .then(|| fs::read(folder.join(path.trim_start_matches('/'))).ok())
        .flatten();
    let status = if content.is_some() {
        "200 OK"
    } else {
        "404 Not Found"
    };
    let content = content.unwrap_or_default();
    let kind = match Path::new(&path).extension()?.to_str()? {
        "html" => "text/html",
        "js" => "text/javascript",
        "wasm" => "application/wasm",
        "png" => "image/png",
        _ => "application/octet-stream",
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        content.len()
    )
    .ok()?;
    stream.write_all(&content).ok()
}
