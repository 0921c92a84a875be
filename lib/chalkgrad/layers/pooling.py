"""Pooling: make the picture smaller by keeping the largest, or the mean, of each window. No parameters, no change of depth."""

from chalkgrad import _expect
from chalkgrad.gates import Gate
from chalkgrad.layers.convolution import col2im, patches_of


def max_pool_forward(x, size=2, stride=None):
    """Return the largest entry of each window, and which one it was; at a tie, the first.

    Windows that would stick out are left away. Without a stride, windows do not overlap.

    Shapes: x (N, C, H, W) -> out (N, C, H', W'), cache.
    Raises: ValueError when x is not (N, C, H, W) or the window does not fit.
    Lecture: 5.
    Source: Scherer et al. 2010, "Evaluation of pooling operations in convolutional architectures".
    """
    stride = size if stride is None else stride
    windows = _windows(x, size, stride)  # (N, C, size², H', W')
    xp = _expect.arrays(x=x)
    return xp.max(windows, axis=2), (xp.argmax(windows, axis=2), x.shape, size, stride)


def max_pool_backward(dout, cache):
    """Route each gradient to the entry that was the largest; where windows overlap, gradients add.

    Shapes: dout (N, C, H', W') -> dx (N, C, H, W).
    Lecture: 5.
    Source: CS231n notes, convolutional-networks, "Pooling layer".
    """
    winner, shape, size, stride = cache
    xp = _expect.arrays(dout=dout)
    places = xp.arange(size * size, device=dout.device)[:, None, None]  # (size², 1, 1)
    routed = xp.where(winner[:, :, None] == places, dout[:, :, None], xp.zeros_like(dout[:, :, None]))
    return col2im(routed, shape, size, size, stride)


def average_pool_forward(x, size=2, stride=None):
    """Return the mean of each window, and what backward needs.

    Shapes: x (N, C, H, W) -> out (N, C, H', W'), cache.
    Raises: ValueError when x is not (N, C, H, W) or the window does not fit.
    Lecture: 5.
    Source: LeCun et al. 1998, "Gradient-based learning applied to document recognition".
    """
    stride = size if stride is None else stride
    return _expect.arrays(x=x).mean(_windows(x, size, stride), axis=2), (x.shape, size, stride)


def average_pool_backward(dout, cache):
    """Share each gradient equally among its window.

    Shapes: dout (N, C, H', W') -> dx (N, C, H, W).
    Lecture: 5.
    Source: LeCun et al. 1998.
    """
    shape, size, stride = cache
    xp = _expect.arrays(dout=dout)
    N, C, H_out, W_out = dout.shape
    shared = xp.broadcast_to(dout[:, :, None] / (size * size), (N, C, size * size, H_out, W_out))
    return col2im(shared, shape, size, size, stride)


class MaxPool(Gate):
    """Max pooling as a gate.

    Shapes: x (N, C, H, W) -> (N, C, H', W'); dout -> dx as x.
    Lecture: 5.
    Source: Scherer et al. 2010.
    """

    def __init__(self, size=2, stride=None):
        super().__init__()
        self.size, self.stride = size, stride

    def forward(self, x):
        out, self.cache = max_pool_forward(x, self.size, self.stride)
        return out

    def backward(self, dout):
        return max_pool_backward(dout, self.cache)


class AveragePool(Gate):
    """Average pooling as a gate.

    Shapes: x (N, C, H, W) -> (N, C, H', W'); dout -> dx as x.
    Lecture: 5.
    Source: LeCun et al. 1998.
    """

    def __init__(self, size=2, stride=None):
        super().__init__()
        self.size, self.stride = size, stride

    def forward(self, x):
        out, self.cache = average_pool_forward(x, self.size, self.stride)
        return out

    def backward(self, dout):
        return average_pool_backward(dout, self.cache)


def _windows(x, size, stride):
    """The windows with their pixels in one axis, (N, C, size², H', W')."""
    _expect.arrays(x=x)
    _expect.floats(x=x)
    patches = patches_of(x, size, size, stride)  # (N, C, size, size, H', W')
    N, C, _, _, H_out, W_out = patches.shape
    return patches.reshape((N, C, size * size, H_out, W_out))
