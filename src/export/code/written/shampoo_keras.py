class Shampoo(keras.optimizers.Optimizer):
    """Shampoo, which Keras lacks: Adagrad with a matrix for each side of a matrix."""

    def __init__(self, learning_rate, epsilon):
        super().__init__(learning_rate=learning_rate)
        self.epsilon = epsilon

    def build(self, variables):
        super().build(variables)
        start = keras.initializers.Identity(self.epsilon)
        self.sums = [
            [self.add_variable((size, size), start, name="sum") for size in variable.shape]
            for variable in variables
        ]

    def update_step(self, gradient, variable, learning_rate):
        sums = self.sums[self._get_variable_index(variable)]
        for total, product in zip(sums, products(gradient)):
            total.assign(total.value + product)
        direction = scaled(gradient, [total.value for total in sums], self.epsilon)
        variable.assign(variable.value - learning_rate * direction)
