//! A rule as a `torch.optim.Optimizer`.

mod functions;

use super::body::{indented, unpacked};
use super::names::Names;
use super::{CLASS, Writing};
use functions::Torch;

use crate::expression::{Program, Whole};
use crate::optimizer::OwnRule;
pub(super) use functions::floating;

const SIGN: &str = "def sign(x):
    \"\"\"-1, 0 or 1; NaN of NaN.\"\"\"
    return torch.where(x != x, x, torch.sign(x))
";

const CUBE_ROOT: &str = "def cube_root(x):
    \"\"\"The real cube root, which PyTorch lacks.\"\"\"
    return torch.sign(x) * torch.abs(x) ** (1 / 3)
";

const FLAT: &str = "def flat(parts):
    \"\"\"All numbers of some tensors, as one vector.\"\"\"
    return torch.cat([part.detach().reshape(-1) for part in parts])
";

const GRADIENTS: &str = "def gradients(tensors):
    \"\"\"The gradients of some tensors as one vector; 0 where the loss does not depend on one.\"\"\"
    return flat(torch.zeros_like(each) if each.grad is None else each.grad for each in tensors)
";

const PUT: &str = "def put(vector, tensors):
    \"\"\"Gives tensors the numbers of one vector.\"\"\"
    parts = vector.split([tensor.numel() for tensor in tensors])
    for tensor, part in zip(tensors, parts):
        tensor.copy_(part.view_as(tensor))
";

const RESERVED: &[&str] = &[
    "ask",
    "closure",
    "cube_root",
    "flat",
    "gradient",
    "gradients",
    "group",
    "losses",
    "params",
    "put",
    "sign",
    "state",
    "torch",
    "value",
    "weights",
    "step",
    "move",
];

pub(super) fn definition(rule: &OwnRule, program: &Program) -> (String, Vec<&'static str>, Names) {
    let names = Names::of_rule(program, RESERVED, "lr");
    let script = program.python(&Torch(&names));
    let writing = Writing {
        rule,
        program,
        script,
        names,
    };
    let is_whole = !program.acts_on_each_coordinate();
    let body = if is_whole {
        writing.over_all()
    } else {
        writing.over_each()
    };
    let argument = |text: &String| format!(", {text}");
    let arguments: String = writing.arguments().iter().map(argument).collect();
    let keys: Vec<String> = writing
        .parameters()
        .map(|(name, _)| writing.names.argument(name))
        .map(|name| format!("{name}={name}"))
        .collect();
    let check = if is_whole {
        "        if len(self.param_groups) > 1:
            raise ValueError(\"all parameters belong to one group: they are measured together\")
"
    } else {
        ""
    };
    let text = format!(
        "class {CLASS}(torch.optim.Optimizer):
{}
    def __init__(self, params{arguments}):
        super().__init__(params, dict({}))
{check}
{body}",
        writing.documentation(""),
        keys.join(", ")
    );
    let text = text.replace(
        "super().__init__(params, dict())",
        "super().__init__(params, {})",
    );
    let mut helpers = Vec::new();
    for (call, helper) in [("sign(", SIGN), ("cube_root(", CUBE_ROOT)] {
        if super::super::formula::has_word(&body, call.trim_end_matches('(')) {
            helpers.push(helper);
        }
    }
    if is_whole {
        helpers.push(FLAT);
        if body.contains("gradients(") {
            helpers.push(GRADIENTS);
        }
        helpers.push(PUT);
    }
    (text, helpers, writing.names)
}

impl Writing<'_> {
    fn torch_parameters(&self, first: bool, indent: usize) -> String {
        let pair = |(name, python): (&str, String)| {
            let value = format!("group[\"{}\"]", self.names.argument(name));
            let value = if self.is_array(name) {
                format!("theta.new_tensor({value})")
            } else {
                value
            };
            (python, value)
        };
        let pairs: Vec<_> = self.read_parameters(first).into_iter().map(pair).collect();
        unpacked(&pairs, indent)
    }

    /// What makes the state of a step, and reads it.
    fn torch_state(&self, indent: usize) -> String {
        let counts = self.program.reads_time(false);
        let states = self.states();
        if states.is_empty() && !counts {
            return String::new();
        }
        let first = self.first_values();
        let mut begin = String::new();
        if counts {
            begin += "state[\"t\"] = 0\n";
        }
        if !first.is_empty() {
            if self.reads("t", true) {
                begin += "t = theta.new_tensor(1.0)\n";
            }
            begin += &self.torch_parameters(true, indent + 4);
        }
        let make = |(name, is_vector): &(String, bool)| {
            let given = first.iter().find(|(known, _)| known == name);
            let value = match (given, is_vector) {
                (Some((_, text)), _) => text,
                (None, true) => "torch.zeros_like(theta)",
                (None, false) => "theta.new_zeros(())",
            };
            format!("state[\"{name}\"] = {value}\n")
        };
        begin.extend(states.iter().map(make));
        let mut text = format!("if not state:\n{}", indented(&begin, 4));
        if counts {
            text += "state[\"t\"] += 1\nt = theta.new_tensor(state[\"t\"])\n";
        }
        let pair = |(name, _): (String, bool)| {
            let value = format!("state[\"{name}\"]");
            (name, value)
        };
        let pairs: Vec<_> = self.remembered().into_iter().map(pair).collect();
        text + &unpacked(&pairs, indent)
    }

    fn torch_kept(&self) -> String {
        let states: Vec<String> = self
            .states()
            .into_iter()
            .map(|(name, _)| format!("{name}={name}"))
            .collect();
        if states.is_empty() {
            return String::new();
        }
        format!("state.update({})\n", states.join(", "))
    }

    /// The step of a rule in which each coordinate goes its own way.
    fn over_each(&self) -> String {
        let keeps = !self.states().is_empty() || self.program.reads_time(false);
        let [argument, parameter] = if keeps {
            ["self.state[weights], ", "state, "]
        } else {
            [""; 2]
        };
        let start = if self.program.reads_gradient() {
            "theta, g = weights.clone(), weights.grad.clone()\n"
        } else {
            "theta = weights.clone()\n"
        };
        // The first values may be made of parameters, so these come first.
        let lines = [
            start.to_owned(),
            self.torch_state(8),
            self.torch_parameters(false, 8),
            self.steps(),
            self.torch_kept(),
            "weights.copy_(theta)\n".to_owned(),
        ];
        format!(
            "    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for weights in group[\"params\"]:
                if weights.grad is not None:
                    self.move(weights, {argument}group)
        return loss

    def move(self, weights, {parameter}group):
{}",
            indented(&lines.concat(), 8)
        )
    }

    /// The step of a rule that measures all parameters together, or asks elsewhere.
    fn over_all(&self) -> String {
        let asks = self.asks();
        let reads_gradient = self.program.reads_gradient();
        let keeps = !self.states().is_empty() || self.program.reads_time(false);
        let mut lines = vec![
            "[group] = self.param_groups\n".to_owned(),
            "weights = group[\"params\"]\n".to_owned(),
        ];
        if keeps {
            lines.push("state = self.state[weights[0]]\n".to_owned());
        }
        if asks {
            lines.push(self.torch_questions());
            let first = if reads_gradient {
                "theta = flat(weights)\ng = gradient(theta)\n"
            } else {
                "theta = flat(weights)\n"
            };
            lines.push(first.to_owned());
        } else {
            lines.push(
                "loss = None
if closure is not None:
    with torch.enable_grad():
        loss = closure()
theta = flat(weights)
"
                .to_owned(),
            );
            if reads_gradient {
                lines.push("g = gradients(weights)\n".to_owned());
            }
        }
        lines.extend([
            self.torch_state(8),
            self.torch_parameters(false, 8),
            self.steps(),
            self.torch_kept(),
            "put(theta, weights)\n".to_owned(),
        ]);
        let (argument, result) = if asks {
            ("closure", "losses[0]")
        } else {
            ("closure=None", "loss")
        };
        format!(
            "    @torch.no_grad()
    def step(self, {argument}):
{}        return {result}
",
            indented(&lines.concat(), 8)
        )
    }

    /// The functions that ask at a point.
    fn torch_questions(&self) -> String {
        let mut text = "losses = []

def ask(point):
    put(point, weights)
    with torch.enable_grad():
        losses.append(closure())
"
        .to_owned();
        if self.program.calls(Whole::Value) {
            text += "
def value(point):
    ask(point)
    return losses[-1].detach()
";
        }
        if self.program.calls(Whole::Gradient) || self.program.reads_gradient() {
            text += "
def gradient(point):
    ask(point)
    return gradients(weights)
";
        }
        text + "\n"
    }
}
