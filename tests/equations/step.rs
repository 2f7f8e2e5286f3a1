//! Evaluates the equations of a step that are written by hand, and compares the results with the
//! values shown beside them.

use std::collections::{HashMap, HashSet};

use nalgebra::Matrix2;
use slalom::optimizer::{Line, NoteId, NoteShape, OptimizerChoice, Rule, Term, Told};
use slalom::simulation::Anatomy;
use slalom::surface::Surface;

use super::clauses::{Clause, Shape, clauses};
use super::expr::Expr;
use super::value::Value;

/// The values of a rule's notes, by index.
pub type Notes = HashMap<NoteId, Value>;

/// Parses lines. A point is no matrix.
fn read(lines: &[Line]) -> Result<Vec<Clause>, String> {
    let lines = lines.iter().map(clauses).collect::<Result<Vec<_>, _>>()?;
    let of_points = |line: &Vec<Clause>| !line.contains(&Clause::Only(Shape::Matrices));
    Ok(lines.into_iter().filter(of_points).flatten().collect())
}

/// A step under evaluation.
#[derive(Clone)]
pub struct Step<'a> {
    pub(super) surface: &'a dyn Surface,
    pub(super) rule: &'a (dyn Rule + 'static),
    pub(super) anatomy: &'a Anatomy,
    pub(super) t: f64,
    /// The values shown beside the lines.
    pub(super) shown: Notes,
    /// The current values of the quantities.
    pub(super) now: Notes,
    pub(super) position: Value,
    /// The values of unmarked symbols, by name and index.
    pub(super) signs: HashMap<(String, Option<String>), Value>,
}

/// Evaluates the step and returns the values shown, to continue from. An error describes what does
/// not agree. `before` is what was shown in the previous step.
pub fn check(
    surface: &dyn Surface,
    optimizer: &OptimizerChoice,
    anatomy: &Anatomy,
    lines: &[Line],
    before: Option<&Notes>,
) -> Result<Notes, String> {
    let t = anatomy.step as u64 + 1;
    let read = read(lines)?;
    let shown = shown(anatomy, lines);
    let assigned: HashSet<NoteId> = read.iter().filter_map(target).collect();
    let mut now = shown.clone();
    for &id in &assigned {
        let value = shown
            .get(&id)
            .ok_or_else(|| format!("note {id} is not shown"))?;
        // What the step before did not have must not be used until a line sets it.
        let before = match before {
            Some(before) => before.get(&id).copied(),
            None => Some(value.zero()),
        };
        match before {
            Some(before) => now.insert(id, before),
            None => now.remove(&id),
        };
    }
    let mut step = Step {
        surface,
        rule: optimizer.rule(),
        anatomy,
        t: f64::from(u32::try_from(t).unwrap()),
        shown,
        now,
        position: Value::vector(anatomy.from),
        signs: HashMap::new(),
    };
    step.begin(&read)?;
    step.make(&read)?;
    step.compare_all()?;
    Ok(step.shown)
}

/// Returns the note that a clause sets, if any.
fn target(clause: &Clause) -> Option<NoteId> {
    match clause {
        Clause::Let(Expr::Term(Term::Note(id, _), _), _) => Some(*id),
        _ => None,
    }
}

/// Returns the values shown beside the lines, with a matrix assembled from its diagonal and its
/// off-diagonal note.
fn shown(anatomy: &Anatomy, lines: &[Line]) -> Notes {
    let told = anatomy.notes.beside(lines);
    let across = |id: NoteId| {
        let name = &anatomy.notes.list()[usize::from(id)].name;
        let name = format!("{name}_xy");
        told.iter().find_map(|(_, note, told)| match told {
            Told::Pair(across) if note.shape == NoteShape::Pair && note.name == name => {
                Some(*across)
            }
            _ => None,
        })
    };
    let value = |id: NoteId, told: &Told| match (*told, across(id)) {
        (Told::Vector([x, y]), Some(across)) => Value::Matrix(Matrix2::new(x, across, across, y)),
        (Told::Vector(pair), None) => Value::vector(pair),
        (Told::Scalar(number) | Told::Pair(number), _) => Value::Scalar(number),
    };
    told.iter()
        .map(|(id, _, told)| (*id, value(*id, told)))
        .collect()
}

impl Step<'_> {
    /// Sets the initial values of the quantities.
    fn begin(&mut self, clauses: &[Clause]) -> Result<(), String> {
        for clause in clauses {
            let Clause::From(target, value) = clause else {
                continue;
            };
            let value = self.value(value)?;
            let Expr::Term(Term::Note(id, _), _) = target else {
                return Err(format!("{target:?} cannot begin with anything"));
            };
            if self.t > 1.0 {
                return Err("it began long ago".into());
            }
            self.now.insert(*id, value);
        }
        Ok(())
    }

    fn make(&mut self, clauses: &[Clause]) -> Result<(), String> {
        for clause in clauses {
            if let Clause::Let(target, value) = clause {
                let value = self.value(value)?;
                self.assign(target, value)?;
            }
        }
        Ok(())
    }

    fn assign(&mut self, target: &Expr, value: Value) -> Result<(), String> {
        match target {
            Expr::Term(Term::Position, _) => self.position = value,
            Expr::Term(Term::Note(id, _), _) => {
                self.compare(*id, value)?;
                self.now.insert(*id, self.shown[id]);
            }
            Expr::Sign(name, index) => {
                self.signs.insert((name.clone(), index.clone()), value);
            }
            other => return Err(format!("{other:?} cannot be given a value")),
        }
        Ok(())
    }

    fn compare(&self, id: NoteId, value: Value) -> Result<(), String> {
        let shown = self.shown[&id];
        let name = &self.anatomy.notes.list()[usize::from(id)].name;
        if shown.agrees_with(&value) {
            return Ok(());
        }
        Err(format!(
            "{name} is shown as {shown:?}, the lines say {value:?}"
        ))
    }

    /// Compares the results of the step with the values shown.
    fn compare_all(&self) -> Result<(), String> {
        for (id, value) in &self.now {
            self.compare(*id, *value)?;
        }
        let to = Value::vector(self.anatomy.to);
        if to.agrees_with(&self.position) {
            return Ok(());
        }
        Err(format!(
            "it went to {to:?}, the lines say {:?}",
            self.position
        ))
    }
}
