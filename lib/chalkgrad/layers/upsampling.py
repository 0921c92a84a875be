"""Upsampling: from a small map back to a large one. Three fixed ways to unpool, and one that is learned.

A transposed convolution is a convolution's backward pass used forwards: each input number is a weight for a copy of the filter,
laid into the output; where copies overlap, they add.
"""

from chalkgrad import _expect
from chalkgrad.gates import Gate
from chalkgrad.initializers import he, zeros
from chalkgrad.layers.convolution import col2im, im2col
from chalkgrad.layers.pooling import max_pool_backward


def unpool_nearest(x, factor=2):
    """Repeat every entry in a square of factor × factor.

    Shapes: x (N, C, H, W) -> (N, C, H·factor, W·factor).
    Raises: ValueError when x is not (N, C, H, W) or factor is below 1.
    Lecture: 11.
    Source: CS231n lecture 11, "In-network upsampling".
    """
    xp = _images(x, factor)
    return xp.repeat(xp.repeat(x, factor, axis=2), factor, axis=3)


def unpool_nearest_backward(dout, factor=2):
    """Add up the gradients of each square.

    Shapes: dout (N, C, H·factor, W·factor) -> (N, C, H, W).
    Lecture: 11.
    Source: CS231n lecture 11.
    """
    xp = _images(dout, factor)
    N, C, H, W = dout.shape
    return xp.sum(dout.reshape((N, C, H // factor, factor, W // factor, factor)), axis=(3, 5))


def unpool_bed_of_nails(x, factor=2):
    """Put every entry into the upper left corner of its square, and 0 elsewhere.

    Shapes: x (N, C, H, W) -> (N, C, H·factor, W·factor).
    Raises: ValueError when x is not (N, C, H, W) or factor is below 1.
    Lecture: 11.
    Source: CS231n lecture 11, "In-network upsampling".
    """
    xp = _images(x, factor)
    N, C, H, W = x.shape
    out = xp.zeros((N, C, H * factor, W * factor), dtype=x.dtype, device=x.device)
    out[:, :, ::factor, ::factor] = x
    return out


def unpool_bed_of_nails_backward(dout, factor=2):
    """Keep the gradients of the nails.

    Shapes: dout (N, C, H·factor, W·factor) -> (N, C, H, W).
    Lecture: 11.
    Source: CS231n lecture 11.
    """
    _images(dout, factor)
    return dout[:, :, ::factor, ::factor]


def max_unpool(x, pool_cache):
    """Put every entry where the corresponding max pooling found its maximum, and 0 elsewhere.

    Shapes: x (N, C, H', W'), pool_cache from max_pool_forward on (N, C, H, W) -> (N, C, H, W).
    Raises: ValueError when x does not have the shape of the pooling's output.
    Lecture: 11.
    Source: Zeiler & Fergus 2014, "Visualizing and understanding convolutional networks".
    """
    winner = pool_cache[0]
    if tuple(x.shape) != tuple(winner.shape):
        raise ValueError(
            f"`x` has shape {tuple(x.shape)}; expected {tuple(winner.shape)}, the shape that the pooling gave."
        )
    return max_pool_backward(x, pool_cache)


def transposed_conv_forward(x, w, b, stride=1, pad=0):
    """Return the transposed convolution, H' = (H − 1)·stride + HH − 2·pad, and what backward needs.

    Shapes: x (N, C, H, W), w (C, F, HH, WW), b (F,) -> out (N, F, H', W'), cache.
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 11.
    Source: Zeiler et al. 2010, "Deconvolutional networks"; Dumoulin & Visin 2016, "A guide to convolution arithmetic".
    """
    _expect.arrays(x=x, w=w, b=b)
    _expect.floats(x=x, w=w, b=b)
    N, C, H, W = _expect.shape("x", x, "N", "C", "H", "W")
    _, F, HH, WW = _expect.shape("w", w, "C", "F", "HH", "WW", C=C)
    _expect.shape("b", b, "F", F=F)
    size = (N, F, (H - 1) * stride + HH - 2 * pad, (W - 1) * stride + WW - 2 * pad)
    if min(size) < 1:
        raise ValueError(
            f"padding {pad} takes away all of the output, which would have shape {size}; choose a smaller one."
        )
    columns = w.reshape((C, F * HH * WW)).T @ x.reshape((N, C, H * W))  # (K, C) @ (N, C, L)
    out = col2im(columns, size, HH, WW, stride, pad) + b[:, None, None]
    return out, (x, w, stride, pad)


def transposed_conv_backward(dout, cache):
    """Return the gradients of x, w and b: an ordinary convolution of dout, and two sums.

    Shapes: dout (N, F, H', W') -> dx (N, C, H, W), dw (C, F, HH, WW), db (F,).
    Lecture: 11.
    Source: Dumoulin & Visin 2016.
    """
    x, w, stride, pad = cache
    xp = _expect.arrays(dout=dout)
    N, C, H, W = x.shape
    columns = im2col(dout, w.shape[2], w.shape[3], stride, pad)  # (N, K, L)
    dx = (w.reshape((C, -1)) @ columns).reshape(x.shape)  # (C, K) @ (N, K, L)
    dw = xp.sum(x.reshape((N, C, H * W)) @ xp.matrix_transpose(columns), axis=0).reshape(w.shape)
    return dx, dw, xp.sum(dout, axis=(0, 2, 3))


class TransposedConv(Gate):
    """A transposed convolution as a gate with parameters w (C, F, HH, WW) and b (F,).

    Shapes: forward x (N, C, H, W) -> (N, F, H', W'); backward dout -> dx as x.
    Lecture: 11.
    Source: Dumoulin & Visin 2016.
    """

    def __init__(self, C, F, filter_size, rng, stride=1, pad=0, initializer=he):
        super().__init__()
        self.params = {"w": initializer((C, F, filter_size, filter_size), rng), "b": zeros((F,))}
        self.stride, self.pad = stride, pad

    def forward(self, x):
        out, self.cache = transposed_conv_forward(x, self.params["w"], self.params["b"], self.stride, self.pad)
        return out

    def backward(self, dout):
        dx, self.grads["w"], self.grads["b"] = transposed_conv_backward(dout, self.cache)
        return dx


def _images(x, factor):
    xp = _expect.arrays(x=x)
    _expect.shape("x", x, "N", "C", "H", "W")
    _expect.number("factor", factor, at_least=1, whole=True)
    return xp
