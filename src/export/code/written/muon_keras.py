class Muon(keras.optimizers.Optimizer):
    """Muon for matrices. Keras' own adds epsilon to the norm of a sum, and here it is an average."""

    def __init__(
        self,
        learning_rate,
        momentum,
        weight_decay=0.0,
        nesterov=True,
        corrected=False,
        ns_steps=5,
        ns_coefficients=(3.4445, -4.775, 2.0315),
        epsilon=1e-7,
        clamps=False,
        scale="original",
        rms=0.2,
    ):
        super().__init__(learning_rate=learning_rate, weight_decay=weight_decay)
        self.momentum, self.nesterov, self.corrected = momentum, nesterov, corrected
        self.ns_steps, self.ns_coefficients = ns_steps, ns_coefficients
        self.epsilon, self.clamps = epsilon, clamps
        self.scale, self.rms = scale, rms

    def build(self, variables):
        super().build(variables)
        self.averages = self.add_optimizer_variables(variables, "average")

    def update_step(self, gradient, variable, learning_rate):
        momentum, t = self.momentum, self.iterations.value + 1
        average = self.averages[self._get_variable_index(variable)]
        average.assign(momentum * average.value + (1 - momentum) * gradient)
        now, later = 1.0, 1.0
        if self.corrected:
            now, later = 1 - momentum**t, 1 - momentum ** (t + 1)
        if self.nesterov:
            direction = momentum * average.value / later + (1 - momentum) * gradient / now
        else:
            direction = average.value / now
        direction = orthogonal(
            direction, self.ns_coefficients, self.ns_steps, self.epsilon, self.clamps
        )
        inputs, outputs = variable.shape
        factor = length(self.scale, self.rms, outputs, inputs)
        variable.assign(variable.value - learning_rate * factor * direction)
