"""Gates: the smallest parts of a computation, each of which knows its own derivative.

A gate goes both ways. `forward` computes, and keeps what it will need; `backward` takes the gradient that arrives at the output
(`dout`, how much the loss changes with each output) and hands back the gradient of each input. Nothing else is needed to
differentiate anything: `Multiply` and a residual network have the same two methods.
"""

from chalkgrad import _expect


class Gate:
    """The shape that every gate, layer and network of the library has.

    `params` and `grads` are dicts of arrays under the same names, `buffers` holds what is kept but not learned (running averages);
    `training` tells train from test, where there is a difference.

    Shapes: forward(*inputs) -> output; backward(dout as output) -> the inputs' gradients, each as its input.
    Lecture: 4.
    Source: CS231n notes, optimization-2, "Modularity".
    """

    def __init__(self):
        self.params, self.grads, self.buffers = {}, {}, {}
        self.training = True

    def __call__(self, *inputs):
        return self.forward(*inputs)

    def forward(self, *inputs):
        raise NotImplementedError(f"{type(self).__name__} must compute its output")

    def backward(self, dout):
        raise NotImplementedError(f"{type(self).__name__} must hand back its inputs' gradients")

    def to(self, like):
        """Move parameters and buffers to the library, device and dtype of the array `like`; return the gate."""
        xp = _expect.arrays(like=like)
        for kept in (self.params, self.buffers):
            for name, array in kept.items():
                plain = array.detach().cpu().numpy() if hasattr(array, "detach") else array
                kept[name] = xp.asarray(plain, dtype=like.dtype, device=like.device)
        return self

    def state(self):
        """All that makes the gate what it is, by name: parameters and buffers."""
        return {**self.params, **self.buffers}

    def load(self, state):
        """Take over parameters and buffers from a state; each must be there, in its shape."""
        for kept in (self.params, self.buffers):
            for name, now in kept.items():
                if name not in state or tuple(state[name].shape) != tuple(now.shape):
                    got = "is missing" if name not in state else f"has shape {tuple(state[name].shape)}"
                    raise ValueError(f"`{name}` {got} in what is loaded; expected shape {tuple(now.shape)}.")
                kept[name] = state[name]
        return self


class Add(Gate):
    """x + y: the distributor. Both inputs receive the gradient as it came.

    Shapes: x, y (any, the same) -> as x; dout -> dx, dy.
    Lecture: 4.
    Source: CS231n notes, optimization-2, "Patterns in backward flow".
    """

    def forward(self, x, y):
        _same_shape(x, y)
        return x + y

    def backward(self, dout):
        return dout, dout


class Multiply(Gate):
    """x · y: the switcher. Each input receives the gradient times the *other* input.

    Shapes: x, y (any, the same) -> as x; dout -> dx, dy.
    Lecture: 4.
    Source: CS231n notes, optimization-2, "Patterns in backward flow".
    """

    def forward(self, x, y):
        _same_shape(x, y)
        self.x, self.y = x, y  # must be kept before anything is returned
        return x * y

    def backward(self, dout):
        return self.y * dout, self.x * dout


class Max(Gate):
    """max(x, y): the router. The larger input receives the whole gradient, the other none; at a tie, x receives it.

    Shapes: x, y (any, the same) -> as x; dout -> dx, dy.
    Lecture: 4.
    Source: CS231n notes, optimization-2, "Patterns in backward flow".
    """

    def forward(self, x, y):
        xp = _same_shape(x, y)
        self.first = x >= y
        return xp.where(self.first, x, y)

    def backward(self, dout):
        xp = _expect.arrays(dout=dout)
        nothing = xp.zeros_like(dout)
        return xp.where(self.first, dout, nothing), xp.where(self.first, nothing, dout)


class Copy(Gate):
    """One value that goes two ways; on the way back the gradients of the branches add.

    Shapes: x (any) -> x, x; (dout1, dout2) as x -> dx.
    Lecture: 4.
    Source: CS231n notes, optimization-2, "Gradients add up at forks".
    """

    def forward(self, x):
        return x, x

    def backward(self, douts):
        first, second = douts
        return first + second


class Scale(Gate):
    """c · x for a constant c.

    Shapes: x (any) -> as x; dout -> dx.
    Lecture: 4.
    Source: CS231n notes, optimization-2.
    """

    def __init__(self, c):
        super().__init__()
        self.c = c

    def forward(self, x):
        return self.c * x

    def backward(self, dout):
        return self.c * dout


class Shift(Gate):
    """x + c for a constant c: the gradient passes unchanged.

    Shapes: x (any) -> as x; dout -> dx.
    Lecture: 4.
    Source: CS231n notes, optimization-2.
    """

    def __init__(self, c):
        super().__init__()
        self.c = c

    def forward(self, x):
        return x + self.c

    def backward(self, dout):
        return dout


class Exp(Gate):
    """eˣ, which is its own derivative: the output is kept, not the input.

    Shapes: x (any) -> as x; dout -> dx.
    Lecture: 4.
    Source: CS231n notes, optimization-2.
    """

    def forward(self, x):
        self.out = _expect.arrays(x=x).exp(x)
        return self.out

    def backward(self, dout):
        return self.out * dout


class Reciprocal(Gate):
    """1 / x, with slope −1 / x².

    Shapes: x (any, no zeros) -> as x; dout -> dx.
    Raises: ValueError where an entry of x is 0.
    Lecture: 4.
    Source: CS231n notes, optimization-2.
    """

    def forward(self, x):
        xp = _expect.arrays(x=x)
        if bool(xp.any(x == 0)):
            raise ValueError("`x` has an entry that is 0; its reciprocal does not exist.")
        self.out = 1 / x
        return self.out

    def backward(self, dout):
        return -self.out * self.out * dout


class Sigmoid(Gate):
    """1 / (1 + e⁻ˣ) as one gate: its slope is σ(1 − σ), at most ¼.

    Shapes: x (any) -> as x; dout -> dx.
    Lecture: 4, 6.
    Source: CS231n notes, optimization-2, "Sigmoid example"; neural-networks-1.
    """

    def forward(self, x):
        xp = _expect.arrays(x=x)
        _expect.floats(x=x)
        # e to the minus |x| never overflows; which half of the formula is used depends on the sign.
        small = xp.exp(-xp.abs(x))
        self.out = xp.where(x >= 0, 1 / (1 + small), small / (1 + small))
        return self.out

    def backward(self, dout):
        return self.out * (1 - self.out) * dout


def _same_shape(x, y):
    xp = _expect.arrays(x=x, y=y)
    if x.shape != y.shape:
        raise ValueError(f"`x` has shape {tuple(x.shape)} and `y` {tuple(y.shape)}; expected the same shape.")
    return xp
