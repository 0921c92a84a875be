"""Normalization: make the activations zero-mean and unit-variance, then let the network undo it where it wants to.

Batch, layer, group and spatial norm are one idea. They differ only in *which entries share a mean*: all examples (batch), all
features of one example (layer), some channels of one example (group), all examples and pixels of a channel (spatial).
"""

import math

from chalkgrad import _expect
from chalkgrad.gates import Gate
from chalkgrad.initializers import zeros


def normalize_forward(x, axes, eps=1e-5):
    """Return x with mean 0 and variance 1 over the given axes, and what backward needs; the variance divides by n.

    Shapes: x (any), axes a tuple -> xhat as x, cache = (xhat, 1/std, mean, var), the last three with length-1 axes.
    Raises: TypeError when x is not floating point; ValueError when eps is negative.
    Lecture: 6, 7.
    Source: Ioffe & Szegedy 2015, "Batch normalization".
    """
    xp = _expect.arrays(x=x)
    _expect.floats(x=x)
    _expect.number("eps", eps, at_least=0)
    mean = xp.mean(x, axis=axes, keepdims=True)
    centred = x - mean
    var = xp.mean(centred * centred, axis=axes, keepdims=True)
    scale = 1 / xp.sqrt(var + eps)  # eps stands inside the root: a constant feature divides by √eps, not by 0
    xhat = centred * scale
    return xhat, (xhat, scale, mean, var)


def normalize_backward(dxhat, cache, axes):
    """Return dx in closed form: take from dxhat its mean, and its part along xhat, and scale.

    Shapes: dxhat as x -> dx as x.
    Lecture: 6.
    Source: Ioffe & Szegedy 2015, section 3, simplified.
    """
    xhat, scale, _, _ = cache
    xp = _expect.arrays(dxhat=dxhat)
    mean_d = xp.mean(dxhat, axis=axes, keepdims=True)
    along = xp.mean(dxhat * xhat, axis=axes, keepdims=True)
    return scale * (dxhat - mean_d - xhat * along)


def normalize_backward_staged(dxhat, x, cache, axes):
    """Return the same dx node by node, through the graph: centre, square, mean, root, reciprocal, product.

    Shapes: dxhat, x as each other -> dx as x.
    Lecture: 6.
    Source: CS231n lecture 6; the staged form that the closed one is derived from.
    """
    _, scale, mean, _ = cache
    xp = _expect.arrays(dxhat=dxhat, x=x)
    n = math.prod(x.shape) // math.prod(mean.shape)  # the number of entries that share a mean
    centred = x - mean
    # xhat = centred · scale: a product, so each factor gets the gradient times the other.
    dcentred = dxhat * scale
    dscale = xp.sum(dxhat * centred, axis=axes, keepdims=True)
    # scale = (var + eps)^(−1/2)
    dvar = -0.5 * scale**3 * dscale
    # var = mean(centred²): every entry gets its share
    dcentred = dcentred + 2 * centred * dvar / n
    # centred = x − mean: x goes straight on, the mean collects the rest and hands it out equally
    return dcentred - xp.sum(dcentred, axis=axes, keepdims=True) / n


class _Norm(Gate):
    """What all four have in common: normalize over some axes, then scale by γ and shift by β, one pair a feature."""

    def __init__(self, features, eps):
        super().__init__()
        self.eps = eps
        self.params = {"gamma": zeros((features,)) + 1.0, "beta": zeros((features,))}

    def _per_feature(self, param, x):
        """γ or β lined up with the feature axis 1."""
        return param.reshape((1, -1) + (1,) * (x.ndim - 2))

    def _scaled(self, xhat):
        self.xhat = xhat
        return self._per_feature(self.params["gamma"], xhat) * xhat + self._per_feature(self.params["beta"], xhat)

    def _back_to_xhat(self, dout):
        xp = _expect.arrays(dout=dout)
        others = tuple(axis for axis in range(dout.ndim) if axis != 1)
        self.grads["gamma"] = xp.sum(dout * self.xhat, axis=others)
        self.grads["beta"] = xp.sum(dout, axis=others)
        return dout * self._per_feature(self.params["gamma"], dout)


class BatchNorm(_Norm):
    """Batch normalization: each feature over the batch (and, for images, over all pixels: spatial batch norm).

    While training the batch's own mean and variance are used, and running averages are kept: running = momentum · running
    + (1 − momentum) · batch. At test time the running averages are used, so that an example does not depend on its neighbours.

    Shapes: x (N, D) or (N, C, H, W) -> as x; params gamma, beta (D,) or (C,).
    Raises: ValueError when x has another number of features.
    Lecture: 6, 7.
    Source: Ioffe & Szegedy 2015, "Batch normalization". The running variance divides by N, as in CS231n; torch's by N − 1.
    """

    def __init__(self, features, momentum=0.9, eps=1e-5):
        super().__init__(features, eps)
        self.momentum = _expect.number("momentum", momentum, at_least=0, at_most=1)
        self.buffers = {"running_mean": zeros((features,)), "running_var": zeros((features,)) + 1.0}

    def forward(self, x):
        _feature_axis(x, self.params["gamma"].shape[0])
        self.axes = tuple(axis for axis in range(x.ndim) if axis != 1)
        running = self.buffers
        if not self.training:
            xp = _expect.arrays(x=x)
            self.scale = self._per_feature(1 / xp.sqrt(running["running_var"] + self.eps), x)
            self.cache = None
            return self._scaled((x - self._per_feature(running["running_mean"], x)) * self.scale)
        xhat, self.cache = normalize_forward(x, self.axes, self.eps)
        _, _, mean, var = self.cache
        keep = self.momentum
        running["running_mean"] = keep * running["running_mean"] + (1 - keep) * mean.reshape((-1,))
        running["running_var"] = keep * running["running_var"] + (1 - keep) * var.reshape((-1,))
        return self._scaled(xhat)

    def backward(self, dout):
        dxhat = self._back_to_xhat(dout)
        # At test time mean and variance are constants: nothing flows through them.
        return dxhat * self.scale if self.cache is None else normalize_backward(dxhat, self.cache, self.axes)


class LayerNorm(_Norm):
    """Layer normalization: each example over its own features; train and test are the same.

    Shapes: x (N, D) -> as x; params gamma, beta (D,).
    Raises: ValueError when x is not (N, D).
    Lecture: 6.
    Source: Ba et al. 2016, "Layer normalization".
    """

    def __init__(self, features, eps=1e-5):
        super().__init__(features, eps)

    def forward(self, x):
        _expect.shape("x", x, "N", "D", D=self.params["gamma"].shape[0])
        xhat, self.cache = normalize_forward(x, (1,), self.eps)
        return self._scaled(xhat)

    def backward(self, dout):
        return normalize_backward(self._back_to_xhat(dout), self.cache, (1,))


class GroupNorm(_Norm):
    """Group normalization: each example over a group of its channels and all their pixels.

    Shapes: x (N, C, H, W) -> as x; params gamma, beta (C,).
    Raises: ValueError when the channels do not divide into the groups.
    Lecture: 6.
    Source: Wu & He 2018, "Group normalization".
    """

    def __init__(self, features, groups, eps=1e-5):
        super().__init__(features, eps)
        if features % _expect.number("groups", groups, at_least=1, whole=True):
            raise ValueError(f"{features} channels do not divide into {groups} groups of equal size.")
        self.groups = groups

    def _grouped(self, x):
        return x.reshape((x.shape[0], self.groups, -1))  # (N, G, C/G · H · W)

    def forward(self, x):
        _expect.shape("x", x, "N", "C", "H", "W", C=self.params["gamma"].shape[0])
        xhat, self.cache = normalize_forward(self._grouped(x), (2,), self.eps)
        return self._scaled(xhat.reshape(x.shape))

    def backward(self, dout):
        dxhat = self._back_to_xhat(dout)
        return normalize_backward(self._grouped(dxhat), self.cache, (2,)).reshape(dout.shape)


def _feature_axis(x, features):
    _expect.arrays(x=x)
    if x.ndim not in (2, 4) or x.shape[1] != features or x.shape[0] == 0:
        raise ValueError(
            f"`x` has shape {tuple(x.shape)}; expected (N, {features}) or (N, {features}, H, W) with N at least 1."
        )
