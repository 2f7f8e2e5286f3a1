//! Chromium without a window, driven through its `DevTools` protocol.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::socket::Socket;

/// How long anything may take on a slow machine that draws without a graphics card.
const PATIENCE: Duration = Duration::from_mins(3);

/// A page of a browser, of 1280x800 points.
pub struct Browser {
    /// The browser and the folder of its profile, if this is its first page.
    process: Option<(Child, TempDir)>,
    /// Where its `DevTools` are.
    host: String,
    /// What the browser calls the page.
    target: String,
    socket: Socket,
    calls: u64,
    /// What the console and the program complained about.
    pub complaints: Vec<String>,
    downloads: TempDir,
}

/// Returns the name of the browser, if there is one.
pub fn found() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| {
            let version = Command::new(name).arg("--version").output();
            version.is_ok_and(|it| it.status.success())
        })
}

impl Browser {
    /// Starts a browser.
    pub fn start(name: &str) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let downloads = tempfile::tempdir().unwrap();
        let mut process = Command::new(name)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--use-gl=angle",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                "--remote-debugging-port=0",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| Some(line.strip_prefix("DevTools listening on ws://")?.to_owned()))
            .expect("the browser says where its DevTools are");
        // It would stop if nobody read what it says.
        thread::spawn(move || lines.for_each(drop));
        let host = address.split('/').next().unwrap().to_owned();
        let mut browser = Self::at(host.clone(), &page_of(&host), downloads);
        browser.process = Some((process, profile));
        browser
    }

    /// Opens another page of the same browser, in a window of its own.
    pub fn another(&mut self) -> Self {
        let new = json!({"url": "about:blank", "newWindow": true});
        let target = self.call("Target.createTarget", new)["targetId"].take();
        Self::at(
            self.host.clone(),
            target.as_str().unwrap(),
            tempfile::tempdir().unwrap(),
        )
    }

    /// Closes a page that is not the first one of its browser.
    pub fn close(mut self) {
        let target = json!({"targetId": self.target});
        self.call("Target.closeTarget", target);
    }

    /// Connects to a page.
    fn at(host: String, target: &str, downloads: TempDir) -> Self {
        let address = format!("ws://{host}/devtools/page/{target}");
        let mut browser = Self {
            process: None,
            host,
            target: target.to_owned(),
            socket: Socket::connect(&address).unwrap(),
            calls: 0,
            complaints: Vec::new(),
            downloads,
        };
        for domain in ["Page", "Runtime", "Log"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser.resize([1280, 800], false);
        let folder = browser.downloads.path().display().to_string();
        browser.call(
            "Browser.setDownloadBehavior",
            json!({"behavior": "allow", "downloadPath": folder}),
        );
        browser.prefer("dark");
        browser
    }

    /// Gives the page a size, in points, and fingers in place of a mouse if it is to be a phone.
    pub fn resize(&mut self, [width, height]: [u32; 2], is_phone: bool) {
        self.call(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone}),
        );
        self.call(
            "Emulation.setTouchEmulationEnabled",
            json!({"enabled": is_phone}),
        );
    }

    /// Makes the page believe that the system is dark or light.
    pub fn prefer(&mut self, scheme: &str) {
        let feature = json!({"name": "prefers-color-scheme", "value": scheme});
        self.call("Emulation.setEmulatedMedia", json!({"features": [feature]}));
    }

    /// Calls a method of the `DevTools` and returns its result.
    pub fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.calls += 1;
        let id = self.calls;
        let call = json!({"id": id, "method": method, "params": parameters});
        self.socket.send(&call.to_string()).unwrap();
        loop {
            let text = self.socket.receive().unwrap();
            let mut answer: Value = serde_json::from_str(&text).unwrap();
            if answer["id"] == id {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].take();
            }
            self.notice(&answer);
        }
    }

    /// Notes a complaint of the page.
    fn notice(&mut self, event: &Value) {
        let parameters = &event["params"];
        let complaint = match event["method"].as_str().unwrap_or_default() {
            "Runtime.exceptionThrown" => &parameters["exceptionDetails"],
            "Runtime.consoleAPICalled"
                if ["error", "warning", "assert"]
                    .iter()
                    .any(|kind| parameters["type"] == **kind) =>
            {
                &parameters["args"]
            }
            "Log.entryAdded"
                if parameters["entry"]["level"] == "error"
                    // eframe also cancels touches that the browser has taken away to scroll.
                    && !parameters["entry"]["text"]
                        .to_string()
                        .contains("Ignored attempt to cancel a touch")
                    // Software drawing is slow, and Chromium says so.
                    || parameters["entry"]["level"] == "warning"
                        && !parameters["entry"]["text"].to_string().contains("GL Driver Message") =>
            {
                &parameters["entry"]
            }
            _ => return,
        };
        self.complaints.push(complaint.to_string());
    }

    /// Evaluates JavaScript and returns its value.
    pub fn evaluate(&mut self, script: &str) -> Value {
        let parameters = json!({"expression": script, "awaitPromise": true, "returnByValue": true});
        let mut result = self.call("Runtime.evaluate", parameters);
        assert!(result["exceptionDetails"].is_null(), "{script}: {result}");
        result["result"]["value"].take()
    }

    /// Waits until a script gives what is wanted.
    pub fn wait_for<T>(&mut self, what: &str, mut look: impl FnMut(&mut Self) -> Option<T>) -> T {
        let begin = Instant::now();
        loop {
            if let Some(found) = look(self) {
                return found;
            }
            assert!(
                begin.elapsed() < PATIENCE,
                "{what} did not come; the page said {:?}",
                self.complaints
            );
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Opens an address and waits for the program.
    pub fn open(&mut self, address: &str) {
        self.call("Page.navigate", json!({"url": address}));
        self.wait_for_program();
    }

    /// Waits for the program's first frames.
    pub fn wait_for_program(&mut self) {
        self.wait_for("the window", |page| {
            let state = page.evaluate("document.documentElement?.dataset.state");
            (state == "running").then_some(())
        });
        self.wait_for_frames(3);
    }

    /// Waits for some frames of the browser.
    pub fn wait_for_frames(&mut self, count: usize) {
        for _ in 0..count {
            self.evaluate("new Promise(done => requestAnimationFrame(() => done(1)))");
        }
    }

    /// Waits until nothing moves any more.
    pub fn wait_for_still(&mut self) {
        self.wait_for("a still picture", |page| {
            let before = page.screenshot();
            page.wait_for_frames(10);
            (page.screenshot() == before).then_some(())
        });
    }

    /// Makes the program keep its tabs, and returns what it keeps of them: a text with every race, its
    /// changes and its playhead.
    pub fn kept(&mut self) -> String {
        let script = "document.dispatchEvent(new Event('visibilitychange')), \
                      localStorage.getItem(sessionStorage.getItem('name of this page'))";
        self.evaluate(script)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Presses a key, perhaps with Ctrl.
    pub fn press(&mut self, key: &str, code: &str, ctrl: bool) {
        let modifiers = if ctrl { 2 } else { 0 };
        for kind in ["rawKeyDown", "keyUp"] {
            self.call(
                "Input.dispatchKeyEvent",
                json!({"type": kind, "key": key, "code": code, "modifiers": modifiers}),
            );
        }
        self.wait_for_frames(3);
    }

    fn mouse(&mut self, kind: &str, at: [f64; 2]) {
        self.button(kind, at);
        self.wait_for_frames(2);
    }

    fn button(&mut self, kind: &str, [x, y]: [f64; 2]) {
        let buttons = u8::from(kind != "mouseReleased");
        self.call(
            "Input.dispatchMouseEvent",
            json!({"type": kind, "x": x, "y": y, "button": "left", "buttons": buttons,
                "clickCount": 1}),
        );
    }

    /// Clicks at a place.
    pub fn click(&mut self, at: [f64; 2]) {
        self.call(
            "Input.dispatchMouseEvent",
            json!({"type": "mouseMoved", "x": at[0], "y": at[1]}),
        );
        self.wait_for_frames(2);
        // What is held for longer than a second is no click, and that can be a frame on a slow machine.
        self.button("mousePressed", at);
        self.button("mouseReleased", at);
        self.wait_for_frames(3);
    }

    /// Drags from one place to another.
    pub fn drag(&mut self, from: [f64; 2], to: [f64; 2]) {
        self.call(
            "Input.dispatchMouseEvent",
            json!({"type": "mouseMoved", "x": from[0], "y": from[1]}),
        );
        self.wait_for_frames(2);
        self.mouse("mousePressed", from);
        let middle = [f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1])];
        for at in [middle, to] {
            self.mouse("mouseMoved", at);
        }
        self.mouse("mouseReleased", to);
        self.wait_for_frames(3);
    }

    fn touch(&mut self, kind: &str, fingers: &[[f64; 2]]) {
        self.fingers(kind, fingers);
        self.wait_for_frames(2);
    }

    fn fingers(&mut self, kind: &str, fingers: &[[f64; 2]]) {
        let points = fingers.iter().zip(1..);
        let points = points.map(|([x, y], id)| json!({"x": x, "y": y, "id": id}));
        let points: Vec<Value> = points.collect();
        self.call(
            "Input.dispatchTouchEvent",
            json!({"type": kind, "touchPoints": points}),
        );
    }

    /// Touches a place with a finger.
    pub fn tap(&mut self, at: [f64; 2]) {
        self.fingers("touchStart", &[at]);
        self.fingers("touchEnd", &[]);
        self.wait_for_frames(3);
    }

    /// Moves fingers from some places to others.
    pub fn swipe(&mut self, from: &[[f64; 2]], to: &[[f64; 2]]) {
        const STEPS: u32 = 12;
        self.touch("touchStart", from);
        for step in 1..=STEPS {
            let share = f64::from(step) / f64::from(STEPS);
            let way = from.iter().zip(to);
            let now = way.map(|(a, b)| [0, 1].map(|it| a[it] + share * (b[it] - a[it])));
            let now: Vec<[f64; 2]> = now.collect();
            self.touch("touchMove", &now);
        }
        self.touch("touchEnd", &[]);
        self.wait_for_frames(10);
    }

    /// Drops a file on the page. The content is given as base64.
    pub fn drop_file(&mut self, name: &str, content: &str) {
        let script = format!(
            "{{ const bytes = Uint8Array.from(atob({}), letter => letter.charCodeAt(0)); \
             const dropped = new DataTransfer(); \
             dropped.items.add(new File([bytes], {})); \
             const canvas = document.querySelector('canvas'); \
             for (const kind of ['dragover', 'drop']) canvas.dispatchEvent(new DragEvent(kind, \
             {{ dataTransfer: dropped, bubbles: true, cancelable: true }})); }}",
            json!(content),
            json!(name)
        );
        self.evaluate(&script);
        self.wait_for_frames(5);
    }

    /// Returns what the page looks like, as a PNG.
    pub fn screenshot(&mut self) -> Vec<u8> {
        let shot = self.call("Page.captureScreenshot", json!({"format": "png"}));
        decoded(shot["data"].as_str().unwrap())
    }

    /// Waits for a download and returns its path.
    pub fn downloaded(&mut self, name: &str) -> std::path::PathBuf {
        let path = self.downloads.path().join(name);
        let wanted = path.clone();
        self.wait_for(name, |_| wanted.exists().then_some(()));
        path
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some((process, _)) = &mut self.process {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// Returns what the browser calls its only page.
fn page_of(host: &str) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "GET /json/list HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    let mut line = String::from("?");
    while line.trim_end() != "" {
        line.clear();
        reader.read_line(&mut line).unwrap();
        let lower = line.to_ascii_lowercase();
        if let Some(number) = lower.strip_prefix("content-length:") {
            length = number.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let pages: Value = serde_json::from_slice(&body).unwrap();
    let pages = pages.as_array().unwrap().iter();
    let mut pages = pages.filter(|page| page["type"] == "page");
    let page = pages.next().expect("the browser has a page");
    page["id"].as_str().unwrap().to_owned()
}

/// Decodes base64 with padding.
fn decoded(text: &str) -> Vec<u8> {
    let text = text
        .trim_end_matches('=')
        .replace('+', "-")
        .replace('/', "_");
    slalom::base64::decode_from_address(text.as_bytes()).unwrap()
}

/// Says whether a folder has the built page.
pub fn is_built(folder: &Path) -> bool {
    folder.join("page_bg.wasm").exists()
}
