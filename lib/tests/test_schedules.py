"""Schedules against torch's."""

import math

import pytest
import torch

from chalkgrad import schedules as s

S = torch.optim.lr_scheduler
PAIRS = {
    "step": (lambda t: s.step_decay(0.4, t, every=3, factor=0.2), lambda o: S.StepLR(o, 3, 0.2)),
    "exponential": (lambda t: s.exponential_decay(0.4, t, k=0.3), lambda o: S.ExponentialLR(o, math.exp(-0.3))),
    "one over t": (lambda t: s.one_over_t_decay(0.4, t, k=0.5), lambda o: S.LambdaLR(o, lambda t: 1 / (1 + 0.5 * t))),
    "cosine": (lambda t: s.cosine_decay(0.4, t, total=10, lowest=0.1), lambda o: S.CosineAnnealingLR(o, 10, 0.1)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_schedules_are_torchs(name):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.4)
    theirs = PAIRS[name][1](optimizer)
    for t in range(11):
        assert PAIRS[name][0](t) == pytest.approx(theirs.get_last_lr()[0], rel=1e-9)
        optimizer.step()
        theirs.step()


def test_after_the_end_the_cosine_stays_low():
    assert s.cosine_decay(0.4, 99, total=10, lowest=0.1) == pytest.approx(0.1)


@pytest.mark.parametrize(
    "call", [lambda: s.step_decay(0, 1, 2), lambda: s.exponential_decay(1, -1, 1), lambda: s.cosine_decay(1, 1, 0)]
)
def test_bad_input_gets_one_sentence(call):
    with pytest.raises(ValueError, match="expected a number"):
        call()
