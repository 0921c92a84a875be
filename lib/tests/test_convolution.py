"""Convolution against torch's, on awkward sizes; im2col and col2im as transposes; what fits where."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from against_torch import PRECISIONS, assert_same_as_torch
from hypothesis import given
from hypothesis import strategies as st

from chalkgrad.gradcheck import EXACT, GRADIENT, gradient_check, relative_error
from chalkgrad.layers import convolution as c

AWKWARD = [  # N, C, H, W, F, HH, WW, stride, pad
    (1, 1, 3, 3, 1, 3, 3, 1, 0),
    (2, 3, 7, 5, 4, 3, 2, 2, 1),
    (3, 2, 6, 9, 5, 1, 1, 1, 0),
    (1, 2, 8, 5, 3, 5, 4, 3, 2),
    (2, 1, 5, 6, 2, 2, 3, 4, 0),
]


def drawn(N, C, H, W, filters, HH, WW, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(N, C, H, W)), rng.normal(size=(filters, C, HH, WW)), rng.normal(size=filters)


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize("sizes", AWKWARD)
def test_convolution_is_torchs(backend, sizes, dtype, tolerance):
    *shape, stride, pad = sizes
    x, w, b = drawn(*shape)
    gate = c.Conv(shape[1], shape[4], 1, np.random.default_rng(0), stride, pad)
    gate.params = {"w": w, "b": b}
    theirs = lambda x, w, b: F.conv2d(x, w, b, stride, pad)  # noqa: E731
    assert_same_as_torch(backend, gate, theirs, x, dtype=dtype, tolerance=tolerance)


@pytest.mark.parametrize("sizes", AWKWARD)
def test_the_loops_say_the_same(backend, sizes):
    *shape, stride, pad = sizes
    x, w, b = (backend(array) for array in drawn(*shape))
    slow = backend.numpy(c.conv_forward_naive(x, w, b, stride, pad))
    assert relative_error(backend.numpy(c.conv_forward(x, w, b, stride, pad)[0]), slow) < EXACT


@given(
    st.integers(1, 2), st.integers(1, 2), st.integers(1, 5), st.integers(1, 6), st.integers(1, 3), st.integers(1, 3),
    st.integers(1, 3), st.integers(0, 2),
)  # fmt: skip
def test_every_gradient_is_the_measured_slope(N, C, H, W, HH, WW, stride, pad):
    if H + 2 * pad < HH or W + 2 * pad < WW:
        return
    x, w, b = drawn(N, C, H, W, 2, HH, WW)
    out, cache = c.conv_forward(x, w, b, stride, pad)
    dout = np.random.default_rng(1).normal(size=out.shape)
    dx, dw, db = c.conv_backward(dout, cache)
    # The map is linear in each argument, so a wide step measures without rounding.
    assert gradient_check(lambda x: c.conv_forward(x, w, b, stride, pad)[0], dx, x, dout, h=1e-2) < GRADIENT
    assert gradient_check(lambda w: c.conv_forward(x, w, b, stride, pad)[0], dw, w, dout, h=1e-2) < GRADIENT
    assert gradient_check(lambda b: c.conv_forward(x, w, b, stride, pad)[0], db, b, dout, h=1e-2) < GRADIENT


@pytest.mark.parametrize("sizes", AWKWARD)
def test_im2col_is_torchs_unfold_and_col2im_its_transpose(sizes):
    N, C, H, W, _, HH, WW, stride, pad = sizes
    x = np.random.default_rng(0).normal(size=(N, C, H, W))
    columns = c.im2col(x, HH, WW, stride, pad)
    theirs = F.unfold(torch.tensor(x), (HH, WW), padding=pad, stride=stride).numpy()
    assert np.array_equal(columns, theirs)
    other = np.random.default_rng(1).normal(size=columns.shape)
    folded = c.col2im(other, x.shape, HH, WW, stride, pad)
    assert abs((columns * other).sum() - (x * folded).sum()) < 1e-9  # ⟨im2col x, y⟩ = ⟨x, col2im y⟩


@given(st.integers(1, 40), st.integers(1, 11), st.integers(1, 5), st.integers(0, 4))
def test_output_sizes_are_torchs(size, filter_size, stride, pad):
    if size + 2 * pad < filter_size:
        with pytest.raises(ValueError, match="does not fit"):
            c.conv_output_size(size, filter_size, stride, pad)
        return
    theirs = F.conv1d(torch.zeros(1, 1, size), torch.zeros(1, 1, filter_size), stride=stride, padding=pad).shape[-1]
    assert c.conv_output_size(size, filter_size, stride, pad) == theirs


def test_the_numbers_of_the_lecture():
    assert c.conv_output_size(32, 5) == 28 and c.conv_output_size(227, 11, stride=4) == 55
    assert c.count_parameters(3, 1, 5, 5) == 76  # 75 products and a bias
    assert c.count_parameters(3, 96, 11, 11, bias=False) == 11 * 11 * 3 * 96
    assert c.receptive_field([(3, 1)] * 3) == c.receptive_field([(7, 1)]) == 7
    assert c.receptive_field([(3, 2), (3, 1)]) == 7


def test_one_by_one_is_a_product_at_every_pixel(backend):
    x, w, b = drawn(2, 3, 4, 5, 6, 1, 1)
    ours = backend.numpy(c.conv_1x1(backend(x), backend(w[:, :, 0, 0]), backend(b)))
    assert relative_error(ours, c.conv_forward(x, w, b)[0]) < EXACT


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (
            lambda: c.conv_forward(np.ones((1, 3, 4, 4)), np.ones((2, 1, 3, 3)), np.ones(2)),
            "`w` has shape .*C must be 3",
        ),
        (
            lambda: c.conv_forward(np.ones((3, 4, 4)), np.ones((2, 3, 3, 3)), np.ones(2)),
            "`x` has shape .*expected 4 axes",
        ),
        (lambda: c.conv_forward(np.ones((0, 3, 4, 4)), np.ones((2, 3, 3, 3)), np.ones(2)), "N must be at least 1"),
        (lambda: c.conv_forward(np.ones((1, 3, 4, 4)), np.ones((2, 3, 3, 3)), np.ones(3)), "`b` has shape"),
        (lambda: c.conv_output_size(5, 3, stride=0), "`stride` is 0; expected a number at least 1"),
        (lambda: c.conv_output_size(5, 3, pad=0.5), "`pad` is 0.5; expected a whole number"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises((ValueError, TypeError), match=says):
        call()
