"""The ruler itself: relative error, numerical gradients, and how small a bug they can tell."""

import math

import numpy as np
import pytest
import torch

from chalkgrad.gradcheck import EXACT, GRADIENT, gradient_check, numerical_gradient, relative_error


def test_relative_error_is_on_the_scale_of_the_right_answer():
    assert relative_error(np.array([1.0, 2.2]), np.array([1.0, 2.0])) == pytest.approx(0.1)
    assert relative_error(np.array([0.5]), np.array([0.0])) == 0.5
    assert relative_error(np.array([1e-9, 1.0]), np.array([0.0, 1.0])) == 1e-9
    assert relative_error(np.zeros(0), np.zeros(0)) == 0


@pytest.mark.parametrize("odd", [np.nan, np.inf])
def test_what_is_not_finite_is_never_close(odd):
    assert relative_error(np.array([odd, 1.0]), np.ones(2)) == math.inf
    assert relative_error(np.ones(2), np.array([odd, 1.0])) == math.inf


def test_shapes_must_agree():
    with pytest.raises(ValueError, match=r"`got` has shape \(3, 1\) and `want` \(3,\)"):
        relative_error(np.ones((3, 1)), np.ones(3))


def test_numerical_gradient_of_a_number_and_of_an_array(backend):
    x = backend(np.random.default_rng(0).normal(size=(2, 3)))
    before = backend.numpy(x).copy()
    cubes = backend.numpy(numerical_gradient(lambda x: (x**3).sum(), x))
    assert relative_error(cubes, 3 * before**2) < GRADIENT
    dout = backend(np.random.default_rng(1).normal(size=(2, 3)))
    weighed = backend.numpy(numerical_gradient(lambda x: x**3, x, dout))
    assert relative_error(weighed, 3 * before**2 * backend.numpy(dout)) < GRADIENT
    assert np.array_equal(backend.numpy(x), before), "x must be put back"


def test_a_scalar_has_a_gradient_too():
    assert abs(numerical_gradient(lambda x: x * x, np.array(3.0)) - 6) < GRADIENT


def test_a_small_bug_is_caught_and_a_right_gradient_passes():
    x = np.random.default_rng(2).normal(size=(4, 5))
    right = np.cos(x)
    assert gradient_check(lambda x: np.sin(x).sum(), right, x) < GRADIENT
    assert gradient_check(lambda x: np.sin(x).sum(), right * 1.00001, x) > GRADIENT


def test_it_agrees_with_torchs_own_check():
    x = torch.randn(3, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(0), requires_grad=True)
    assert torch.autograd.gradcheck(torch.tanh, (x,))
    torch.tanh(x).sum().backward()
    with torch.no_grad():
        assert gradient_check(lambda x: torch.tanh(x).sum(), x.grad, x.clone()) < GRADIENT
    assert EXACT < GRADIENT


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: numerical_gradient(lambda x: x, np.ones(2)), ValueError, "pass `dout`"),
        (lambda: numerical_gradient(lambda x: x.sum(), np.ones(2, dtype=int)), TypeError, "`x` has dtype int64"),
        (lambda: numerical_gradient(lambda x: x.sum(), np.ones(2), h=0), ValueError, "`h` is 0"),
    ],
)
def test_bad_input_gets_one_sentence(call, error, says):
    with pytest.raises(error, match=says):
        call()
