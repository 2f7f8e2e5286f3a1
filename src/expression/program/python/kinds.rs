//! What the parts of a rule are when it runs in Python.

use super::super::super::arithmetic::Arithmetic;
use super::super::super::function::{Binary, Function, Whole};
use super::super::super::tree::{Id, NameId, Node, Operator, Tree};
use super::super::roles::{Role, Roles};
use super::Library;

/// What a part of a rule is when it runs; each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A number without a name in it.
    Constant,
    /// A number of Python's.
    Plain,
    /// An array without dimensions.
    Number,
    /// An array like θ.
    Vector,
}

/// The kinds of all nodes.
#[derive(Clone, Debug)]
pub struct Kinds {
    /// By node.
    pub nodes: Vec<Kind>,
    /// The values of constants, by node.
    pub values: Vec<Option<f64>>,
    /// The names that stand for Python's numbers and have to become arrays.
    pub lifted: Vec<bool>,
}

impl Kinds {
    /// The kinds of the nodes of a rule.
    pub fn of(tree: &Tree, roles: &Roles, library: &dyn Library) -> Self {
        let mut kinds = Self {
            nodes: Vec::new(),
            values: values(tree),
            lifted: vec![false; tree.names.len()],
        };
        loop {
            kinds.find(tree, roles, library);
            let risky: Vec<Id> = (0..tree.nodes.len())
                .filter(|id| kinds.is_risky(tree, *id, library))
                .collect();
            let mut grew = false;
            for inner in risky.into_iter().flat_map(|id| tree.start(id)..=id) {
                if let Node::Name(name) = tree.nodes[inner]
                    && !kinds.lifted[name]
                {
                    kinds.lifted[name] = true;
                    grew = true;
                }
            }
            if !grew {
                return kinds;
            }
        }
    }

    /// The lifted names that are parameters.
    pub fn lifted_parameters(&self, tree: &Tree, roles: &Roles) -> Vec<String> {
        let lifted = (0..tree.names.len()).filter(|name| {
            self.lifted[*name] && matches!(roles.by_name[*name], Some(Role::Parameter(_)))
        });
        lifted.map(|name| tree.names[name].clone()).collect()
    }

    fn find(&mut self, tree: &Tree, roles: &Roles, library: &dyn Library) {
        self.nodes.clear();
        let mut locals = vec![Kind::Plain; tree.names.len()];
        let mut statements = tree.statements.iter().peekable();
        for id in 0..tree.nodes.len() {
            let kind = self.kind(tree, roles, library, &locals, id);
            self.nodes.push(kind);
            if let Some(statement) = statements.next_if(|statement| statement.value == id)
                && let Some((name, _)) = statement.target
            {
                locals[name] = kind.max(Kind::Plain);
            }
        }
    }

    fn kind(
        &self,
        tree: &Tree,
        roles: &Roles,
        library: &dyn Library,
        locals: &[Kind],
        id: Id,
    ) -> Kind {
        let parts = tree.parts(id);
        let kinds = parts.into_iter().map(|part| self.nodes[part]);
        let most = kinds.max().unwrap_or(Kind::Constant);
        match &tree.nodes[id] {
            Node::Number(_) | Node::Constant(_) => Kind::Constant,
            Node::Name(name) => self.kind_of_name(tree, roles, library, locals, [id, *name]),
            Node::Call(Function::Whole(Whole::Gradient), _) => Kind::Vector,
            Node::Call(Function::Whole(_), _) => Kind::Number,
            Node::Call(Function::Binary(Binary::Mod), _) => most,
            Node::Call(..) | Node::If(_) if most == Kind::Plain && library.takes_numbers() => {
                Kind::Number
            }
            Node::Sum { body, .. } => self.nodes[*body].max(Kind::Plain),
            _ => most,
        }
    }

    fn kind_of_name(
        &self,
        tree: &Tree,
        roles: &Roles,
        library: &dyn Library,
        locals: &[Kind],
        [id, name]: [Id; 2],
    ) -> Kind {
        let plain = if self.lifted[name] {
            Kind::Number
        } else {
            Kind::Plain
        };
        if roles.counting[id] {
            return plain;
        }
        if roles.vectors[name] {
            return Kind::Vector;
        }
        match roles.by_name[name] {
            Some(Role::Parameter(_)) if library.is_array(&tree.names[name]) => Kind::Number,
            Some(Role::Parameter(_)) => plain,
            Some(Role::Local) => plain.max(locals[name]),
            _ => Kind::Number,
        }
    }

    /// Whether Python may raise an error where an array has a value, or a function takes no number.
    fn is_risky(&self, tree: &Tree, id: Id, library: &dyn Library) -> bool {
        if let Node::If([condition, ..]) = tree.nodes[id] {
            return self.nodes[condition] == Kind::Plain && !library.takes_numbers();
        }
        let parts = tree.parts(id);
        let most = parts.iter().map(|part| self.nodes[*part]).max();
        if most != Some(Kind::Plain) {
            return false;
        }
        match &tree.nodes[id] {
            Node::Binary(Operator::Divide, _, by) => {
                self.values[*by].is_none_or(|value| value == 0.0)
            }
            Node::Binary(Operator::Power, _, exponent) => {
                let is_small = |value: f64| value.fract() == 0.0 && (0.0..=8.0).contains(&value);
                !self.values[*exponent].is_some_and(is_small)
            }
            Node::Call(Function::Binary(Binary::Mod), _) => true,
            Node::Call(..) => !library.takes_numbers(),
            _ => false,
        }
    }
}

/// The values of all nodes without a name.
fn values(tree: &Tree) -> Vec<Option<f64>> {
    let mut values: Vec<Option<f64>> = Vec::with_capacity(tree.nodes.len());
    for (id, node) in tree.nodes.iter().enumerate() {
        let parts = tree.parts(id).into_iter().map(|part| values[part]);
        let parts: Option<Vec<f64>> = parts.collect();
        values.push(parts.and_then(|parts| value(node, &parts)));
    }
    values
}

fn value(node: &Node, parts: &[f64]) -> Option<f64> {
    Some(match (node, parts) {
        (Node::Number(value), _) => *value,
        (Node::Constant(constant), _) => constant.value(),
        (Node::Negate(_), [a]) => -a,
        (Node::Binary(operator, ..), [a, b]) => match operator {
            Operator::Add => a + b,
            Operator::Subtract => a - b,
            Operator::Multiply => a * b,
            Operator::Divide => a / b,
            Operator::Power => a.powf(*b),
        },
        (Node::Compare(relation, ..), [a, b]) => f64::from(u8::from(relation.holds(a, b))),
        (Node::If(_), [condition, a, b]) => {
            if *condition == 0.0 {
                *b
            } else {
                *a
            }
        }
        (Node::Call(Function::Unary(function), _), [a]) => function.of(*a),
        (Node::Call(Function::Binary(function), _), [first, others @ ..]) => {
            let pair = |a: f64, b: &f64| a.apply_pair(*function, *b);
            others.iter().fold(*first, pair)
        }
        _ => return None,
    })
}

/// The name with which a sum counts.
pub fn index_of(node: &Node) -> Option<NameId> {
    match node {
        Node::Sum { index, .. } => Some(*index),
        _ => None,
    }
}
