//! What the names of a rule stand for, and which of them are vectors.

use super::super::compile::Placed;
use super::super::error::Fault;
use super::super::function::{Function, Whole};
use super::super::names::as_product;
use super::super::tree::{Action, Id, NameId, Node, Tree};
use super::Rules;
use crate::text::nearest;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// θ, the position.
    Position,
    /// g, the gradient at the position with which the step begins.
    Gradient,
    /// t, the number of the step.
    Time,
    /// A parameter, by its index.
    Parameter(usize),
    /// A value that is kept from step to step.
    State,
    /// A value of this step.
    Local,
}

/// The names of a rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    /// What each name of the tree stands for.
    pub by_name: Vec<Option<Role>>,
    /// Whether it is a vector.
    pub vectors: Vec<bool>,
    /// The parameters, in the order of their first appearance.
    pub parameters: Vec<String>,
    /// For each statement that gives a state its first value, that state.
    pub initial: Vec<Option<NameId>>,
    /// For each node, whether it is the name that counts in a sum around it.
    pub counting: Vec<bool>,
}

impl Roles {
    /// Finds out what the names stand for.
    pub fn of(tree: &Tree, rules: &Rules<'_>) -> Result<Self, Placed> {
        let mut found = Self {
            by_name: vec![None; tree.names.len()],
            vectors: vec![false; tree.names.len()],
            parameters: Vec::new(),
            initial: vec![None; tree.statements.len()],
            counting: tree.counting(),
        };
        found.name_fixed(tree);
        found.name_assigned(tree, rules)?;
        found.check_reads(tree, rules)?;
        found.check_questions(tree)?;
        found.find_vectors(tree);
        found.check_vectors(tree)?;
        Ok(found)
    }

    fn name_fixed(&mut self, tree: &Tree) {
        for (name, role) in tree.names.iter().zip(&mut self.by_name) {
            *role = match name.as_str() {
                "theta" => Some(Role::Position),
                "g" => Some(Role::Gradient),
                "t" => Some(Role::Time),
                _ => None,
            };
        }
    }

    /// States, locals, and first values.
    fn name_assigned(&mut self, tree: &Tree, rules: &Rules<'_>) -> Result<(), Placed> {
        for statement in &tree.statements {
            let Some((name, at)) = &statement.target else {
                return Err((tree.places[statement.value].clone(), Fault::NoTarget));
            };
            let text = &tree.names[*name];
            let fixed = matches!(self.by_name[*name], Some(Role::Gradient | Role::Time))
                || rules.parameters.contains(&text.as_str());
            if statement.action == Action::Assign {
                if fixed {
                    return Err((at.clone(), Fault::Fixed(text.clone())));
                }
                self.by_name[*name].get_or_insert(Role::State);
            }
        }
        for (index, statement) in tree.statements.iter().enumerate() {
            let Some((name, at)) = &statement.target else {
                continue;
            };
            if statement.action == Action::Assign {
                continue;
            }
            let text = &tree.names[*name];
            let state = text.strip_suffix("_0").and_then(|state| {
                let id = tree.names.iter().position(|name| name == state)?;
                (self.by_name[id] == Some(Role::State)).then_some(id)
            });
            if let Some(state) = state {
                if self.initial.contains(&Some(state)) {
                    return Err((at.clone(), Fault::DefinedTwice(text.clone())));
                }
                self.initial[index] = Some(state);
                continue;
            }
            let fault = match self.by_name[*name] {
                Some(Role::Position) => Fault::LocalTheta,
                Some(Role::Gradient | Role::Time) => Fault::Fixed(text.clone()),
                Some(Role::State) => Fault::Both(text.clone()),
                Some(Role::Local) => Fault::DefinedTwice(text.clone()),
                _ if rules.parameters.contains(&text.as_str()) => Fault::Fixed(text.clone()),
                _ => {
                    self.by_name[*name] = Some(Role::Local);
                    continue;
                }
            };
            return Err((at.clone(), fault));
        }
        let moves = |statement: &super::super::tree::Statement| {
            let target = statement.target.as_ref().map(|(name, _)| *name);
            statement.action == Action::Assign
                && target.is_some_and(|name| self.by_name[name] == Some(Role::Position))
        };
        if !tree.statements.iter().any(moves) {
            return Err((0..0, Fault::NoMove));
        }
        Ok(())
    }

    /// Parameters, and that everything else is set before it is read.
    fn check_reads(&mut self, tree: &Tree, rules: &Rules<'_>) -> Result<(), Placed> {
        let mut set = vec![false; tree.names.len()];
        let mut first = 0;
        let introduced: Vec<&str> = tree
            .statements
            .iter()
            .filter_map(|statement| Some(tree.names[statement.target.as_ref()?.0].as_str()))
            .chain(["theta", "g", "t"])
            .chain(rules.parameters.iter().copied())
            .collect();
        for (index, statement) in tree.statements.iter().enumerate() {
            let is_first_value = self.initial[index].is_some();
            for id in first..=statement.value {
                let Node::Name(name) = tree.nodes[id] else {
                    continue;
                };
                if self.counting[id] {
                    continue;
                }
                let at = || tree.places[id].clone();
                let text = &tree.names[name];
                match self.by_name[name] {
                    Some(Role::Local) if !set[name] => {
                        return Err((at(), Fault::Unset(text.clone())));
                    }
                    Some(Role::Gradient | Role::State | Role::Local) if is_first_value => {
                        return Err((at(), Fault::FirstValue));
                    }
                    Some(_) => {}
                    None => {
                        self.by_name[name] = Some(
                            self.parameter(text, rules, &introduced)
                                .map_err(|fault| (at(), fault))?,
                        );
                    }
                }
            }
            first = statement.value + 1;
            if let Some((name, _)) = &statement.target {
                set[*name] = true;
            }
        }
        Ok(())
    }

    fn parameter(
        &mut self,
        name: &str,
        rules: &Rules<'_>,
        introduced: &[&str],
    ) -> Result<Role, Fault> {
        if !rules.parameters.contains(&name) {
            if let Some(product) = as_product(name, introduced) {
                return Err(Fault::Product(product));
            }
            if !rules.open {
                let near = nearest(name, introduced).map(str::to_owned);
                let name = name.to_owned();
                return Err(Fault::NoQuantity { name, near });
            }
        }
        self.parameters.push(name.to_owned());
        Ok(Role::Parameter(self.parameters.len() - 1))
    }

    /// Questions to the oracle stand outside of `if` and `sum`, and not in first values; functions
    /// of whole vectors stand outside of `sum`.
    fn check_questions(&self, tree: &Tree) -> Result<(), Placed> {
        let is_question = |id: Id| {
            matches!(
                tree.nodes[id],
                Node::Call(Function::Whole(Whole::Value | Whole::Gradient), _)
            )
        };
        let is_whole = |id: Id| matches!(tree.nodes[id], Node::Call(Function::Whole(_), _));
        for (id, node) in tree.nodes.iter().enumerate() {
            let find = |wrong: &dyn Fn(usize) -> bool| (tree.start(id)..id).find(|id| wrong(*id));
            let wrong = match node {
                Node::If(_) => find(&is_question),
                Node::Sum { .. } => find(&is_whole),
                _ => None,
            };
            if let Some(wrong) = wrong {
                return Err((tree.places[wrong].clone(), Fault::QuestionInside));
            }
        }
        for (statement, initial) in tree.statements.iter().zip(&self.initial) {
            let mut inside = tree.start(statement.value)..=statement.value;
            if initial.is_some()
                && let Some(wrong) = inside.find(|id| is_question(*id))
            {
                return Err((tree.places[wrong].clone(), Fault::FirstValue));
            }
        }
        Ok(())
    }

    /// A name is a vector if anything assigned to it is.
    fn find_vectors(&mut self, tree: &Tree) {
        for (role, vector) in self.by_name.iter().zip(&mut self.vectors) {
            *vector = matches!(role, Some(Role::Position | Role::Gradient));
        }
        loop {
            let types = self.types(tree);
            let mut grew = false;
            for (index, statement) in tree.statements.iter().enumerate() {
                let target = self.initial[index].or(statement.target.as_ref().map(|it| it.0));
                if let Some(name) = target
                    && types[statement.value]
                    && !self.vectors[name]
                {
                    self.vectors[name] = true;
                    grew = true;
                }
            }
            if !grew {
                return;
            }
        }
    }

    /// For each node, whether it is a vector.
    pub fn types(&self, tree: &Tree) -> Vec<bool> {
        let mut types = vec![false; tree.nodes.len()];
        for (id, node) in tree.nodes.iter().enumerate() {
            types[id] = match node {
                Node::Name(name) => self.vectors[*name] && !self.counting[id],
                Node::Call(Function::Whole(function), _) => *function == Whole::Gradient,
                _ => tree.parts(id).into_iter().any(|part| types[part]),
            };
        }
        types
    }

    /// Functions of whole vectors are given vectors.
    fn check_vectors(&self, tree: &Tree) -> Result<(), Placed> {
        let types = self.types(tree);
        for (id, node) in tree.nodes.iter().enumerate() {
            if let Node::Call(Function::Whole(function), arguments) = node
                && !arguments.iter().all(|argument| types[*argument])
            {
                let name = function.name().to_owned();
                return Err((tree.places[id].clone(), Fault::NeedsVector(name)));
            }
        }
        Ok(())
    }
}
