"""Pooling against torch's: overlapping windows, sizes that do not divide, ties."""

import numpy as np
import pytest
import torch.nn.functional as F
from against_torch import PRECISIONS, assert_same_as_torch

from chalkgrad.layers import pooling as p

CASES = [
    ((2, 3, 6, 4), 2, None),
    ((1, 1, 5, 7), 2, None),
    ((2, 2, 7, 9), 3, 2),
    ((3, 1, 4, 5), 2, 1),
    ((1, 2, 8, 5), 2, 3),
]


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize(("shape", "size", "stride"), CASES)
@pytest.mark.parametrize(("kind", "theirs"), [(p.MaxPool, F.max_pool2d), (p.AveragePool, F.avg_pool2d)])
def test_pooling_is_torchs(backend, kind, theirs, shape, size, stride, dtype, tolerance):
    x = np.random.default_rng(0).normal(size=shape)
    assert_same_as_torch(
        backend, kind(size, stride), lambda x: theirs(x, size, stride), x, dtype=dtype, tolerance=tolerance
    )


def test_at_a_tie_the_first_entry_receives_the_gradient(backend):
    gate = p.MaxPool()
    gate(backend(np.ones((1, 1, 2, 4))))
    dx = backend.numpy(gate.backward(backend(np.array([[[[3.0, 5.0]]]]))))
    assert dx[0, 0].tolist() == [[3, 0, 5, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("x", "says"),
    [
        (np.ones((2, 3, 4)), "expected 4 axes"),
        (np.ones((1, 1, 1, 5)), "does not fit"),
        (np.ones((1, 1, 2, 2), int), "dtype"),
    ],
)
def test_bad_input_gets_one_sentence(x, says):
    with pytest.raises((ValueError, TypeError), match=says):
        p.MaxPool()(x)
