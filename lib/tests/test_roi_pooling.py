"""RoI pooling against torch's adaptive pooling of each crop, boxes that overlap included."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from chalkgrad.gradcheck import EXACT, relative_error
from chalkgrad.layers.roi_pooling import RoIPool, roi_pool_forward

ROIS = np.array([[0, 0, 0, 7, 6], [1, 2, 1, 5, 6], [1, 3, 2, 4, 3], [0, 1, 0, 6, 2], [0, 1, 0, 6, 2]])


@pytest.mark.parametrize("size", [1, 2, 3])
def test_roi_pooling_is_adaptive_pooling_of_crops(backend, size):
    x = np.random.default_rng(0).normal(size=(2, 3, 6, 7))
    gate = RoIPool(size)
    out = gate(backend(x), backend(ROIS))
    dout = np.random.default_rng(1).normal(size=(5, 3, size, size))
    dx = gate.backward(backend(dout))
    leaf = torch.tensor(x, requires_grad=True)
    theirs = torch.stack([F.adaptive_max_pool2d(leaf[n, :, y1:y2, x1:x2], size) for n, x1, y1, x2, y2 in ROIS])
    theirs.backward(torch.tensor(dout))
    assert backend.same_kind(out) and backend.same_kind(dx)
    assert relative_error(backend.numpy(out), theirs.detach().numpy()) < EXACT
    assert relative_error(backend.numpy(dx), leaf.grad.numpy()) < EXACT


@pytest.mark.parametrize(
    ("rois", "says"),
    [
        (np.array([[0, 3, 0, 3, 2]]), "is empty or outside"),
        (np.array([[0, 0, 0, 9, 2]]), "is empty or outside"),
        (np.array([[2, 0, 0, 1, 1]]), "is empty or outside"),
        (np.array([[0.0, 0, 0, 1, 1]]), "whole numbers"),
        (np.array([[0, 0, 0, 1]]), "5 must be 5"),
    ],
)
def test_bad_boxes_get_one_sentence(rois, says):
    with pytest.raises((ValueError, TypeError), match=says):
        roi_pool_forward(np.ones((2, 1, 6, 7)), rois, 2)
