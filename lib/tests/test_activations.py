"""Every activation, both ways, against torch's; saturation and dead units."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from against_torch import PRECISIONS, assert_same_as_torch

from chalkgrad.layers import activations as a

RNG = np.random.default_rng
CASES = {
    "sigmoid": (a.Sigmoid, torch.sigmoid),
    "tanh": (a.Tanh, torch.tanh),
    "relu": (a.ReLU, torch.relu),
    "leaky": (lambda: a.LeakyReLU(0.1), lambda x: F.leaky_relu(x, 0.1)),
    "prelu": (lambda: a.PReLU(0.3), lambda x, alpha: F.prelu(x, alpha)),
    "elu": (lambda: a.ELU(1.7), lambda x: F.elu(x, 1.7)),
    "maxout": (lambda: a.Maxout(4, 3, RNG(5), pieces=3), lambda x, w, b: (x @ w + b[:, None]).max(dim=0).values),
}


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("N", [1, 6])
def test_activations_are_torchs(backend, name, dtype, tolerance, N):
    make, theirs = CASES[name]
    x = 3 * RNG(1).normal(size=(N, 4))
    assert_same_as_torch(backend, make(), theirs, x, dtype=dtype, tolerance=tolerance)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "elu"])
def test_far_out_nothing_overflows(backend, name):
    gate = CASES[name][0]()
    out = backend.numpy(gate(backend(np.array([-1e4, 1e4]))))
    back = backend.numpy(gate.backward(backend(np.ones(2))))
    assert np.isfinite(out).all() and np.isfinite(back).all()


def test_relu_is_closed_at_zero():
    gate = a.ReLU()
    gate(np.array([-1.0, 0.0, 2.0]))
    assert gate.backward(np.array([5.0, 6.0, 7.0])).tolist() == [0.0, 0.0, 7.0]


def test_saturation_and_death_are_measured():
    x = np.array([-9.0, -0.5, 0.5, 9.0])
    assert a.saturated(x, lambda z: 1 - np.tanh(z) ** 2) == 0.5
    assert a.dead_units(np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 2.0]])) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: a.ReLU()(np.ones(3, dtype=int)), "`x` has dtype int64"),
        (lambda: a.LeakyReLU(1.5), "`alpha` is 1.5; expected a number below 1"),
        (lambda: a.ELU(0), "`alpha` is 0; expected a number above 0"),
        (lambda: a.Maxout(4, 3, RNG(0))(np.ones((2, 5))), "D must be 4"),
        (lambda: a.Tanh()([1.0]), "`x` is a list"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises((ValueError, TypeError), match=says):
        call()
