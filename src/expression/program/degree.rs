//! How the quantities of a rule grow with the gradient.

use super::super::function::{Function, Whole};
use super::super::tree::{Node, Operator};
use super::Program;

/// How a quantity grows if all gradients grow by a factor.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Growth {
    /// Nothing is known about it yet, as at first about what is kept from step to step.
    Unknown,
    /// By this power of the factor.
    Power(f64),
    /// In another way.
    Otherwise,
}

use Growth::{Otherwise, Power, Unknown};

impl Growth {
    const NONE: Self = Power(0.0);

    /// The growth of a sum.
    fn joined(self, other: Self) -> Self {
        match (self, other) {
            (Unknown, known) | (known, Unknown) => known,
            (Power(a), Power(b)) if a.to_bits() == b.to_bits() => self,
            _ => Otherwise,
        }
    }

    /// The growth of a product, or of a quotient if `way` is −1.
    fn times(self, other: Self, way: f64) -> Self {
        match (self, other) {
            (Power(a), Power(b)) => Power(a + way * b),
            (Otherwise, _) | (_, Otherwise) => Otherwise,
            _ => Unknown,
        }
    }

    fn to_the(self, exponent: f64) -> Self {
        match self {
            Power(power) => Power(power * exponent),
            other => other,
        }
    }
}

impl Program {
    /// The power of a factor by which a quantity grows that the rule assigns, if all gradients grow by
    /// that factor: 1 for an average of gradients, 2 for one of their squares. `None` if it does
    /// not grow by a power.
    #[must_use]
    pub fn degree(&self, name: &str) -> Option<f64> {
        let index = self.tree.names.iter().position(|known| known == name)?;
        match self.growths().get(index)? {
            Power(power) => Some(*power),
            Unknown | Otherwise => None,
        }
    }

    /// The growth of each name.
    fn growths(&self) -> Vec<Growth> {
        let is_assigned = |name: &String| self.assigned.iter().any(|it| it.name == *name);
        let names = self.tree.names.iter();
        let mut names: Vec<Growth> = names
            .map(|name| match name.as_str() {
                "g" => Power(1.0),
                _ if is_assigned(name) => Unknown,
                _ => Growth::NONE,
            })
            .collect();
        // What is kept may be read before it is set, and so on from one to the next.
        for _ in 0..=self.assigned.len() {
            let nodes = self.growths_of_nodes(&names);
            for statement in &self.tree.statements {
                let target = statement.target.as_ref().map(|(name, _)| *name);
                let target = target.filter(|name| is_assigned(&self.tree.names[*name]));
                let growth = nodes.get(statement.value).copied();
                if let (Some(target), Some(growth)) = (target, growth) {
                    names[target] = names[target].joined(growth);
                }
            }
        }
        names
    }

    fn growths_of_nodes(&self, names: &[Growth]) -> Vec<Growth> {
        let mut nodes: Vec<Growth> = Vec::with_capacity(self.tree.nodes.len());
        for node in &self.tree.nodes {
            let of = |id: usize| nodes.get(id).copied().unwrap_or(Otherwise);
            let growth = match node {
                Node::Number(_) | Node::Constant(_) | Node::Compare(..) => Growth::NONE,
                Node::Name(name) => names.get(*name).copied().unwrap_or(Otherwise),
                Node::Negate(of_what) => of(*of_what),
                Node::Binary(operator, a, b) => self.growth_of(*operator, of(*a), of(*b), *b),
                Node::Call(function, arguments) => {
                    let arguments: Vec<Growth> = arguments.iter().map(|id| of(*id)).collect();
                    growth_of_call(*function, &arguments)
                }
                Node::If([_, then, otherwise]) => of(*then).joined(of(*otherwise)),
                Node::Sum { body, .. } => of(*body),
            };
            nodes.push(growth);
        }
        nodes
    }

    fn growth_of(&self, operator: Operator, a: Growth, b: Growth, right: usize) -> Growth {
        match operator {
            Operator::Add | Operator::Subtract => a.joined(b),
            Operator::Multiply => a.times(b, 1.0),
            Operator::Divide => a.times(b, -1.0),
            Operator::Power => match self.tree.nodes.get(right) {
                Some(Node::Number(exponent)) => a.to_the(*exponent),
                _ if (a, b) == (Growth::NONE, Growth::NONE) => Growth::NONE,
                _ => Otherwise,
            },
        }
    }
}

fn growth_of_call(function: Function, arguments: &[Growth]) -> Growth {
    let joined = arguments.iter().copied().reduce(Growth::joined);
    let joined = joined.unwrap_or(Growth::NONE);
    match function {
        Function::Unary(unary) => match (unary.name(), joined) {
            ("abs", growth) => growth,
            ("sqrt", growth) => growth.to_the(0.5),
            ("cbrt", growth) => growth.to_the(1.0 / 3.0),
            (_, Growth::NONE) | ("sign", Power(_)) => Growth::NONE,
            (_, Unknown) => Unknown,
            _ => Otherwise,
        },
        Function::Whole(Whole::Gradient) => Power(1.0),
        Function::Whole(Whole::Value) => Otherwise,
        Function::Whole(Whole::Dot) => match arguments {
            [a, b] => a.times(*b, 1.0),
            _ => Otherwise,
        },
        Function::Binary(_) | Function::Whole(Whole::Norm | Whole::Mean | Whole::Max) => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Rules;

    #[test]
    fn averages_of_gradients_and_of_squares_are_told_apart() {
        let lines = "m <- b*m + (1 - b)*g; v <- c*v + (1 - c)*g^2; n <- max(n, v)
            m_hat = m/(1 - b^t); v_hat = sqrt(v/(1 - c^t)); s <- s + 1; u = m_hat/v_hat
            w <- w + theta; k = m + v; l = norm(g)*g
            theta <- theta - eta*u";
        let program = Program::parse(lines, &Rules::default()).unwrap();
        let degrees = [
            ("m", Some(1.0)),
            ("v", Some(2.0)),
            ("n", Some(2.0)),
            ("m_hat", Some(1.0)),
            ("v_hat", Some(1.0)),
            ("s", Some(0.0)),
            ("u", Some(0.0)),
            ("w", Some(0.0)),
            ("k", None),
            ("l", Some(2.0)),
            ("nothing", None),
        ];
        for (name, degree) in degrees {
            assert_eq!(program.degree(name), degree, "{name}");
        }
    }
}
