"""Dropout: the exact support of the mask, its rate, both scalings, and the mean that stays."""

import numpy as np
import pytest

from chalkgrad.layers.dropout import Dropout


@pytest.mark.parametrize("inverted", [True, False])
@pytest.mark.parametrize("keep", [0.25, 0.8, 1.0])
def test_mask_rate_scale_and_mean(backend, keep, inverted):
    gate = Dropout(keep, np.random.default_rng(0), inverted)
    x = np.ones((200, 150))
    out = backend.numpy(gate(backend(x)))
    scale = 1 / keep if inverted else 1.0
    assert set(np.unique(out)) <= {0.0, scale}
    spread = np.sqrt(keep * (1 - keep) / x.size)
    assert abs((out != 0).mean() - keep) <= 5 * spread
    dx = backend.numpy(gate.backward(backend(2 * x)))
    assert np.array_equal(dx, 2 * out), "the same units are silenced on the way back"
    gate.training = False
    test = backend.numpy(gate(backend(x)))
    assert np.unique(test).tolist() == [1.0 if inverted else keep]
    assert np.array_equal(backend.numpy(gate.backward(backend(x))), test)
    assert abs(out.mean() - test.mean()) <= 5 * spread * scale


def test_the_generator_decides_and_each_pass_is_new():
    first, second = (Dropout(0.5, np.random.default_rng(7)) for _ in range(2))
    x = np.ones((4, 6))
    a, b = first(x), first(x)
    assert np.array_equal(a, second(x)) and not np.array_equal(a, b)


@pytest.mark.parametrize("keep", [0, -0.1, 1.1])
def test_a_probability_out_of_range_is_refused(keep):
    with pytest.raises(ValueError, match="`keep` is"):
        Dropout(keep, np.random.default_rng(0))
