import keras
opt = keras.optimizers.Adam(0.001)