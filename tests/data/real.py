"""Writes real.csv: elementary functions of double-double numbers, in 60 digits.

Each line has a function, its argument and its value, both as the sum of two doubles. Run it with
mpmath installed, in this folder: python real.py > real.csv
"""

import random

import mpmath
from mpmath import mpf

mpmath.mp.dps = 60

# Each function with the range of its arguments.
FUNCTIONS = {
    "sqrt": (mpmath.sqrt, 0, 50),
    "cbrt": (lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), -50, 50),
    "exp": (mpmath.exp, -40, 40),
    "exp_m1": (mpmath.expm1, -1, 1),
    "ln": (mpmath.log, 0, 5),
    "ln_1p": (mpmath.log1p, -0.5, 0.5),
    "sin": (mpmath.sin, -100, 100),
    "cos": (mpmath.cos, -100, 100),
    "tan": (mpmath.tan, -3, 3),
    "atan": (mpmath.atan, -10, 10),
    "asin": (mpmath.asin, -1, 1),
    "acos": (mpmath.acos, -1, 1),
    "sinh": (mpmath.sinh, -5, 5),
    "cosh": (mpmath.cosh, -5, 5),
    "tanh": (mpmath.tanh, -5, 5),
    "asinh": (mpmath.asinh, -5, 5),
    "acosh": (mpmath.acosh, 1, 5),
    "atanh": (mpmath.atanh, -0.9, 0.9),
    "recip": (lambda x: 1 / x, -9, 9),
    "powi": (lambda x: x**7, -3, 3),
    "powf": (lambda x: x ** mpf("2.5"), 0, 9),
}


def parts(value):
    high = float(value)
    return f"{high!r},{float(value - mpf(high))!r}"


random.seed(60)
for name, (function, low, high) in FUNCTIONS.items():
    for _ in range(12):
        first = random.uniform(low, high)
        second = first * random.uniform(-1, 1) * 2.0**-54
        argument = mpf(first) + mpf(second)
        print(f"{name},{parts(argument)},{parts(function(argument))}")
