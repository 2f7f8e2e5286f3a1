//! Watches how long an input takes.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use super::answer;
use super::fault::{Answer, Fault};

/// How long an input may take in a long run.
const MOST: Duration = Duration::from_secs(1);
/// How long an input may take in a usual run, in which the machine has other things to do.
const MOST_USUALLY: Duration = Duration::from_secs(20);
/// After which time the whole run is ended, as the input would perhaps never end.
const FOR_EVER: Duration = Duration::from_mins(2);
/// The place of faults of time.
const TOO_SLOW: &str = "time";

/// An input that is being read, since when.
type Now = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

/// Measures inputs, and ends the program if one of them never ends.
pub struct Watch {
    now: Now,
    limit: Duration,
    slowest: Duration,
    /// Where the input is written before it is read: it survives whatever happens.
    trace: Option<PathBuf>,
    /// Ends the thread when it is dropped.
    _end: mpsc::Sender<()>,
}

impl Watch {
    /// Begins to watch inputs of a kind.
    pub fn new(name: &'static str, is_long: bool) -> Self {
        let now = Now::default();
        let (end, ended) = mpsc::channel();
        let watched = Arc::clone(&now);
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let trace = folder.join(format!("fuzz-{name}-now"));
        let file = trace.clone();
        thread::spawn(move || {
            let waited = |ended: &mpsc::Receiver<()>| ended.recv_timeout(Duration::from_secs(1));
            while waited(&ended) == Err(mpsc::RecvTimeoutError::Timeout) {
                let now = watched.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some((since, input)) = &*now
                    && since.elapsed() > FOR_EVER
                {
                    let _ = fs::write(&file, input);
                    eprintln!("{name}: an input never ends: {}", file.display());
                    std::process::abort();
                }
            }
        });
        Self {
            now,
            limit: if is_long { MOST } else { MOST_USUALLY },
            slowest: Duration::ZERO,
            trace: is_long.then_some(trace),
            _end: end,
        }
    }

    /// Reads an input.
    pub fn timed(&mut self, read: fn(&[u8]) -> Answer, input: &[u8]) -> Result<String, Fault> {
        if let Some(trace) = &self.trace {
            fs::write(trace, input).unwrap();
        }
        let began = Instant::now();
        self.set(Some((began, input.to_vec())));
        let answer = answer(read, input);
        self.set(None);
        let mut took = began.elapsed();
        if took > self.limit {
            // Others use the machine, too.
            took = (0..3).map(|_| time(read, input)).min().unwrap_or(took);
        }
        self.slowest = self.slowest.max(took);
        if took > self.limit {
            let what = format!("it takes {:.1} s", took.as_secs_f64());
            let place = TOO_SLOW.to_owned();
            return Err(Fault { place, what });
        }
        answer
    }

    /// Returns how long the slowest input took.
    pub fn slowest(&self) -> Duration {
        self.slowest
    }

    fn set(&self, input: Option<(Instant, Vec<u8>)>) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = input;
    }
}

fn time(read: fn(&[u8]) -> Answer, input: &[u8]) -> Duration {
    let began = Instant::now();
    let _ = answer(read, input);
    began.elapsed()
}

/// Returns whether an input has the same fault as another one.
pub fn fails_likewise(read: fn(&[u8]) -> Answer, input: &[u8], fault: &Fault) -> bool {
    if fault.place == TOO_SLOW {
        return time(read, input) > MOST;
    }
    answer(read, input).is_err_and(|other| other.place == fault.place)
}
