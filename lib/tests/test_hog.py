"""HOG against scikit-image, cell by cell and in blocks; the lecture's sizes."""

import numpy as np
import pytest
import skimage.feature

from chalkgrad.features.hog import hog, hog_cell_histogram, image_gradients
from chalkgrad.gradcheck import relative_error


def theirs(image, cell, bins, block, method):
    return skimage.feature.hog(
        image, bins, (cell, cell), (block, block), block_norm=method, feature_vector=False, transform_sqrt=False
    )


@pytest.mark.parametrize(("shape", "cell", "bins"), [((32, 24), 8, 9), ((19, 30), 6, 7)])
def test_blocks_are_scikit_images(backend, shape, cell, bins):
    image = np.random.default_rng(0).random(shape)
    ours = backend.numpy(hog(backend(image), cell, bins, block=2))
    assert relative_error(ours, theirs(image, cell, bins, 2, "L2")) < 1e-6


def test_cells_are_what_the_blocks_are_made_of():
    image = np.random.default_rng(1).random((16, 24))
    cells = hog(image)
    normalized = cells / np.sqrt((cells**2).sum(axis=2, keepdims=True) + 1e-10)
    assert relative_error(normalized, theirs(image, 8, 9, 1, "L2")[:, :, 0, 0]) < 1e-6


def test_one_cell_is_the_histogram_of_its_pixels():
    image = np.random.default_rng(2).random((24, 24))
    down, across = image_gradients(image)
    strength, angle = np.hypot(down, across), np.degrees(np.arctan2(down, across)) % 180
    inner = slice(8, 16), slice(8, 16)
    assert relative_error(hog_cell_histogram(strength[inner], angle[inner]), hog(image)[1, 1]) < 1e-12


def test_the_lectures_sizes():
    assert hog(np.random.default_rng(3).random((240, 320))).size == 40 * 30 * 9 == 10_800


def test_an_edge_and_its_negative_are_the_same_and_a_turned_one_is_not():
    across = np.tile(np.linspace(0, 1, 16), (16, 1))
    assert relative_error(hog(1 - across), hog(across)) < 1e-12
    assert hog(across)[..., 0].sum() > 0 and hog(across.T.copy())[..., 0].sum() == 0


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: hog(np.ones((4, 9))), "smaller than one cell"),
        (lambda: hog(np.ones((16, 16)), block=3), "there are only 2 by 2 cells"),
        (lambda: hog(np.ones((16, 16, 3))), "expected 2 axes"),
        (lambda: hog_cell_histogram(np.ones((8, 8)), np.ones((8, 7))), "w must be 8"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()
