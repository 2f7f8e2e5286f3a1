"""Writes surfaces.csv: every surface and its derivatives at random points, in 50 digits.

Run it with sympy installed, in this folder: python surfaces.py > surfaces.csv
"""

import random

import mpmath
import sympy

x, y = sympy.symbols("x y")
POINTS = 5

# Formulas as published, and the window (x from, x to, y from, y to).
SURFACES = {
    "Beale": (
        "(R('1.5')-x+x*y)**2+(R('2.25')-x+x*y**2)**2+(R('2.625')-x+x*y**3)**2",
        (-4.5, 4.5, -4.5, 4.5),
    ),
    "Rosenbrock": (
        "(1-x)**2+100*(y-x**2)**2",
        (-2, 2, -1, 3),
    ),
    "Saddle": (
        "x**2-y**2",
        (-1.5, 1.5, -1.5, 1.5),
    ),
    "LongValley": (
        "(x**2+50*y**2)/2",
        (-5, 5, -2, 2),
    ),
    "Himmelblau": (
        "(x**2+y-11)**2+(x+y**2-7)**2",
        (-5, 5, -5, 5),
    ),
    "Rastrigin": (
        "20+x**2-10*cos(2*pi*x)+y**2-10*cos(2*pi*y)",
        (-5.12, 5.12, -5.12, 5.12),
    ),
    "Ackley": (
        "-20*exp(-R('0.2')*sqrt((x**2+y**2)/2))-exp((cos(2*pi*x)+cos(2*pi*y))/2)+E+20",
        (-5, 5, -5, 5),
    ),
    "Booth": (
        "(x+2*y-7)**2+(2*x+y-5)**2",
        (-10, 10, -10, 10),
    ),
    "Matyas": (
        "R('0.26')*(x**2+y**2)-R('0.48')*x*y",
        (-10, 10, -10, 10),
    ),
    "ThreeHumpCamel": (
        "2*x**2-R('1.05')*x**4+x**6/6+x*y+y**2",
        (-2.5, 2.5, -2.5, 2.5),
    ),
    "SixHumpCamel": (
        "(4-R('2.1')*x**2+x**4/3)*x**2+x*y+(-4+4*y**2)*y**2",
        (-2.5, 2.5, -1.5, 1.5),
    ),
    "StyblinskiTang": (
        "(x**4-16*x**2+5*x+y**4-16*y**2+5*y)/2",
        (-5, 5, -5, 5),
    ),
    "GoldsteinPrice": (
        "(1+(x+y+1)**2*(19-14*x+3*x**2-14*y+6*x*y+3*y**2))*(30+(2*x-3*y)**2*(18-32*x+12*x**2+48*y-36*x*y+27*y**2))",
        (-2, 2, -2, 2),
    ),
    "McCormick": (
        "sin(x+y)+(x-y)**2-R('1.5')*x+R('2.5')*y+1",
        (-1.5, 4, -3, 4),
    ),
    "LeviN13": (
        "sin(3*pi*x)**2+(x-1)**2*(1+sin(3*pi*y)**2)+(y-1)**2*(1+sin(2*pi*y)**2)",
        (-10, 10, -10, 10),
    ),
    "Easom": (
        "-cos(x)*cos(y)*exp(-(x-pi)**2-(y-pi)**2)",
        (0, 6.3, 0, 6.3),
    ),
    "Griewank": (
        "1+(x**2+y**2)/4000-cos(x)*cos(y/sqrt(2))",
        (-10, 10, -10, 10),
    ),
    "MonkeySaddle": (
        "x**3-3*x*y**2",
        (-1.5, 1.5, -1.5, 1.5),
    ),
    "Bohachevsky": (
        "x**2+2*y**2-R('0.3')*cos(3*pi*x)-R('0.4')*cos(4*pi*y)+R('0.7')",
        (-2, 2, -2, 2),
    ),
    "Branin": (
        "(y-R('5.1')*x**2/(4*pi**2)+5*x/pi-6)**2+10*(1-1/(8*pi))*cos(x)+10",
        (-5, 10, 0, 15),
    ),
}


def formula(text):
    return sympy.sympify(text, {"x": x, "y": y, "R": sympy.Rational})


def write():
    mpmath.mp.dps = 50
    random.seed(20)
    print("surface,x,y,f,fx,fy,fxx,fxy,fyy")
    for name, (text, (left, right, bottom, top)) in SURFACES.items():
        f = formula(text)
        columns = [f, f.diff(x), f.diff(y), f.diff(x, x), f.diff(x, y), f.diff(y, y)]
        columns = [sympy.lambdify((x, y), column, "mpmath") for column in columns]
        for _ in range(POINTS):
            at = round(random.uniform(left, right), 4), round(random.uniform(bottom, top), 4)
            values = [column(*map(mpmath.mpf, at)) for column in columns]
            print(name, *at, *(f"{float(value):.17g}" for value in values), sep=",")


if __name__ == "__main__":
    write()
