"""Layers in a row, as one gate; and a network, which is such a row with a loss and a penalty at the end."""

from chalkgrad import _expect
from chalkgrad.gates import Gate
from chalkgrad.losses import softmax_loss
from chalkgrad.regularizers import l2


class Sequential(Gate):
    """Named layers, run in order and back in the opposite order; `params` and `grads` gather theirs as "name.w".

    Shapes: forward x -> the last layer's output; backward dout -> dx as x.
    Raises: ValueError when two layers have one name.
    Lecture: 4.
    Source: ours.
    """

    def __init__(self, *named):
        self.layers = dict(named)
        if len(self.layers) < len(named):
            raise ValueError("two layers have the same name; names must differ, for parameters are found by them.")
        self._training = True

    @property
    def params(self):
        """All parameters by "layer.name": the very arrays that the layers use."""
        return self._gathered("params")

    @property
    def grads(self):
        """All gradients by "layer.name", as the last backward left them."""
        return self._gathered("grads")

    @property
    def buffers(self):
        """All buffers by "layer.name"."""
        return self._gathered("buffers")

    def _gathered(self, what):
        return {
            f"{name}.{key}": array for name, layer in self.layers.items() for key, array in getattr(layer, what).items()
        }

    @property
    def training(self):
        """Whether layers that differ in training (norm, dropout) behave as in training."""
        return self._training

    @training.setter
    def training(self, value):
        self._training = value
        for layer in self.layers.values():
            layer.training = value

    def to(self, like):
        for layer in self.layers.values():
            layer.to(like)
        return self

    def load(self, state):
        for name, layer in self.layers.items():
            prefix = f"{name}."
            try:
                layer.load({key.removeprefix(prefix): array for key, array in state.items() if key.startswith(prefix)})
            except ValueError as told:
                raise ValueError(f"in layer `{name}`: {told}") from told
        return self

    def forward(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def backward(self, dout):
        for layer in reversed(self.layers.values()):
            dout = layer.backward(dout)
        return dout


class Flatten(Gate):
    """Stretch each example into a row.

    Shapes: x (N, …) -> (N, D); dout -> dx as x.
    Lecture: 5.
    Source: ours.
    """

    def forward(self, x):
        self.shape = x.shape
        return x.reshape((x.shape[0], -1))

    def backward(self, dout):
        return dout.reshape(self.shape)


class Classifier(Sequential):
    """A row of layers whose output are class scores, with a loss and an L2 penalty on every weight named "w".

    Shapes: loss(x (N, …), y (N,)) -> loss (), grads; predict(x) -> (N,).
    Raises: ValueError when reg is negative, or shapes and labels do not fit.
    Lecture: 3, 4.
    Source: ours.
    """

    def __init__(self, *named, reg=0.0, data_loss=softmax_loss):
        super().__init__(*named)
        self.reg, self.data_loss = _expect.number("reg", reg, at_least=0), data_loss

    def loss(self, x, y):
        """Return the objective on a batch and the gradient of every parameter."""
        loss, dscores = self.data_loss(self.forward(x), y)
        self.backward(dscores)
        grads = self.grads
        if self.reg:
            for key, w in self.params.items():
                if key.endswith("w"):
                    R, dw = l2(w)
                    loss, grads[key] = loss + self.reg * R, grads[key] + self.reg * dw
        return loss, grads

    def scores(self, x):
        """Return the class scores as at test time."""
        before, self.training = self.training, False
        out = self.forward(x)
        self.training = before
        return out

    def predict(self, x):
        """Return the class with the highest score."""
        return _expect.arrays(x=x).argmax(self.scores(x), axis=1)
