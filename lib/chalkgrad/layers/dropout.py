"""Dropout: in training, silence units at random, so that none can rely on another.

`keep` is the probability with which a unit *stays*. In the lecture's form the outputs are multiplied by `keep` at test time; the
inverted form divides by `keep` in training instead and leaves the test alone. On average both give the next layer the same.
"""

from chalkgrad import _expect
from chalkgrad.gates import Gate


class Dropout(Gate):
    """Dropout with either scaling; the random generator is an argument.

    Shapes: x (any) -> as x; dout -> dx.
    Raises: ValueError when keep is not above 0 and at most 1.
    Lecture: 7.
    Source: Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting".
    """

    def __init__(self, keep, rng, inverted=True):
        super().__init__()
        self.keep = _expect.number("keep", keep, above=0, at_most=1)
        self.rng, self.inverted = rng, inverted

    def forward(self, x):
        xp = _expect.arrays(x=x)
        _expect.floats(x=x)
        if self.training:
            # Drawn with NumPy wherever x lives: the same generator silences the same units on every device.
            stays = xp.asarray(self.rng.random(tuple(x.shape)) < self.keep, device=x.device)
            self.mask = xp.astype(stays, x.dtype) / (self.keep if self.inverted else 1.0)
        else:
            self.mask = xp.ones_like(x) * (1.0 if self.inverted else self.keep)
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask
