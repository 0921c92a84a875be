"""Penalties against torch's autograd and the measured slope; the projection against its definition."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from chalkgrad.gradcheck import EXACT, FLOAT32, relative_error
from chalkgrad.regularizers import elastic_net, l1, l2, max_norm

TORCH = {l2: lambda W: (W**2).sum(), l1: lambda W: W.abs().sum(), elastic_net: lambda W: (0.5 * W**2 + W.abs()).sum()}


@pytest.mark.parametrize("penalty", TORCH, ids=lambda f: f.__name__)
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, EXACT), (np.float32, FLOAT32)])
@pytest.mark.parametrize("shape", [(1,), (5, 3), (2, 3, 4)])
def test_penalty_and_gradient_are_torchs(backend, penalty, dtype, tolerance, shape):
    W = np.random.default_rng(1).normal(size=shape).astype(dtype)
    R, dW = penalty(backend(W))
    w = torch.tensor(W, requires_grad=True)
    theirs = TORCH[penalty](w)
    theirs.backward()
    assert backend.same_kind(R) and backend.numpy(dW).dtype == dtype
    assert relative_error(np.asarray(backend.numpy(R)), theirs.detach().numpy()) < tolerance
    assert relative_error(backend.numpy(dW), w.grad.numpy()) < tolerance


def test_the_notes_two_weight_vectors():
    w1, w2 = np.array([1.0, 0, 0, 0]), np.full(4, 0.25)
    assert (l2(w1)[0], l2(w2)[0]) == (1.0, 0.25)
    assert l1(w1)[0] == l1(w2)[0] == 1.0, "the notes say that L1 prefers w1; it does not"


def test_l1_leaves_a_zero_weight_alone():
    assert l1(np.array([0.0, -2.0]))[1].tolist() == [0.0, -1.0]


@given(st.integers(1, 5), st.integers(1, 6), st.floats(0.01, 5), st.integers(0, 2**32 - 1))
def test_max_norm_shortens_long_columns_and_no_others(D, C, limit, seed):
    W = np.random.default_rng(seed).normal(size=(D, C))
    out = max_norm(W, limit)
    before, after = np.linalg.norm(W, axis=0), np.linalg.norm(out, axis=0)
    assert relative_error(after, np.minimum(before, limit)) < EXACT
    assert relative_error(out * before, W * after) < EXACT  # the direction stays
    assert relative_error(max_norm(out, limit), out) < EXACT  # once is enough


def test_max_norm_on_every_backend(backend):
    W = np.array([[3.0, 0.0, 0.3], [4.0, 0.0, 0.4]])
    out = backend.numpy(max_norm(backend(W), 1.0))
    assert relative_error(out, np.array([[0.6, 0.0, 0.3], [0.8, 0.0, 0.4]])) < EXACT


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: l2([1.0]), TypeError, "`W` is a list"),
        (lambda: l1(np.ones(3, dtype=int)), TypeError, "`W` has dtype int64"),
        (lambda: elastic_net(np.ones(3), beta=-1), ValueError, "`beta` is -1; expected a number at least 0"),
        (lambda: elastic_net(np.ones(3), beta="much"), TypeError, "`beta` is 'much'; expected a number"),
        (lambda: max_norm(np.ones(3), 1.0), ValueError, "expected 2 axes, (D, C)"),
        (lambda: max_norm(np.ones((3, 2)), 0), ValueError, "`limit` is 0; expected a number above 0"),
    ],
)
def test_bad_input_gets_one_sentence(call, error, says):
    with pytest.raises(error) as told:
        call()
    assert says in str(told.value)
