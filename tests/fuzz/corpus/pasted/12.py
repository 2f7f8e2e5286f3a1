keras.optimizers.Adagrad(learning_rate=0.1, # comment
  initial_accumulator_value=0.1)