//! Takes the steps that the lines of a rule say beside those that the rule takes itself, and compares
//! both, and every note.

use slalom::expression::{Memory, Program, Quantity, Questions, Rules};
use slalom::objective::Block;
use slalom::optimizer::{
    INNER_STEP, Notebook, OptimizerChoice, Oracle, Parameter, ParameterKind, Rule, Run, Valid,
    Value,
};

use super::Chance;
use super::notes::around;

/// The number of steps, enough to reveal bias corrections, periods of three, and a scaling that
/// begins late.
pub const STEPS: u64 = 10;
/// The step before which the hyper-parameters change.
const EDIT: u64 = 6;

/// A loss in any number of dimensions, another one in each step: Σ a sin(b · x + c) + ½ ‖x‖² + d · x.
struct Hills {
    hills: Vec<(f64, Vec<f64>, f64)>,
    tilt: Vec<f64>,
}

impl Hills {
    fn new(chance: &mut Chance, dimension: usize) -> Self {
        let hill = |_| {
            let slope = chance.vector(dimension);
            (chance.between(-0.3, 0.3), slope, chance.between(-3.0, 3.0))
        };
        Self {
            hills: (0..3).map(hill).collect(),
            tilt: chance.vector(dimension),
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl Oracle for &Hills {
    fn value(&mut self, at: &[f64]) -> f64 {
        let hills = self.hills.iter();
        let hills = hills.map(|(a, b, c)| a * (dot(b, at) + c).sin());
        hills.sum::<f64>() + dot(at, at) / 2.0 + dot(&self.tilt, at)
    }

    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        for ((part, at), tilt) in gradient.iter_mut().zip(at).zip(&self.tilt) {
            *part = at + tilt;
        }
        for (a, b, c) in &self.hills {
            let slope = a * (dot(b, at) + c).cos();
            for (part, b) in gradient.iter_mut().zip(b) {
                *part += slope * b;
            }
        }
    }

    fn hessian(&mut self, at: &[f64], hessian: &mut [f64]) {
        let n = at.len();
        for (index, entry) in hessian.iter_mut().enumerate() {
            let (row, column) = (index / n, index % n);
            let bend =
                |(a, b, c): &(f64, Vec<f64>, f64)| -a * (dot(b, at) + c).sin() * b[row] * b[column];
            *entry = self.hills.iter().map(bend).sum::<f64>() + f64::from(u8::from(row == column));
        }
    }

    fn hessian_diagonal(&mut self, at: &[f64], diagonal: &mut [f64]) {
        let n = at.len();
        let mut hessian = vec![0.0; n * n];
        self.hessian(at, &mut hessian);
        for (index, entry) in diagonal.iter_mut().enumerate() {
            *entry = hessian[index * (n + 1)];
        }
    }
}

/// Answers what the lines ask. In the lines of a wrapper, the gradient is where the inner rule goes.
struct Answers<'a> {
    hills: &'a Hills,
    inner: Option<&'a mut Box<dyn Run>>,
    t: u64,
}

impl Questions<f64> for Answers<'_> {
    fn value(&mut self, at: &[f64]) -> f64 {
        Oracle::value(&mut &*self.hills, at)
    }

    fn gradient(&mut self, at: &[f64], gradient: &mut [f64]) {
        let mut hills = self.hills;
        match &mut self.inner {
            Some(inner) => {
                gradient.copy_from_slice(at);
                inner.step(gradient, self.t, &mut hills);
            }
            None => Oracle::gradient(&mut hills, at, gradient),
        }
    }
}

/// The hyper-parameters of a rule itself, by index.
fn own(rule: &(dyn Rule + 'static)) -> Vec<(usize, Parameter)> {
    let all = rule.parameters().enumerate();
    all.filter(|(_, it)| !it.name.contains('.')).collect()
}

/// The form with random numbers near those that it has.
pub fn varied(form: &OptimizerChoice, chance: &mut Chance) -> OptimizerChoice {
    loop {
        let mut found = form.clone();
        for (index, parameter) in own(form.rule()) {
            if let Some(number) = near(form.rule(), index, &parameter, chance) {
                found.rule_mut().set(index, Value::Number(number));
            }
        }
        // The smallest step size must not pass the largest.
        if found.rule().conflict().is_none() {
            return found;
        }
    }
}

/// A number near that of a hyper-parameter, if it has an effect and can change.
fn near(
    rule: &(dyn Rule + 'static),
    index: usize,
    parameter: &Parameter,
    chance: &mut Chance,
) -> Option<f64> {
    let number = rule.number(index)?;
    let has_effect = super::forms::has_effect(parameter, number);
    let is_whole = matches!(
        parameter.kind,
        ParameterKind::Number {
            valid: Valid::Count | Valid::Whole,
            ..
        }
    );
    (has_effect && !is_whole).then(|| number * chance.between(0.85, 1.1))
}

/// The text of a form's lines.
pub fn text(form: &OptimizerChoice) -> String {
    let lines = form.rule().equations().join("\n");
    lines.replace(INNER_STEP, "theta <- gradient(theta); arrived = theta")
}

/// Reads lines, with the definitions of the notes that they don't name.
fn read(form: &OptimizerChoice, text: &str) -> Result<Program, String> {
    let rule = form.rule();
    let parameters = own(rule);
    let parameters: Vec<&str> = parameters.iter().map(|(_, it)| &*it.name).collect();
    let rules = Rules {
        parameters: &parameters,
        open: false,
    };
    let parse = |text: &str| {
        Program::parse(text, &rules)
            .map_err(|mistake| format!("{mistake}\n{}", mistake.caret(text)))
    };
    let program = parse(text)?;
    let assigned = program.assigned().iter();
    let named: Vec<String> = assigned.map(|it| it.name.clone()).collect();
    for name in &named {
        let is_noted = rule.notes().iter().any(|note| note.name == *name);
        if !is_noted && name != "arrived" {
            return Err(format!("{name} has no value beside it: it is no note"));
        }
    }
    let [before, after] = around(form);
    let after = after.split(';').filter(|statement| {
        let name = statement.split(['=', '<']).next().unwrap_or_default();
        !named.iter().any(|named| named == name.trim())
    });
    let after: Vec<&str> = after.collect();
    parse(&format!("{before}\n{text}\n{}", after.join("\n")))
}

/// Whether two numbers are the same to 1e-12 of their size, or of a size of which they are parts.
fn agree(a: f64, b: f64, size: f64) -> bool {
    let size = a.abs().max(b.abs()).max(size.abs());
    a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-12 * size
}

/// Compares a form's rule with lines, from a random start in this many dimensions; an error says
/// where they differ.
pub fn compare(
    form: &OptimizerChoice,
    text: &str,
    chance: &mut Chance,
    dimension: usize,
) -> Result<(), String> {
    let start = chance.vector(dimension);
    let blocks = [Block::Vector(dimension)];
    let mut form = form.clone();
    let mut run = form.begin(&start, &blocks);
    let mut inner = form.inner().map(|inner| inner.begin(&start, &blocks));
    let program = read(&form, text)?;
    let mut memory = program.begin(dimension);
    let mut here = start;
    for t in 1..=STEPS {
        if t == EDIT {
            for (index, parameter) in own(form.rule()) {
                if let Some(number) = near(form.rule(), index, &parameter, chance) {
                    run.adjust(index, number);
                    form.rule_mut().set(index, Value::Number(number));
                }
            }
        }
        let hills = Hills::new(chance, dimension);
        let before = here.clone();
        let mut there = here.clone();
        let mut notebook = Notebook::new(form.rule().notes());
        run.step_noted(&mut here, t, &mut &hills, &mut notebook);
        let parameters: Vec<f64> = program
            .parameters()
            .iter()
            .map(|name| form.rule().number(form.rule().find(name).unwrap()).unwrap())
            .collect();
        let mut answers = Answers {
            hills: &hills,
            inner: inner.as_mut(),
            t,
        };
        program.step(&mut memory, &mut there, t, &parameters, &mut answers);
        for ((a, b), before) in here.iter().zip(&there).zip(&before) {
            if !agree(*a, *b, *before) {
                return Err(format!(
                    "step {t} went to {here:?}, the lines say {there:?}"
                ));
            }
        }
        if here.iter().any(|part| !part.is_finite()) {
            return Ok(());
        }
        compare_notes(&form, &program, &memory, &notebook, &before)
            .map_err(|fault| format!("step {t}: {fault}"))?;
    }
    Ok(())
}

/// The parts of steps that are differences of two points, which are rounded as the points are.
const DIFFERENCES: [(&str, &str); 4] = [
    ("Ftrl", "from_memory"),
    ("ScheduleFreeSgd", "from_memory"),
    ("ScheduleFreeAdamW", "from_memory"),
    ("Lookahead", "from_slow"),
];

/// Compares every note of a step with the value in the lines.
fn compare_notes(
    form: &OptimizerChoice,
    program: &Program,
    memory: &Memory<f64>,
    notebook: &Notebook,
    before: &[f64],
) -> Result<(), String> {
    let inner = form.inner().map_or(0, |inner| inner.rule().notes().len());
    let own = notebook.list().len() - inner;
    for (coordinate, id, noted) in notebook.values() {
        if usize::from(*id) >= own {
            continue;
        }
        let name = &*notebook.list()[usize::from(*id)].name;
        // Where the lines ask at another point, g is the gradient there.
        let is_elsewhere = program.quantity(memory, "slope").is_some();
        let name = match name {
            "g" if is_elsewhere => "slope",
            "asked" if is_elsewhere => "ahead",
            name => name,
        };
        let value = match program.quantity(memory, name) {
            Some(Quantity::Number(number)) => number,
            Some(Quantity::Vector(vector)) => vector[*coordinate],
            None => return Err(format!("{name} is noted, but no line says what it is")),
        };
        let is_difference = DIFFERENCES.contains(&(form.rule().about().name, name));
        let size = if is_difference {
            // Of this and of the other parts.
            let parts = notebook.values().iter().filter(|(at, id, _)| {
                let name = &notebook.list()[usize::from(*id)].name;
                at == coordinate && name.starts_with("from_")
            });
            parts.fold(before[*coordinate].abs(), |size, (_, _, part)| {
                size.max(part.abs())
            })
        } else {
            0.0
        };
        if !agree(*noted, value, size) {
            return Err(format!("{name} is {noted}, the lines say {value}"));
        }
    }
    Ok(())
}
