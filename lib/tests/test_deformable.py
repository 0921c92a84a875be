"""Parts on springs, against every placement tried."""

import numpy as np
import pytest

from chalkgrad.features.deformable import deformable_score


def brute_force(root, parts, anchors, springs):
    H, W = root.shape
    total = root.copy()
    for part, (ay, ax), spring in zip(parts, anchors, springs, strict=True):
        for y in range(H):
            for x in range(W):
                total[y, x] += max(
                    part[r, c] - spring * ((r - y - ay) ** 2 + (c - x - ax) ** 2) for r in range(H) for c in range(W)
                )
    return total


@pytest.mark.parametrize("springs", [(0.5, 2.0), (0.0, 0.1)])
def test_the_best_placement_of_all(backend, springs):
    rng = np.random.default_rng(0)
    root, parts, anchors = rng.normal(size=(5, 7)), rng.normal(size=(2, 5, 7)), [(1, -2), (-1, 3)]
    score, places = deformable_score(backend(root), backend(parts), anchors, springs)
    assert np.allclose(backend.numpy(score), brute_force(root, parts, anchors, springs), atol=1e-9)
    places, again = backend.numpy(places), root.copy()
    for p, ((ay, ax), spring) in enumerate(zip(anchors, springs, strict=True)):
        for y in range(5):
            for x in range(7):
                r, c = places[p, y, x]
                again[y, x] += parts[p, r, c] - spring * ((r - y - ay) ** 2 + (c - x - ax) ** 2)
    assert np.allclose(again, backend.numpy(score), atol=1e-9), "the places named are the ones scored"


def test_stiff_springs_hold_parts_at_their_anchors():
    part = np.zeros((1, 5, 5))
    part[0, 2, 3] = 1.0
    score, _ = deformable_score(np.zeros((5, 5)), part, [(1, 1)], [1e6])
    assert np.unravel_index(score.argmax(), score.shape) == (1, 2)


def test_bad_input_gets_one_sentence():
    with pytest.raises(ValueError, match="1 parts, 2 anchors and 1 springs"):
        deformable_score(np.zeros((3, 3)), np.zeros((1, 3, 3)), [(0, 0), (1, 1)], [1.0])
    with pytest.raises(ValueError, match=r"`springs\[0\]` is -1"):
        deformable_score(np.zeros((3, 3)), np.zeros((1, 3, 3)), [(0, 0)], [-1.0])
