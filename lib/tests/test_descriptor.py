"""The descriptor hardly changes with light and turn, and matching refuses to guess."""

import numpy as np
import pytest
from skimage.transform import rotate

from chalkgrad.features.descriptor import dominant_angle, gradient_histogram, match_ratio


def patch(seed=0, size=32):
    """A smooth random patch: some waves, as in a photograph of something."""
    rng = np.random.default_rng(seed)
    up, across = np.mgrid[0:size, 0:size] / size
    waves = sum(
        rng.normal() * np.sin(2 * np.pi * (rng.normal(0, 2) * up + rng.normal(0, 2) * across) + rng.uniform(0, 6))
        for _ in range(8)
    )
    return (waves - waves.min()) / np.ptp(waves)


def likeness(a, b):
    return float(a @ b)


def test_it_is_a_unit_vector_of_128_numbers(backend):
    d = backend.numpy(gradient_histogram(backend(patch())))
    assert d.shape == (128,) and abs(np.linalg.norm(d) - 1) < 1e-9 and d.min() >= 0


def test_light_changes_nothing():
    d = gradient_histogram(patch())
    assert likeness(d, gradient_histogram(0.4 * patch() + 0.3)) > 1 - 1e-9


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("degrees", [90, 180, 40, -25])
def test_turning_changes_little_and_another_patch_a_lot(seed, degrees):
    turned = rotate(patch(seed), degrees, order=3, mode="reflect")
    same = likeness(gradient_histogram(patch(seed)), gradient_histogram(turned))
    other = likeness(gradient_histogram(patch(seed)), gradient_histogram(patch(seed + 100)))
    assert same > 0.8 and same > other + 0.05


def test_the_main_direction_turns_with_the_picture():
    ramp = np.tile(np.linspace(0, 1, 32), (32, 1))
    assert abs(np.cos(dominant_angle(ramp)) - 1) < 1e-6
    assert abs(np.sin(dominant_angle(ramp.T.copy())) - 1) < 1e-6


def test_matching_finds_the_same_patches_and_refuses_twins():
    first = np.stack([gradient_histogram(patch(seed)) for seed in range(6)])
    second = np.stack([gradient_histogram(0.7 * patch(seed) + 0.1) for seed in (3, 1, 5)])
    assert match_ratio(second, first) == [(0, 3), (1, 1), (2, 5)]
    twins = np.stack([first[0], first[0], first[1]])
    assert match_ratio(first[:1] + 0.01, twins) == []


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: gradient_histogram(np.ones((8, 9))), "expected a square"),
        (lambda: gradient_histogram(np.ones((4, 4))), "at least 8 by 8"),
        (lambda: match_ratio(np.ones((1, 128)), np.ones((1, 128))), "a nearest and a second nearest"),
        (lambda: match_ratio(np.ones((1, 128)), np.ones((2, 128)), ratio=0), "`ratio` is 0"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_a_patch_without_any_edge_has_no_direction_and_no_nan():
    assert np.isfinite(gradient_histogram(np.ones((16, 16)))).all()
