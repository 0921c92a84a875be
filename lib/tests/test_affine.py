"""The fully connected layer against torch's."""

import numpy as np
import pytest
import torch
from against_torch import PRECISIONS, assert_same_as_torch
from hypothesis import given
from hypothesis import strategies as st

from chalkgrad.gradcheck import GRADIENT, gradient_check
from chalkgrad.layers.affine import Affine, affine_backward, affine_forward


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize("shape", [(1, 1), (4, 5), (3, 2, 4, 5)])
def test_affine_is_torchs(backend, dtype, tolerance, shape):
    rng = np.random.default_rng(0)
    gate = Affine(int(np.prod(shape[1:])), 3, rng)
    gate.params["b"] = rng.normal(size=3)
    x = rng.normal(size=shape)
    assert_same_as_torch(backend, gate, lambda x, w, b: x.flatten(1) @ w + b, x, dtype=dtype, tolerance=tolerance)


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_every_gradient_is_the_measured_slope(N, D, M, seed):
    rng = np.random.default_rng(seed)
    x, w, b, dout = (rng.normal(size=shape) for shape in ((N, D), (D, M), (M,), (N, M)))
    dx, dw, db = affine_backward(dout, affine_forward(x, w, b)[1])
    assert gradient_check(lambda x: affine_forward(x, w, b)[0], dx, x, dout) < GRADIENT
    assert gradient_check(lambda w: affine_forward(x, w, b)[0], dw, w, dout) < GRADIENT
    assert gradient_check(lambda b: affine_forward(x, w, b)[0], db, b, dout) < GRADIENT


@pytest.mark.parametrize(
    ("x", "w", "b", "says"),
    [
        (np.ones((2, 3)), np.ones((4, 5)), np.ones(5), "`w` has shape (4, 5); expected (3, M): D must be 3"),
        (np.ones((2, 3)), np.ones((3, 5)), np.ones(4), "`b` has shape (4,); expected (5,)"),
        (np.ones((0, 3)), np.ones((3, 5)), np.ones(5), "`x` has shape (0, 3)"),
        (np.ones((2, 3), dtype=np.float32), np.ones((3, 5)), np.ones(5), "mixed precision"),
        (np.ones((2, 3)), torch.ones(3, 5), np.ones(5), "different libraries"),
    ],
)
def test_bad_input_gets_one_sentence(x, w, b, says):
    with pytest.raises((ValueError, TypeError)) as told:
        affine_forward(x, w, b)
    assert says in str(told.value)
