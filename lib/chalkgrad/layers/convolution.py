"""Convolution: one small filter, slid over the whole image, asking the same question everywhere.

The clear form is five loops around a dot product (`conv_forward_naive`). The fast form lays every patch out as a column
(`im2col`), after which the convolution is one matrix product, the thing that computers do best. Backward is the same product
turned round, and the columns folded back (`col2im`), where overlapping patches add.
"""

import math

from chalkgrad import _expect
from chalkgrad.gates import Gate
from chalkgrad.initializers import he, zeros


def conv_output_size(size, filter_size, stride=1, pad=0):
    """Return how many places a filter fits: (size + 2·pad − filter) / stride + 1, rounded down.

    Shapes: ints -> an int.
    Raises: ValueError when the filter does not fit once, or a number is no whole number in range.
    Lecture: 5.
    Source: CS231n notes, convolutional-networks, "Spatial arrangement".
    """
    for name, value, least in (
        ("size", size, 1),
        ("filter_size", filter_size, 1),
        ("stride", stride, 1),
        ("pad", pad, 0),
    ):
        _expect.number(name, value, at_least=least, whole=True)
    if size + 2 * pad < filter_size:
        raise ValueError(f"a filter of size {filter_size} does not fit into {size} pixels with padding {pad}.")
    return (size + 2 * pad - filter_size) // stride + 1


def count_parameters(C, F, HH, WW, bias=True):
    """Return the number of parameters of a convolution: F filters of C · HH · WW weights, and a bias each.

    Shapes: ints -> an int.
    Lecture: 5, 9.
    Source: CS231n notes, convolutional-networks.
    """
    return F * (C * HH * WW + bool(bias))


def im2col(x, HH, WW, stride=1, pad=0):
    """Lay every patch of every image out as a column.

    Shapes: x (N, C, H, W) -> (N, C·HH·WW, H'·W').
    Lecture: 5.
    Source: Chellapilla et al. 2006, "High performance convolutional neural networks for document processing".
    """
    patches = patches_of(x, HH, WW, stride, pad)  # (N, C, HH, WW, H', W')
    N, C, _, _, H_out, W_out = patches.shape
    return patches.reshape((N, C * HH * WW, H_out * W_out))


def patches_of(x, HH, WW, stride=1, pad=0, fill=0.0):
    """Return the patches with their axes apart: entry [n, c, i, j, h, w] is pixel (i, j) of the patch at (h, w).

    Shapes: x (N, C, H, W) -> (N, C, HH, WW, H', W').
    Lecture: 5.
    Source: ours.
    """
    xp = _expect.arrays(x=x)
    N, C, H, W = _expect.shape("x", x, "N", "C", "H", "W")
    H_out, W_out = conv_output_size(H, HH, stride, pad), conv_output_size(W, WW, stride, pad)
    padded = _padded(xp, x, pad, fill)
    patches = xp.empty((N, C, HH, WW, H_out, W_out), dtype=x.dtype, device=x.device)
    # A loop over the few pixels of the filter, not over the many places of the image.
    for i in range(HH):
        for j in range(WW):
            patches[:, :, i, j] = padded[:, :, i : i + stride * H_out : stride, j : j + stride * W_out : stride]
    return patches


def col2im(columns, shape, HH, WW, stride=1, pad=0):
    """Fold columns back into images; where patches overlap, they add. The transpose of `im2col`, not its inverse.

    Shapes: columns (N, C·HH·WW, H'·W'), shape = (N, C, H, W) -> (N, C, H, W).
    Lecture: 5.
    Source: Chellapilla et al. 2006.
    """
    xp = _expect.arrays(columns=columns)
    N, C, H, W = shape
    H_out, W_out = conv_output_size(H, HH, stride, pad), conv_output_size(W, WW, stride, pad)
    patches = columns.reshape((N, C, HH, WW, H_out, W_out))
    padded = xp.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=columns.dtype, device=columns.device)
    for i in range(HH):
        for j in range(WW):
            padded[:, :, i : i + stride * H_out : stride, j : j + stride * W_out : stride] += patches[:, :, i, j]
    return padded[:, :, pad : pad + H, pad : pad + W]


def conv_forward_naive(x, w, b, stride=1, pad=0):
    """Return the convolution by loops: at each place, for each filter, one dot product with the patch and a bias.

    Shapes: x (N, C, H, W), w (F, C, HH, WW), b (F,) -> out (N, F, H', W').
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 5.
    Source: LeCun et al. 1998, "Gradient-based learning applied to document recognition".
    """
    xp, (N, _, H, W), (F, _, HH, WW) = _checked(x, w, b)
    H_out, W_out = conv_output_size(H, HH, stride, pad), conv_output_size(W, WW, stride, pad)
    padded = _padded(xp, x, pad)
    out = xp.zeros((N, F, H_out, W_out), dtype=x.dtype, device=x.device)
    for n in range(N):
        for f in range(F):
            for h in range(H_out):
                for v in range(W_out):
                    patch = padded[n, :, h * stride : h * stride + HH, v * stride : v * stride + WW]  # (C, HH, WW)
                    out[n, f, h, v] = xp.sum(patch * w[f]) + b[f]
    return out


def conv_forward(x, w, b, stride=1, pad=0):
    """Return the convolution as one matrix product over patches laid out as columns, and what backward needs.

    Shapes: x (N, C, H, W), w (F, C, HH, WW), b (F,) -> out (N, F, H', W'), cache.
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 5.
    Source: Chellapilla et al. 2006; CS231n notes, convolutional-networks, "Implementation as matrix multiplication".
    """
    _, (N, _, H, W), (F, _, HH, WW) = _checked(x, w, b)
    columns = im2col(x, HH, WW, stride, pad)  # (N, K, L), K = C·HH·WW, L = H'·W'
    out = w.reshape((F, -1)) @ columns  # (F, K) @ (N, K, L) -> (N, F, L)
    out += b[:, None]
    H_out = conv_output_size(H, HH, stride, pad)
    return out.reshape((N, F, H_out, -1)), (columns, x.shape, w, stride, pad)


def conv_backward(dout, cache):
    """Return the gradients of x, w and b.

    Shapes: dout (N, F, H', W') -> dx (N, C, H, W), dw (F, C, HH, WW), db (F,).
    Lecture: 5.
    Source: LeCun et al. 1998.
    """
    columns, shape, w, stride, pad = cache
    xp = _expect.arrays(dout=dout)
    F, _, HH, WW = w.shape
    d = dout.reshape((dout.shape[0], F, -1))  # (N, F, L)
    dw = xp.sum(d @ xp.matrix_transpose(columns), axis=0).reshape(w.shape)  # (N, F, L) @ (N, L, K)
    dcolumns = w.reshape((F, -1)).T @ d  # (K, F) @ (N, F, L)
    return col2im(dcolumns, shape, HH, WW, stride, pad), dw, xp.sum(d, axis=(0, 2))


class Conv(Gate):
    """A convolutional layer with parameters w (F, C, HH, WW) and b (F,).

    Shapes: forward x (N, C, H, W) -> (N, F, H', W'); backward dout -> dx as x.
    Lecture: 5.
    Source: LeCun et al. 1998.
    """

    def __init__(self, C, F, filter_size, rng, stride=1, pad=0, initializer=he):
        super().__init__()
        self.params = {"w": initializer((F, C, filter_size, filter_size), rng), "b": zeros((F,))}
        self.stride, self.pad = stride, pad

    def forward(self, x):
        out, self.cache = conv_forward(x, self.params["w"], self.params["b"], self.stride, self.pad)
        return out

    def backward(self, dout):
        dx, self.grads["w"], self.grads["b"] = conv_backward(dout, self.cache)
        return dx


def conv_1x1(x, w, b):
    """Return a 1×1 convolution as what it is: at every pixel, the same fully connected layer over the channels.

    It changes the depth, C to F, and leaves height and width alone.

    Shapes: x (N, C, H, W), w (F, C), b (F,) -> (N, F, H, W).
    Raises: ValueError or TypeError when shapes or dtypes do not fit.
    Lecture: 5, 9.
    Source: Lin et al. 2013, "Network in network".
    """
    _expect.arrays(x=x, w=w, b=b)
    N, C, H, W = _expect.shape("x", x, "N", "C", "H", "W")
    F, _ = _expect.shape("w", w, "F", "C", C=C)
    return (w @ x.reshape((N, C, H * W)) + b[:, None]).reshape((N, F, H, W))  # (F, C) @ (N, C, H·W)


def receptive_field(layers):
    """Return how many input pixels, along one side, a unit sees after a stack of (filter_size, stride) layers.

    Shapes: a list of pairs of ints -> an int.
    Lecture: 5, 9.
    Source: Araujo et al. 2019, "Computing receptive fields of convolutional neural networks".
    """
    return 1 + sum((size - 1) * math.prod(s for _, s in layers[:i]) for i, (size, _) in enumerate(layers))


def _checked(x, w, b):
    xp = _expect.arrays(x=x, w=w, b=b)
    _expect.floats(x=x, w=w, b=b)
    sizes = _expect.shape("x", x, "N", "C", "H", "W")
    filters = _expect.shape("w", w, "F", "C", "HH", "WW", C=sizes[1])
    _expect.shape("b", b, "F", F=filters[0])
    return xp, sizes, filters


def _padded(xp, x, pad, fill=0.0):
    if pad == 0:
        return x
    N, C, H, W = x.shape
    padded = xp.full((N, C, H + 2 * pad, W + 2 * pad), fill, dtype=x.dtype, device=x.device)
    padded[:, :, pad : pad + H, pad : pad + W] = x
    return padded
