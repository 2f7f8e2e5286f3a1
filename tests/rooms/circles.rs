//! Circular imports.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::house::{Edge, House, Module};
use crate::order::{Order, parting, shown};

/// The imports within one folder, each with the edge that proves it.
type Graph = BTreeMap<Module, BTreeMap<Module, Edge>>;

/// Returns every cycle among the rooms and among the files and folders of a room, except where the
/// list says that they know each other. A folder's `mod.rs` is never part of a cycle: it and the
/// files it is divided into may know each other.
pub fn circles(house: &House, order: &Order) -> Vec<String> {
    let mut folders: BTreeMap<Module, Graph> = BTreeMap::new();
    for edge in house.edges() {
        if let Some((from, to)) = parting(&edge.from, &edge.to)
            && !order.know_each_other(&from, &to)
        {
            let graph = folders.entry(from[..from.len() - 1].to_vec()).or_default();
            graph.entry(from).or_default().entry(to).or_insert(edge);
        }
    }
    let tell_all = |graph: &Graph| -> Vec<_> {
        let circles = shortest(graph);
        circles.iter().map(|circle| tell(house, circle)).collect()
    };
    folders.values().flat_map(tell_all).collect()
}

/// Returns a shortest cycle through each file that is part of one, but no file twice.
fn shortest(graph: &Graph) -> Vec<Vec<&Edge>> {
    let mut told = BTreeSet::new();
    let mut circles = Vec::new();
    for start in graph.keys() {
        if !told.contains(start)
            && let Some(circle) = shortest_through(graph, start)
        {
            told.extend(circle.iter().map(|(from, _)| *from));
            circles.push(circle.into_iter().map(|(_, edge)| edge).collect());
        }
    }
    circles
}

/// Returns the edges of a shortest cycle through `start`, each with the entry it leaves.
fn shortest_through<'a>(
    graph: &'a Graph,
    start: &'a Module,
) -> Option<Vec<(&'a Module, &'a Edge)>> {
    let mut came_from: BTreeMap<&Module, (&Module, &Edge)> = BTreeMap::new();
    let mut waiting = VecDeque::from([start]);
    while let Some(here) = waiting.pop_front() {
        for (next, edge) in graph.get(here).into_iter().flatten() {
            if !came_from.contains_key(next) {
                came_from.insert(next, (here, edge));
                waiting.push_back(next);
            }
        }
    }
    let mut links = vec![*came_from.get(start)?];
    while let Some((from, _)) = links.last()
        && *from != start
    {
        links.push(came_from[from]);
    }
    links.reverse();
    Some(links)
}

fn tell(house: &House, circle: &[&Edge]) -> String {
    let link = |edge: &&Edge| {
        let file = house.file(&edge.from);
        format!(
            "{file}:{}: imports {} ({})",
            edge.line,
            edge.path,
            shown(&edge.to)
        )
    };
    let links: Vec<_> = circle.iter().map(link).collect();
    format!("a circle of imports:\n    {}", links.join("\n    "))
}
