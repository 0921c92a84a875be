"""Batch, layer, group and spatial norm against torch's, in training and at test time, with random γ and β."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from against_torch import PRECISIONS, assert_same_as_torch, compare

from chalkgrad.gradcheck import EXACT, relative_error
from chalkgrad.layers import normalization as n

RNG = np.random.default_rng
KINDS = {
    "batch": (lambda: n.BatchNorm(5), (7, 5), lambda x, gamma, beta: F.batch_norm(x, None, None, gamma, beta, True)),
    "spatial": (
        lambda: n.BatchNorm(5),
        (3, 5, 4, 2),
        lambda x, gamma, beta: F.batch_norm(x, None, None, gamma, beta, True),
    ),
    "layer": (lambda: n.LayerNorm(5), (7, 5), lambda x, gamma, beta: F.layer_norm(x, (5,), gamma, beta)),
    "layer, one example": (lambda: n.LayerNorm(5), (1, 5), lambda x, gamma, beta: F.layer_norm(x, (5,), gamma, beta)),
    "group": (lambda: n.GroupNorm(6, 3), (2, 6, 3, 4), lambda x, gamma, beta: F.group_norm(x, 3, gamma, beta)),
}


def with_random_scale(gate, seed=3):
    gate.params = {name: RNG(seed).normal(size=param.shape) for name, param in gate.params.items()}
    return gate


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_norms_are_torchs(backend, kind, dtype, tolerance):
    make, shape, theirs = KINDS[kind]
    x = 3 * RNG(0).normal(size=shape) + 1
    assert_same_as_torch(backend, with_random_scale(make()), theirs, x, dtype=dtype, tolerance=tolerance)


def test_running_averages_over_several_steps_with_another_momentum(backend):
    ours, N = with_random_scale(n.BatchNorm(4, momentum=0.7)).to(backend(np.zeros(1))), 6
    theirs = torch.nn.BatchNorm1d(4, momentum=0.3, dtype=torch.float64)
    theirs.weight.data, theirs.bias.data = (torch.tensor(backend.numpy(ours.params[k])) for k in ("gamma", "beta"))
    mean, var = np.zeros(4), np.ones(4)
    for step in range(5):
        x = RNG(step).normal(size=(N, 4)) * (step + 1)
        ours(backend(x))
        theirs(torch.tensor(x))
        mean, var = 0.7 * mean + 0.3 * x.mean(axis=0), 0.7 * var + 0.3 * x.var(axis=0)
    compare("mean", backend.numpy(ours.buffers["running_mean"]), theirs.running_mean.numpy(), EXACT)
    compare("var", backend.numpy(ours.buffers["running_var"]), var, EXACT)  # by N; torch divides by N − 1
    ours.training = False
    theirs.eval()
    theirs.running_var = torch.tensor(var)
    x, dout = RNG(9).normal(size=(3, 4)), RNG(10).normal(size=(3, 4))
    leaf = torch.tensor(x, requires_grad=True)
    wanted = theirs(leaf)
    wanted.backward(torch.tensor(dout))
    compare("out", backend.numpy(ours(backend(x))), wanted.detach().numpy(), EXACT)
    compare("dx", backend.numpy(ours.backward(backend(dout))), leaf.grad.numpy(), EXACT)
    compare("gamma", backend.numpy(ours.grads["gamma"]), theirs.weight.grad.numpy(), EXACT)


@pytest.mark.parametrize(("shape", "axes"), [((7, 5), (0,)), ((4, 5), (1,)), ((3, 5, 4, 2), (0, 2, 3))])
def test_the_closed_form_is_the_staged_one(backend, shape, axes):
    x, dxhat = backend(RNG(0).normal(size=shape)), backend(RNG(1).normal(size=shape))
    _, cache = n.normalize_forward(x, axes)
    closed, staged = n.normalize_backward(dxhat, cache, axes), n.normalize_backward_staged(dxhat, x, cache, axes)
    assert relative_error(backend.numpy(closed), backend.numpy(staged)) < EXACT


def test_a_constant_feature_is_finite(backend):
    gate = n.BatchNorm(2).to(backend(np.zeros(1)))
    out = backend.numpy(gate(backend(np.array([[5.0, 1.0], [5.0, 2.0]]))))
    assert np.isfinite(out).all() and not out[:, 0].any()
    assert np.isfinite(backend.numpy(gate.backward(backend(np.ones((2, 2)))))).all()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: n.BatchNorm(3)(np.ones((2, 4))), r"expected \(N, 3\)"),
        (lambda: n.BatchNorm(3)(np.ones((0, 3))), "N at least 1"),
        (lambda: n.BatchNorm(3, momentum=2), "`momentum` is 2"),
        (lambda: n.LayerNorm(3)(np.ones((2, 4))), "D must be 3"),
        (lambda: n.GroupNorm(5, 2), "5 channels do not divide into 2 groups"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()
