//! The list of the rooms, and the check that every import conforms to it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::house::{Edge, House, Module};
use crate::imports::Import;

const KNOW_EACH_OTHER: &str = "know each other";
const FILES_KNOW_EACH_OTHER: &str = "its files know each other";

/// The location of a room in the list.
#[derive(Clone, Copy, Debug)]
struct Location {
    /// The line number in its list, from the top. Rooms on the same line are side by side.
    level: usize,
    /// Whether the rooms on its line know each other.
    knows_neighbours: bool,
    /// Whether the files inside it know each other.
    is_open: bool,
}

/// The modules that may use a crate.
#[derive(Clone, Debug)]
enum Allowed {
    /// Only the rooms themselves.
    Only(Vec<Module>),
    /// The room and all rooms above it.
    FromHereUp(Module),
}

/// The list in CONTRIBUTING.md.
#[derive(Debug, Default)]
pub struct Order {
    places: BTreeMap<Module, Location>,
    crates: BTreeMap<String, Allowed>,
}

impl Order {
    /// Parses the list. Each line is a level, from the top, and the inside of a room is listed with
    /// full paths. The rooms on a line may be followed by remarks, separated by semicolons: `only
    /// here: crates`, `from here up: crates`, `know each other` and `its files know each other`.
    ///
    /// # Errors
    /// Returns an error for any other remark.
    pub fn read(list: &str) -> Result<Self, String> {
        let mut order = Self::default();
        let lines = list.lines().map(str::trim).enumerate();
        for (level, line) in lines.filter(|(_, line)| !line.is_empty()) {
            let (names, remarks) = line.split_once("  ").unwrap_or((line, ""));
            let rooms: Vec<Module> = words(names).map(room).collect();
            let remarks: Vec<_> = remarks.split(';').map(str::trim).collect();
            let place = Location {
                level,
                knows_neighbours: remarks.contains(&KNOW_EACH_OTHER),
                is_open: remarks.contains(&FILES_KNOW_EACH_OTHER),
            };
            for room in &rooms {
                if order.places.insert(room.clone(), place).is_some() {
                    return Err(format!("{} stands in the list twice", shown(room)));
                }
            }
            for remark in remarks {
                order.remark(&rooms, remark)?;
            }
        }
        Ok(order)
    }

    /// Reads a remark about crates.
    fn remark(&mut self, rooms: &[Module], remark: &str) -> Result<(), String> {
        let (allowed, crates) = match remark.split_once(": ") {
            Some(("only here", crates)) => (Allowed::Only(rooms.to_vec()), crates),
            Some(("from here up", crates)) => (Allowed::FromHereUp(rooms[0].clone()), crates),
            None if ["", KNOW_EACH_OTHER, FILES_KNOW_EACH_OTHER].contains(&remark) => {
                return Ok(());
            }
            _ => return Err(format!("the list says `{remark}`, which means nothing")),
        };
        self.crates
            .extend(words(crates).map(|name| (name.to_owned(), allowed.clone())));
        Ok(())
    }

    /// Whether two rooms may import each other.
    pub fn know_each_other(&self, one: &Module, other: &Module) -> bool {
        let is_open = |room: &[String]| self.places.get(room).is_some_and(|place| place.is_open);
        let stands_open = (1..one.len()).any(|length| is_open(&one[..length]));
        stands_open || self.are_acquainted(one, other)
    }

    /// Whether two rooms share a line that says that they know each other.
    fn are_acquainted(&self, one: &Module, other: &Module) -> bool {
        match (self.places.get(one), self.places.get(other)) {
            (Some(one), Some(other)) => one.knows_neighbours && one.level == other.level,
            _ => false,
        }
    }

    /// Returns the rooms that exist only in the list or only in the program.
    pub fn strangers(&self, house: &House) -> Vec<String> {
        let rooms: BTreeSet<&[String]> = house
            .modules()
            .filter_map(|module| module.get(..1))
            .collect();
        let unlisted = rooms
            .iter()
            .filter(|room| !self.places.contains_key(**room))
            .map(|room| format!("src/{} is missing in the list", shown(room)));
        let exists = |room: &Module| house.modules().any(|module| module.starts_with(room));
        let unbuilt = self
            .places
            .keys()
            .filter(|room| !exists(room))
            .map(|room| format!("{} is in the list, but not in src", shown(room)));
        unlisted.chain(unbuilt).collect()
    }

    /// Returns the imports of rooms above or beside the importing one.
    pub fn wrong_imports(&self, house: &House) -> Vec<String> {
        let wrong = |edge: &Edge| {
            let (from, to) = parting(&edge.from, &edge.to)?;
            let (lower, upper) = (self.places.get(&from)?, self.places.get(&to)?);
            let stands = match lower.level.cmp(&upper.level) {
                Ordering::Less => return None,
                Ordering::Equal if self.are_acquainted(&from, &to) => return None,
                Ordering::Equal => "beside",
                Ordering::Greater => "above",
            };
            let (file, line, path) = (house.file(&edge.from), edge.line, &edge.path);
            let (from, to) = (shown(&from), shown(&to));
            Some(format!(
                "{file}:{line}: imports {path} from {to}, which lies {stands} {from}"
            ))
        };
        house.edges().iter().filter_map(wrong).collect()
    }

    /// Returns the uses of crates in rooms where they are not allowed.
    pub fn wrong_crates(&self, house: &House) -> Vec<String> {
        let wrong = |(module, import): (&Module, &Import)| {
            let name = &import.path[0];
            let allowed = self.crates.get(name)?;
            let who = match allowed {
                Allowed::Only(rooms) if rooms.iter().any(|room| module.starts_with(room)) => {
                    return None;
                }
                Allowed::Only(rooms) => {
                    let rooms: Vec<_> = rooms.iter().map(|room| shown(room)).collect();
                    format!("only {} may", rooms.join(" and "))
                }
                Allowed::FromHereUp(room) if self.reaches(module, room) => return None,
                Allowed::FromHereUp(room) => format!("nothing below {} may", shown(room)),
            };
            let (file, line) = (house.file(module), import.line);
            Some(format!("{file}:{line}: imports {name}, which {who}"))
        };
        let mut wrong: Vec<_> = house.imports().filter_map(wrong).collect();
        wrong.dedup();
        wrong
    }

    /// Whether a file is in the room or above it.
    fn reaches(&self, module: &Module, room: &Module) -> bool {
        let level = |room: &[String]| self.places.get(room).map(|place| place.level);
        module.starts_with(room)
            || parting(module, room).is_some_and(|(here, there)| level(&here) < level(&there))
    }
}

/// Returns the outermost rooms in which two files differ, such as `optimizer/adam` and
/// `optimizer/rule`, or `None` if one file is the `mod.rs` of a room that contains the other.
pub fn parting(one: &[String], other: &[String]) -> Option<(Module, Module)> {
    let shared = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    Some((one.get(..=shared)?.to_vec(), other.get(..=shared)?.to_vec()))
}

/// Formats a room as in the list.
pub fn shown(room: &[String]) -> String {
    room.join("/")
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

/// `number`, `number.rs` and `number/` are the same room.
fn room(name: &str) -> Module {
    let name = name.trim_end_matches(".rs").trim_end_matches('/');
    name.split('/').map(str::to_owned).collect()
}
