"""Initializers: with which weights does training begin?

All equal, and every unit learns the same. Too small, and the signal dies on its way through ten layers; too large, and every
tanh saturates. The two rules below keep the variance of what flows through a layer about constant.
"""

import math

from chalkgrad import _expect


def zeros(shape, rng=None):
    """Return weights that are all 0: right for biases, wrong for everything else, as no unit differs from the next.

    Shapes: shape -> (*shape).
    Lecture: 6.
    Source: CS231n notes, neural-networks-2, "Weight initialization".
    """
    import numpy as np

    return np.zeros(shape)


def normal(shape, rng, std=0.01):
    """Return weights drawn from a normal distribution with a standard deviation that is given.

    Shapes: shape -> (*shape).
    Raises: ValueError when std is negative.
    Lecture: 6.
    Source: CS231n notes, neural-networks-2.
    """
    _expect.number("std", std, at_least=0)
    return std * rng.standard_normal(shape)


def xavier(shape, rng):
    """Return normal weights with variance 1 / fan_in: right for tanh and for no nonlinearity.

    Shapes: shape, (D, M) or (F, C, HH, WW) -> (*shape).
    Lecture: 6.
    Source: Glorot & Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks", with fan_in alone.
    """
    return normal(shape, rng, math.sqrt(1 / fan_in(shape)))


def he(shape, rng):
    """Return normal weights with variance 2 / fan_in: ReLU silences half of the units, the 2 makes up for it.

    Shapes: shape, (D, M) or (F, C, HH, WW) -> (*shape).
    Lecture: 6.
    Source: He et al. 2015, "Delving deep into rectifiers".
    """
    return normal(shape, rng, math.sqrt(2 / fan_in(shape)))


def fan_in(shape):
    """Return how many numbers each output adds up: D for (D, M), C · HH · WW for (F, C, HH, WW).

    Shapes: shape -> an int.
    Raises: ValueError for a shape with fewer than two axes.
    Lecture: 6.
    Source: Glorot & Bengio 2010.
    """
    if len(shape) < 2:
        raise ValueError(f"weights of shape {tuple(shape)} have no fan-in; expected (D, M) or (F, C, HH, WW).")
    return shape[0] if len(shape) == 2 else math.prod(shape[1:])


def activation_statistics(x, layers, nonlinearity, initializer, rng):
    """Push a batch through equally wide layers and return the mean and standard deviation of the activations after each.

    Shapes: x (N, D), layers a count, nonlinearity maps arrays, initializer(shape, rng) -> means (layers,), stds (layers,).
    Lecture: 6.
    Source: CS231n lecture 6, "Weight initialization".
    """
    import numpy as np

    _, D = _expect.shape("x", x, "N", "D")
    means, stds = [], []
    for _ in range(_expect.number("layers", layers, at_least=1, whole=True)):
        x = nonlinearity(x @ initializer((D, D), rng))
        means.append(float(x.mean()))
        stds.append(float(x.std()))
    return np.array(means), np.array(stds)
