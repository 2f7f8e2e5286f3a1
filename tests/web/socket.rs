//! As much of the WebSocket protocol (RFC 6455) as a client of the `DevTools` needs.

use std::io::{self, BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// A connection on which texts are sent and received.
pub struct Socket {
    stream: BufReader<TcpStream>,
}

const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;

impl Socket {
    /// Connects to an address such as `ws://127.0.0.1:9222/devtools/page/1`.
    pub fn connect(address: &str) -> io::Result<Self> {
        let bad = || io::Error::new(ErrorKind::InvalidInput, format!("no address: {address}"));
        let rest = address.strip_prefix("ws://").ok_or_else(bad)?;
        let (host, path) = rest.split_once('/').ok_or_else(bad)?;
        let mut stream = TcpStream::connect(host)?;
        stream.set_read_timeout(Some(Duration::from_mins(2)))?;
        write!(
            stream,
            "GET /{path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: c2xhbG9tIHNsYWxvbSAhIQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )?;
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        stream.read_line(&mut line)?;
        if !line.contains("101") {
            return Err(io::Error::other(format!("the browser answered {line}")));
        }
        while line.trim_end() != "" {
            line.clear();
            stream.read_line(&mut line)?;
        }
        Ok(Self { stream })
    }

    pub fn send(&mut self, text: &str) -> io::Result<()> {
        self.send_frame(TEXT, text.as_bytes())
    }

    /// A client has to mask what it sends; with zeros, it stays as it is.
    fn send_frame(&mut self, kind: u8, content: &[u8]) -> io::Result<()> {
        let mut frame = vec![0x80 | kind];
        match content.len() {
            length @ 0..126 => frame.push(0x80 | length as u8),
            length @ 126..0x1_0000 => {
                frame.push(0xfe);
                frame.extend((length as u16).to_be_bytes());
            }
            length => {
                frame.push(0xff);
                frame.extend((length as u64).to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(content);
        self.stream.get_mut().write_all(&frame)
    }

    /// Waits for the next text.
    pub fn receive(&mut self) -> io::Result<String> {
        let mut text = Vec::new();
        loop {
            let [first, second] = self.bytes()?;
            let length = match second & 0x7f {
                126 => u64::from(u16::from_be_bytes(self.bytes()?)),
                127 => u64::from_be_bytes(self.bytes()?),
                short => u64::from(short),
            };
            let mut content = vec![0; length as usize];
            self.stream.read_exact(&mut content)?;
            match first & 0x0f {
                CLOSE => return Err(ErrorKind::ConnectionAborted.into()),
                PING => self.send_frame(10, &content)?,
                kind if kind > CLOSE => {}
                _ => {
                    text.extend(content);
                    if first & 0x80 != 0 {
                        return String::from_utf8(text).map_err(io::Error::other);
                    }
                }
            }
        }
    }

    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.stream.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
