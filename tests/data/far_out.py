"""Writes far_out.csv: every surface so far out that sums overflow on the way, in 4000 digits.

Run it with sympy installed, in this folder: python far_out.py > far_out.csv
"""

import mpmath
import sympy

from surfaces import SURFACES, formula, x, y

mpmath.mp.dps = 4000
FAR = [0, 1, 1e80, -1e80, 1e160, -1e160, 1e300, -1e300]

print("surface,x,y,f")
for name, (text, _) in SURFACES.items():
    f = sympy.lambdify((x, y), formula(text), "mpmath")
    for at in ((a, b) for a in FAR for b in FAR):
        print(name, *at, f"{float(f(*map(mpmath.mpf, at))):.17g}", sep=",")
