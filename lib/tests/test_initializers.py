"""Initial weights: their scale, and what they do to a signal on its way through ten layers."""

import numpy as np
import pytest

from chalkgrad.initializers import activation_statistics, fan_in, he, normal, xavier, zeros


@pytest.mark.parametrize(("initializer", "gain"), [(xavier, 1), (he, 2)])
@pytest.mark.parametrize("shape", [(400, 300), (200, 16, 5, 5)])
def test_the_variance_is_the_gain_over_fan_in(initializer, gain, shape):
    w = initializer(shape, np.random.default_rng(0))
    n = w.size
    # The sample variance of n normal numbers is within five of its own standard deviations of the true one.
    assert abs(w.var() * fan_in(shape) / gain - 1) < 5 * np.sqrt(2 / n)
    assert abs(w.mean()) < 5 * w.std() / np.sqrt(n)


def test_fan_in_counts_what_each_output_adds_up():
    assert fan_in((3072, 10)) == 3072 and fan_in((64, 3, 5, 5)) == 75
    with pytest.raises(ValueError, match="no fan-in"):
        fan_in((5,))


def test_zeros_and_normal():
    assert not zeros((2, 3)).any()
    assert normal((1000,), np.random.default_rng(1), std=0).std() == 0
    with pytest.raises(ValueError, match="`std` is -1"):
        normal((3,), np.random.default_rng(1), std=-1)


@pytest.mark.parametrize("seed", range(3))
def test_what_ten_layers_of_tanh_do_to_a_signal(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(200, 200))

    def last(initializer):
        return activation_statistics(x, 10, np.tanh, initializer, rng)[1][-1]

    small = last(lambda shape, rng: normal(shape, rng, 0.01))
    large = last(lambda shape, rng: normal(shape, rng, 1.0))
    assert small < 1e-3 and large > 0.9 and 0.2 < last(xavier) < 0.7


@pytest.mark.parametrize("seed", range(3))
def test_relu_needs_the_two(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(200, 200))

    def relu(z):
        return np.maximum(z, 0)

    assert (
        activation_statistics(x, 10, relu, xavier, rng)[1][-1]
        < 0.1
        < activation_statistics(x, 10, relu, he, rng)[1][-1]
    )
