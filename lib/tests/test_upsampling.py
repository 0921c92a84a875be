"""Unpooling as in the lecture's figures, and transposed convolution against torch's."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from against_torch import PRECISIONS, assert_same_as_torch

from chalkgrad.layers import upsampling as u
from chalkgrad.layers.pooling import max_pool_forward

SMALL = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])


def test_the_lectures_figures(backend):
    nearest = backend.numpy(u.unpool_nearest(backend(SMALL)))[0, 0]
    assert nearest.tolist() == [[1, 1, 2, 2], [1, 1, 2, 2], [3, 3, 4, 4], [3, 3, 4, 4]]
    nails = backend.numpy(u.unpool_bed_of_nails(backend(SMALL)))[0, 0]
    assert nails.tolist() == [[1, 0, 2, 0], [0, 0, 0, 0], [3, 0, 4, 0], [0, 0, 0, 0]]
    pooled, cache = max_pool_forward(backend(np.array([[[[1.0, 2, 6, 3], [3, 5, 2, 1], [1, 2, 2, 1], [7, 3, 4, 8]]]])))
    assert backend.numpy(pooled)[0, 0].tolist() == [[5, 6], [7, 8]]
    unpooled = backend.numpy(u.max_unpool(backend(SMALL), cache))[0, 0]
    assert unpooled.tolist() == [[0, 0, 2, 0], [0, 1, 0, 0], [0, 0, 0, 0], [3, 0, 0, 4]]


@pytest.mark.parametrize(
    ("forward", "backward"),
    [(u.unpool_nearest, u.unpool_nearest_backward), (u.unpool_bed_of_nails, u.unpool_bed_of_nails_backward)],
)
@pytest.mark.parametrize("factor", [1, 2, 3])
def test_backward_is_the_transpose(backend, forward, backward, factor):
    x = np.random.default_rng(0).normal(size=(2, 3, 4, 5))
    out = backend.numpy(forward(backend(x), factor))
    dout = np.random.default_rng(1).normal(size=out.shape)
    dx = backend.numpy(backward(backend(dout), factor))
    assert dx.shape == x.shape and abs((out * dout).sum() - (x * dx).sum()) < 1e-9


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize(
    ("shape", "F_", "HH", "WW", "stride", "pad"),
    [
        ((2, 3, 4, 5), 2, 3, 2, 2, 1),
        ((1, 1, 1, 1), 1, 3, 3, 1, 0),
        ((2, 2, 3, 4), 4, 4, 4, 3, 0),
        ((1, 2, 5, 3), 3, 2, 3, 1, 1),
    ],
)
def test_transposed_convolution_is_torchs(backend, shape, F_, HH, WW, stride, pad, dtype, tolerance):
    rng = np.random.default_rng(0)
    gate = u.TransposedConv(shape[1], F_, 1, rng, stride, pad)
    gate.params = {"w": rng.normal(size=(shape[1], F_, HH, WW)), "b": rng.normal(size=F_)}
    theirs = lambda x, w, b: F.conv_transpose2d(x, w, b, stride, pad)  # noqa: E731
    assert_same_as_torch(backend, gate, theirs, rng.normal(size=shape), dtype=dtype, tolerance=tolerance)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: u.unpool_nearest(np.ones((2, 3))), "expected 4 axes"),
        (lambda: u.unpool_nearest(SMALL, 0), "`factor` is 0"),
        (
            lambda: u.max_unpool(np.ones((1, 1, 3, 3)), max_pool_forward(np.ones((1, 1, 4, 4)))[1]),
            "the shape that the pooling gave",
        ),
        (lambda: u.transposed_conv_forward(SMALL, np.ones((2, 1, 3, 3)), np.ones(1)), "C must be 1"),
        (lambda: u.transposed_conv_forward(SMALL, np.ones((1, 1, 1, 1)), np.ones(1), pad=2), "choose a smaller one"),
        (lambda: u.transposed_conv_forward(SMALL, torch.ones(1, 1, 1, 1), np.ones(1)), "different libraries"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises((ValueError, TypeError), match=says):
        call()
