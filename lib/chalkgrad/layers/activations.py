"""Activations: the bend between two linear layers, without which they would be one.

Each has its trouble. Sigmoid and tanh saturate: far from 0 their slope is nothing, and no gradient passes. ReLU does not, but
a unit whose input is negative for every example is dead. The leaky kinds keep a little slope alive.
"""

from chalkgrad import _expect
from chalkgrad.gates import Gate, Sigmoid
from chalkgrad.initializers import he, zeros

__all__ = ["ELU", "LeakyReLU", "Maxout", "PReLU", "ReLU", "Sigmoid", "Tanh", "dead_units", "saturated"]


class Tanh(Gate):
    """tanh x: zero-centred, and flat where |x| is large.

    Shapes: x (any) -> as x; dout -> dx.
    Lecture: 4, 6.
    Source: LeCun et al. 1998, "Efficient backprop".
    """

    def forward(self, x):
        self.out = _floating(x).tanh(x)
        return self.out

    def backward(self, dout):
        return (1 - self.out * self.out) * dout


class ReLU(Gate):
    """max(0, x): cheap, no saturation on the right, dead on the left; the slope at exactly 0 is taken as 0.

    Shapes: x (any) -> as x; dout -> dx.
    Lecture: 4, 6.
    Source: Krizhevsky et al. 2012, "ImageNet classification with deep convolutional neural networks".
    """

    def forward(self, x):
        xp = _floating(x)
        self.open = x > 0
        return xp.where(self.open, x, xp.zeros_like(x))

    def backward(self, dout):
        xp = _expect.arrays(dout=dout)
        return xp.where(self.open, dout, xp.zeros_like(dout))


class LeakyReLU(Gate):
    """max(αx, x) with a small fixed α: a unit on the left side still learns.

    Shapes: x (any) -> as x; dout -> dx.
    Raises: ValueError when alpha is not between 0 and 1.
    Lecture: 4, 6.
    Source: Maas et al. 2013, "Rectifier nonlinearities improve neural network acoustic models".
    """

    def __init__(self, alpha=0.01):
        super().__init__()
        self.alpha = _expect.number("alpha", alpha, at_least=0, below=1)

    def forward(self, x):
        xp = _floating(x)
        self.open = x > 0
        return xp.where(self.open, x, self.alpha * x)

    def backward(self, dout):
        return _expect.arrays(dout=dout).where(self.open, dout, self.alpha * dout)


class PReLU(Gate):
    """max(αx, x) with an α that is learned; one for all units.

    Shapes: x (any) -> as x; dout -> dx, and grads["alpha"] (1,).
    Lecture: 6.
    Source: He et al. 2015, "Delving deep into rectifiers".
    """

    def __init__(self, alpha=0.25):
        super().__init__()
        self.params = {"alpha": zeros((1,)) + alpha}

    def forward(self, x):
        xp = _floating(x)
        self.x = x
        return xp.where(x > 0, x, self.params["alpha"] * x)

    def backward(self, dout):
        xp = _expect.arrays(dout=dout)
        left = xp.where(self.x > 0, xp.zeros_like(dout), dout)  # the part of the gradient that came through α
        self.grads["alpha"] = xp.sum(left * self.x).reshape((1,))
        return xp.where(self.x > 0, dout, self.params["alpha"] * dout)


class ELU(Gate):
    """x on the right, α(eˣ − 1) on the left: smooth at 0, saturating far to the left.

    Shapes: x (any) -> as x; dout -> dx.
    Raises: ValueError when alpha is not positive.
    Lecture: 4, 6.
    Source: Clevert et al. 2015, "Fast and accurate deep network learning by exponential linear units".
    """

    def __init__(self, alpha=1.0):
        super().__init__()
        self.alpha = _expect.number("alpha", alpha, above=0)

    def forward(self, x):
        xp = _floating(x)
        self.open = x > 0
        # The exponential is taken of the left side only: on the right it might overflow, and is not wanted.
        self.left = self.alpha * xp.expm1(xp.where(self.open, xp.zeros_like(x), x))
        return xp.where(self.open, x, self.left)

    def backward(self, dout):
        return _expect.arrays(dout=dout).where(self.open, dout, (self.left + self.alpha) * dout)


class Maxout(Gate):
    """The largest of several affine maps: it learns its own bend, at the price of that many times the weights.

    Shapes: x (N, D) -> (N, M); dout -> dx; params w (K, D, M), b (K, M).
    Raises: ValueError when x is not (N, D).
    Lecture: 4, 6.
    Source: Goodfellow et al. 2013, "Maxout networks".
    """

    def __init__(self, D, M, rng, pieces=2, initializer=he):
        super().__init__()
        import numpy as np

        self.params = {"w": np.stack([initializer((D, M), rng) for _ in range(pieces)]), "b": zeros((pieces, M))}

    def forward(self, x):
        w, b = self.params["w"], self.params["b"]
        xp = _expect.arrays(x=x, w=w)
        _expect.shape("x", x, "N", "D", D=w.shape[1])
        self.x = x
        maps = x @ w + b[:, None, :]  # (N, D) @ (K, D, M) -> (K, N, M)
        self.winner = xp.argmax(maps, axis=0)  # (N, M); the first, at a tie
        return xp.max(maps, axis=0)

    def backward(self, dout):
        w = self.params["w"]
        xp = _expect.arrays(dout=dout)
        nothing = xp.zeros_like(dout)
        routed = xp.stack([xp.where(self.winner == k, dout, nothing) for k in range(w.shape[0])])  # (K, N, M)
        self.grads["w"] = self.x.T @ routed  # (D, N) @ (K, N, M)
        self.grads["b"] = xp.sum(routed, axis=1)
        return xp.sum(routed @ xp.matrix_transpose(w), axis=0)  # (K, N, M) @ (K, M, D) -> (N, D)


def saturated(x, slope, below=0.01):
    """Return the share of entries at which an activation's slope is so small that almost no gradient passes.

    Shapes: x (any), slope maps x to its slopes -> a number from 0 to 1.
    Lecture: 6.
    Source: Glorot & Bengio 2010.
    """
    xp = _floating(x)
    return float(xp.mean(xp.astype(xp.abs(slope(x)) < below, x.dtype)))


def dead_units(out):
    """Return the share of units whose ReLU output is 0 for every example of the batch.

    Shapes: out (N, M) -> a number from 0 to 1.
    Lecture: 6.
    Source: CS231n notes, neural-networks-1, "Commonly used activation functions".
    """
    xp = _floating(out)
    _expect.shape("out", out, "N", "M")
    return float(xp.mean(xp.astype(xp.all(out == 0, axis=0), out.dtype)))


def _floating(x):
    xp = _expect.arrays(x=x)
    _expect.floats(x=x)
    return xp
