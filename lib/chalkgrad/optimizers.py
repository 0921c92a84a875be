"""Optimizers: what to do with a gradient, in order of increasing memory.

SGD remembers nothing. Momentum remembers where it was going. AdaGrad and RMSProp remember how large the gradients of each weight
have been. Adam remembers both. `step` changes the parameters in place, one dict of arrays by another; the state is kept by name.
"""

from chalkgrad import _expect


class SGD:
    """x ← x − lr · dx.

    Shapes: step(params, grads), dicts of arrays of equal shapes -> None.
    Raises: ValueError when lr is not positive, or a parameter has no gradient of its shape.
    Lecture: 3, 7.
    Source: Robbins & Monro 1951, "A stochastic approximation method".
    """

    def __init__(self, lr=1e-2):
        self.lr = _expect.number("lr", lr, above=0)
        self.state, self.steps = {}, 0

    def step(self, params, grads):
        """Move every parameter one step."""
        self.steps += 1
        for name, x in params.items():
            dx = grads.get(name)
            if dx is None or dx.shape != x.shape:
                got = "no gradient" if dx is None else f"a gradient of shape {tuple(dx.shape)}"
                raise ValueError(
                    f"the parameter `{name}` has shape {tuple(x.shape)} and {got}; expected one of the same shape."
                )
            x += self.update(name, x, dx)

    def update(self, name, x, dx):
        """Return what is added to a parameter."""
        return -self.lr * dx

    def remembered(self, name, x, what="v"):
        """The state kept for a parameter, zeros at first."""
        return self.state.get((name, what), 0 * x)


class Momentum(SGD):
    """v ← ρ v + dx, x ← x − lr · v: a ball that rolls, with friction.

    Shapes: as SGD.
    Raises: ValueError when lr or rho is out of range.
    Lecture: 7.
    Source: Polyak 1964, "Some methods of speeding up the convergence of iteration methods".
    """

    def __init__(self, lr=1e-2, rho=0.9):
        super().__init__(lr)
        self.rho = _expect.number("rho", rho, at_least=0, below=1)

    def update(self, name, x, dx):
        v = self.state[name, "v"] = self.rho * self.remembered(name, x) + dx
        return -self.lr * v


class Nesterov(Momentum):
    """Momentum that looks ahead: the gradient counts once more on top of the velocity that it has just changed.

    Shapes: as SGD.
    Raises: ValueError when lr or rho is out of range.
    Lecture: 7.
    Source: Nesterov 1983; Sutskever et al. 2013, "On the importance of initialization and momentum", in the form that uses dx at x.
    """

    def update(self, name, x, dx):
        v = self.state[name, "v"] = self.rho * self.remembered(name, x) + dx
        return -self.lr * (dx + self.rho * v)


class AdaGrad(SGD):
    """s ← s + dx², x ← x − lr · dx / (√s + eps): steep directions slow down; so, over a long time, does everything.

    Shapes: as SGD.
    Raises: ValueError when lr or eps is out of range.
    Lecture: 7.
    Source: Duchi et al. 2011, "Adaptive subgradient methods for online learning and stochastic optimization".
    """

    def __init__(self, lr=1e-2, eps=1e-7):
        super().__init__(lr)
        self.eps = _expect.number("eps", eps, above=0)

    def update(self, name, x, dx):
        s = self.state[name, "s"] = self.remembered(name, x, "s") + dx * dx
        return -self.lr * dx / (s**0.5 + self.eps)


class RMSProp(AdaGrad):
    """s ← decay · s + (1 − decay) · dx², then as AdaGrad: old gradients fade, so the steps do not die.

    Shapes: as SGD.
    Raises: ValueError when lr, decay or eps is out of range.
    Lecture: 7.
    Source: Tieleman & Hinton 2012, lecture 6.5 of "Neural networks for machine learning".
    """

    def __init__(self, lr=1e-3, decay=0.99, eps=1e-7):
        super().__init__(lr, eps)
        self.decay = _expect.number("decay", decay, at_least=0, below=1)

    def update(self, name, x, dx):
        s = self.state[name, "s"] = self.decay * self.remembered(name, x, "s") + (1 - self.decay) * dx * dx
        return -self.lr * dx / (s**0.5 + self.eps)


class Adam(SGD):
    """A mean of the gradients and a mean of their squares, both corrected for having begun at 0.

    Without the correction (`correct=False`) the two means begin far too small by different factors, and the first steps
    are the wrong size: (1 − β₁)/√(1 − β₂), about three times too long with the usual numbers.

    Shapes: as SGD.
    Raises: ValueError when a number is out of range.
    Lecture: 7.
    Source: Kingma & Ba 2014, "Adam: a method for stochastic optimization".
    """

    def __init__(self, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, correct=True):
        super().__init__(lr)
        self.beta1 = _expect.number("beta1", beta1, at_least=0, below=1)
        self.beta2 = _expect.number("beta2", beta2, at_least=0, below=1)
        self.eps, self.correct = _expect.number("eps", eps, above=0), correct

    def update(self, name, x, dx):
        m = self.state[name, "m"] = self.beta1 * self.remembered(name, x, "m") + (1 - self.beta1) * dx
        s = self.state[name, "s"] = self.beta2 * self.remembered(name, x, "s") + (1 - self.beta2) * dx * dx
        if self.correct:
            m, s = m / (1 - self.beta1**self.steps), s / (1 - self.beta2**self.steps)
        return -self.lr * m / (s**0.5 + self.eps)


class AdamW(Adam):
    """Adam, with the weights shrunk directly rather than by a penalty in the gradient.

    Shapes: as SGD.
    Raises: ValueError when a number is out of range.
    Lecture: 7.
    Source: Loshchilov & Hutter 2019, "Decoupled weight decay regularization".
    """

    def __init__(self, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=1e-2):
        super().__init__(lr, beta1, beta2, eps)
        self.weight_decay = _expect.number("weight_decay", weight_decay, at_least=0)

    def update(self, name, x, dx):
        # The update is computed from the shrunk weights' gradient as it came: the decay never enters m or s.
        return super().update(name, x, dx) - self.lr * self.weight_decay * x
