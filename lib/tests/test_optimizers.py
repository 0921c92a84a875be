"""Each optimizer against torch's over several steps with numbers that are not the defaults; state included."""

import numpy as np
import pytest
import torch
from against_torch import compare

from chalkgrad import optimizers as o
from chalkgrad.gradcheck import EXACT

PAIRS = {
    "sgd": (lambda: o.SGD(0.3), lambda p: torch.optim.SGD(p, 0.3)),
    "momentum": (lambda: o.Momentum(0.1, rho=0.7), lambda p: torch.optim.SGD(p, 0.1, momentum=0.7)),
    "nesterov": (lambda: o.Nesterov(0.1, rho=0.7), lambda p: torch.optim.SGD(p, 0.1, momentum=0.7, nesterov=True)),
    "adagrad": (lambda: o.AdaGrad(0.2, eps=1e-3), lambda p: torch.optim.Adagrad(p, 0.2, eps=1e-3)),
    "rmsprop": (
        lambda: o.RMSProp(0.05, decay=0.8, eps=1e-3),
        lambda p: torch.optim.RMSprop(p, 0.05, alpha=0.8, eps=1e-3),
    ),
    "adam": (lambda: o.Adam(0.05, 0.6, 0.9, 1e-3), lambda p: torch.optim.Adam(p, 0.05, betas=(0.6, 0.9), eps=1e-3)),
    "adamw": (
        lambda: o.AdamW(0.05, 0.6, 0.9, 1e-3, weight_decay=0.2),
        lambda p: torch.optim.AdamW(p, 0.05, betas=(0.6, 0.9), eps=1e-3, weight_decay=0.2),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_six_steps_are_torchs(backend, name):
    rng = np.random.default_rng(0)
    start = {"w": rng.normal(size=(3, 4)), "b": rng.normal(size=4)}
    ours, params = PAIRS[name][0](), {key: backend(value) for key, value in start.items()}
    leaves = {key: torch.tensor(value, requires_grad=True) for key, value in start.items()}
    theirs = PAIRS[name][1](list(leaves.values()))
    for _ in range(6):
        grads = {key: rng.normal(size=value.shape) for key, value in start.items()}
        grads["b"][0] = 0.0  # a weight whose gradient is exactly 0 must not become NaN
        ours.step(params, {key: backend(grad) for key, grad in grads.items()})
        for key, leaf in leaves.items():
            leaf.grad = torch.tensor(grads[key])
        theirs.step()
    for key, leaf in leaves.items():
        compare(key, backend.numpy(params[key]), leaf.detach().numpy(), 10 * EXACT)


def test_without_correction_adams_first_step_is_too_long():
    lengths = []
    for correct in (True, False):
        params = {"x": np.array([1.0])}
        o.Adam(0.001, correct=correct).step(params, {"x": np.array([0.3])})
        lengths.append(1 - params["x"][0])
    assert lengths[0] == pytest.approx(0.001, rel=1e-6)
    assert lengths[1] / lengths[0] == pytest.approx(0.1 / np.sqrt(0.001), rel=1e-4)


def test_adagrads_steps_shrink_and_rmsprops_do_not():
    def last_step(optimizer):
        params = {"x": np.array([0.0])}
        for _ in range(400):
            before = params["x"].copy()
            optimizer.step(params, {"x": np.array([1.0])})
        return abs(params["x"] - before)[0]

    assert last_step(o.AdaGrad(0.1)) == pytest.approx(0.1 / 20, rel=1e-3)  # lr / √400
    assert last_step(o.RMSProp(0.1, decay=0.9)) == pytest.approx(0.1, rel=1e-3)


@pytest.mark.parametrize("seed", range(3))
def test_momentum_beats_sgd_in_a_ravine(seed):
    slopes = np.array([1.0, 50.0])

    def loss_after(optimizer):
        params = {"x": np.random.default_rng(seed).uniform(1, 2, size=2)}
        for _ in range(60):
            optimizer.step(params, {"x": slopes * params["x"]})
        return float(slopes @ params["x"] ** 2)

    assert loss_after(o.Momentum(0.03, rho=0.8)) < 0.2 * loss_after(o.SGD(0.03))


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: o.SGD(0), "`lr` is 0"),
        (lambda: o.Momentum(rho=1), "`rho` is 1"),
        (lambda: o.Adam(beta2=-0.1), "`beta2` is -0.1"),
        (lambda: o.SGD().step({"w": np.ones(2)}, {}), "`w` has shape .* and no gradient"),
        (lambda: o.SGD().step({"w": np.ones(2)}, {"w": np.ones(3)}), "a gradient of shape"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()
