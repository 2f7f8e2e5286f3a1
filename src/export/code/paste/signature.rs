//! The description of a library's constructors.

/// A constructor of a library.
#[derive(Debug)]
pub(super) struct Signature {
    /// Its full name, for instance `torch.optim.Adam`.
    pub(super) class: &'static str,
    /// The name of our rule.
    pub(super) rule: &'static str,
    /// Its own arguments, in the order of positional ones.
    pub(super) arguments: &'static [Parameter],
    /// The number of arguments without a default.
    pub(super) required: usize,
    /// The variants of our rule that it always has.
    pub(super) variants: &'static [(&'static str, &'static str)],
    /// Its defaults that are not those of our rule in this library.
    pub(super) defaults: &'static [(&'static str, f64)],
}

/// An argument that a constructor takes, and its meaning.
pub(super) type Parameter = (&'static str, Meaning);

/// The meaning of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This number of ours.
    Number(&'static str),
    /// These two numbers of ours.
    Pair([&'static str; 2]),
    /// This switch of ours.
    Switch(&'static str),
    /// If it is on, this parameter of ours has this variant.
    Variant(&'static str, &'static str),
    /// The variants of this parameter of ours, by their names in the library.
    Word(&'static str, &'static [&'static str]),
    /// If it is on, the rule is this one.
    Becomes(&'static str),
    /// A weight decay that is coupled, unless another argument decouples it.
    Coupled,
    /// Whether the weight decay is decoupled.
    Decouples,
    /// The largest size of a part of the gradient.
    ClipValue,
    /// The greatest length of the whole gradient.
    ClipNorm,
    /// The decay of [`Schedule::InverseTime`](crate::experiment::Schedule::InverseTime).
    InverseTime,
    /// The rule inside.
    Inner,
    /// The parameters that the library moves.
    Moved,
    /// Something that is not here; accepted if it is switched off.
    Absent,
    /// Something without any effect on the path.
    Ignored,
}

impl Signature {
    /// A constructor whose arguments all have defaults.
    pub(super) const fn new(
        class: &'static str,
        rule: &'static str,
        arguments: &'static [Parameter],
    ) -> Self {
        Self {
            class,
            rule,
            arguments,
            required: 0,
            variants: &[],
            defaults: &[],
        }
    }

    /// Makes the first arguments required.
    pub(super) const fn needs(mut self, required: usize) -> Self {
        self.required = required;
        self
    }

    /// Sets the variants that it always has.
    pub(super) const fn always(
        mut self,
        variants: &'static [(&'static str, &'static str)],
    ) -> Self {
        self.variants = variants;
        self
    }

    /// Sets the defaults that are not those of our rule in this library.
    pub(super) const fn with_defaults(mut self, defaults: &'static [(&'static str, f64)]) -> Self {
        self.defaults = defaults;
        self
    }

    /// The name without its module.
    pub(super) fn short(&self) -> &'static str {
        self.class.rsplit('.').next().unwrap_or(self.class)
    }
}

/// An argument that is a number of ours, from a pair of names that the scripts use, too.
pub(super) const fn number((theirs, ours): (&'static str, &'static str)) -> Parameter {
    (theirs, Meaning::Number(ours))
}

/// An argument that is a pair of numbers of ours, from names that the scripts use, too.
pub(super) const fn pair((theirs, ours): (&'static str, [&'static str; 2])) -> Parameter {
    (theirs, Meaning::Pair(ours))
}

/// An argument that is a number of the same name.
pub(super) const fn same(name: &'static str) -> Parameter {
    (name, Meaning::Number(name))
}

/// An argument for something that is not here.
pub(super) const fn absent(name: &'static str) -> Parameter {
    (name, Meaning::Absent)
}

/// An argument without any effect on the path.
pub(super) const fn ignored(name: &'static str) -> Parameter {
    (name, Meaning::Ignored)
}
