"""Any rectangle by four look-ups, and the features made of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skimage.transform import integral_image as theirs

from chalkgrad.features import integral_image as f
from chalkgrad.gradcheck import EXACT, relative_error


def test_the_table_is_scikit_images_with_a_border(backend):
    image = np.random.default_rng(0).random((7, 5))
    table = backend.numpy(f.integral_image(backend(image)))
    assert relative_error(table[1:, 1:], theirs(image)) < EXACT
    assert not table[0].any() and not table[:, 0].any()


@given(st.integers(0, 6), st.integers(0, 4), st.integers(0, 7), st.integers(0, 5))
def test_any_rectangle_is_the_sum_of_its_pixels(top, left, height, width):
    image = np.random.default_rng(1).random((7, 5))
    table = f.integral_image(image)
    if top + height > 7 or left + width > 5:
        with pytest.raises(ValueError, match="leaves the image of 7 by 5"):
            f.box_sum(table, top, left, height, width)
        return
    assert abs(f.box_sum(table, top, left, height, width) - image[top : top + height, left : left + width].sum()) < 1e-9


def test_haar_features_are_differences_of_sums():
    image = np.arange(48.0).reshape(6, 8)
    table = f.integral_image(image)
    part = image[1:5, 1:7]
    assert f.haar_feature(table, "left-right", 1, 1, 4, 6) == part[:, :3].sum() - part[:, 3:].sum()
    assert f.haar_feature(table, "up-down", 1, 1, 4, 6) == part[:2].sum() - part[2:].sum()
    assert f.haar_feature(table, "three", 1, 1, 4, 6) == 2 * part[:, 2:4].sum() - part[:, :2].sum() - part[:, 4:].sum()
    assert f.haar_feature(f.integral_image(np.ones((6, 6))), "three", 0, 0, 6, 6) == 0


@pytest.mark.parametrize(("kind", "says"), [("sideways", "expected one of"), ("three", "divide by 3")])
def test_bad_input_gets_one_sentence(kind, says):
    with pytest.raises(ValueError, match=says):
        f.haar_feature(np.zeros((9, 9)), kind, 0, 0, 4, 4)
