"""Is this gradient right? Compare it with slopes that are measured rather than derived.

The derivative is a limit, so a computer can always estimate it: nudge one number by ±h and see how far the
function moves. That is slow (two evaluations per number) and slightly wrong, which is why it is never used for
training; it is exactly what one needs to check a formula that is fast and, perhaps, wrong.

This module also holds the project's one definition of "close", which every test and every mark uses.
"""

import math

from chalkgrad import _expect

EXACT = 1e-12
"""float64 against float64: the same mathematics, perhaps in another order."""
GRADIENT = 1e-6
"""float64 against centred differences, h = 1e-5, away from kinks."""
FLOAT32 = 1e-5
"""float32 against float32 or float64, for sums of up to a few thousand terms."""


def relative_error(got, want):
    """Return max|got − want| / max|want|: how far apart two arrays are, on the scale of the right one.

    Where every entry of `want` is zero there is no scale, and the result is max|got|. One scale for the whole array
    rather than one per entry: entries that nearly cancel carry no digits worth comparing.

    Shapes: got, want (any shape, the same) -> float.
    Raises: ValueError when the shapes differ; NaN on either side gives inf.
    Lecture: 3.
    Source: CS231n notes, neural-networks-3, "Gradient checks", where the scale is taken entry by entry.
    """
    xp = _expect.arrays(got=got, want=want)
    if got.shape != want.shape:
        raise ValueError(f"`got` has shape {tuple(got.shape)} and `want` {tuple(want.shape)}; expected the same shape.")
    if math.prod(want.shape) == 0:
        return 0.0
    difference = float(xp.max(xp.abs(got - want)))
    scale = float(xp.max(xp.abs(want))) or 1.0
    # A NaN anywhere must never look close; NaN comparisons are all false, so it is caught here.
    return difference / scale if math.isfinite(difference) and math.isfinite(scale) else math.inf


def numerical_gradient(f, x, dout=None, h=1e-5):
    """Return the gradient of f at x by centred differences, (f(x + h) − f(x − h)) / 2h, one entry at a time.

    When f gives an array rather than a number, `dout` weighs its entries: the result is the gradient of Σ dout·f(x),
    which is what a layer's backward pass returns. x is nudged in place and put back.

    Shapes: x (any), f(x) a number or any shape, dout as f(x) -> gradient as x.
    Raises: TypeError when x is not floating point; ValueError when f gives an array and dout is missing.
    Lecture: 3.
    Source: CS231n notes, optimization-1, "Computing the gradient numerically".
    """
    xp = _expect.arrays(x=x)
    _expect.floats(x=x)
    _expect.number("h", h, above=0)
    gradient = xp.zeros_like(x)
    for index in _every_index(x.shape):
        kept = float(x[index])
        x[index] = kept + h
        above = _weighed(f(x), dout)
        x[index] = kept - h
        below = _weighed(f(x), dout)
        x[index] = kept
        gradient[index] = (above - below) / (2 * h)
    return gradient


def gradient_check(f, gradient, x, dout=None, h=1e-5):
    """Return the relative error between a derived gradient and the measured one; below 1e-6 it is right.

    Do it in float64, at a point away from kinks, on sizes small enough that every entry can be tried.

    Shapes: x (any), gradient as x, dout as f(x) -> float.
    Raises: ValueError when `gradient` has another shape than x.
    Lecture: 3.
    Source: CS231n notes, neural-networks-3, "Gradient checks".
    """
    return relative_error(gradient, numerical_gradient(f, x, dout, h))


def _weighed(value, dout):
    """One number from what f gave; computed in f's own library and only then taken to Python."""
    if dout is not None:
        return float((value * dout).sum())
    if getattr(value, "ndim", 0) != 0:
        raise ValueError(
            f"`f` gives an array of shape {tuple(value.shape)}; pass `dout` to say how its entries are weighed."
        )
    return float(value)


def _every_index(shape):
    """Every index of an array of this shape, in row-major order."""
    if not shape:
        yield ()
        return
    for i in range(shape[0]):
        for rest in _every_index(shape[1:]):
            yield (i, *rest)
