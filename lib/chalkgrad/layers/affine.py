"""The fully connected layer: every output looks at every input."""

import math

from chalkgrad import _expect
from chalkgrad.gates import Gate
from chalkgrad.initializers import he, zeros


def affine_forward(x, w, b):
    """Return out = x @ w + b, each example stretched into a row first, and what backward needs.

    Shapes: x (N, d₁, …, dₖ), w (D, M), b (M,), D = d₁ ⋯ dₖ -> out (N, M), cache.
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 4.
    Source: CS231n notes, neural-networks-1.
    """
    _expect.arrays(x=x, w=w, b=b)
    _expect.floats(x=x, w=w, b=b)
    if x.ndim < 2 or x.shape[0] == 0:
        raise ValueError(f"`x` has shape {tuple(x.shape)}; expected at least one example and one feature axis, (N, D).")
    D = math.prod(x.shape[1:])
    _, M = _expect.shape("w", w, "D", "M", D=D)
    _expect.shape("b", b, "M", M=M)
    rows = x.reshape((x.shape[0], D))  # (N, D)
    return rows @ w + b, (x, w)


def affine_backward(dout, cache):
    """Return the gradients of x, w and b.

    Shapes: dout (N, M) -> dx as x, dw (D, M), db (M,).
    Lecture: 4.
    Source: CS231n notes, optimization-2, "Gradients for vectorized operations".
    """
    x, w = cache
    xp = _expect.arrays(dout=dout)
    rows = x.reshape((x.shape[0], w.shape[0]))
    dx = (dout @ w.T).reshape(x.shape)  # (N, M) @ (M, D)
    return dx, rows.T @ dout, xp.sum(dout, axis=0)  # (D, N) @ (N, M); b was added to every row


class Affine(Gate):
    """The fully connected layer as a gate with parameters w and b.

    Shapes: forward x (N, …) -> (N, M); backward dout (N, M) -> dx as x.
    Lecture: 4.
    Source: CS231n notes, neural-networks-1.
    """

    def __init__(self, D, M, rng, initializer=he):
        super().__init__()
        self.params = {"w": initializer((D, M), rng), "b": zeros((M,))}

    def forward(self, x):
        out, self.cache = affine_forward(x, self.params["w"], self.params["b"])
        return out

    def backward(self, dout):
        dx, self.grads["w"], self.grads["b"] = affine_backward(dout, self.cache)
        return dx
