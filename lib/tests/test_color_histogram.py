"""Hue against matplotlib's conversion; a histogram that adds up to 1."""

import numpy as np
import pytest
from matplotlib.colors import rgb_to_hsv

from chalkgrad.features.color_histogram import color_histogram, hue
from chalkgrad.gradcheck import EXACT, relative_error


def test_hue_is_matplotlibs(backend):
    image = np.random.default_rng(0).random((9, 7, 3))
    image[0, 0], image[0, 1], image[0, 2] = (0.5, 0.5, 0.5), (1, 0, 0), (0, 0, 1)
    assert relative_error(backend.numpy(hue(backend(image))), rgb_to_hsv(image)[..., 0]) < EXACT


def test_the_histogram_counts_hues_wherever_they_are(backend):
    image = np.random.default_rng(1).random((8, 6, 3))
    ours = backend.numpy(color_histogram(backend(image), 10))
    counts = np.histogram(rgb_to_hsv(image)[..., 0], bins=10, range=(0, 1))[0]
    assert relative_error(ours, counts / 48) < EXACT and abs(ours.sum() - 1) < EXACT
    assert relative_error(color_histogram(image[::-1, ::-1].copy(), 10), ours) < EXACT


@pytest.mark.parametrize("image", [np.ones((4, 4)), np.ones((4, 4, 4)), np.ones((4, 4, 3), int)])
def test_bad_input_gets_one_sentence(image):
    with pytest.raises((ValueError, TypeError), match="expected"):
        color_histogram(image)
