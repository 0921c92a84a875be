"""Distances three ways, against scikit-learn and torch; the rule for ties; cost of training and predicting."""

import numpy as np
import pytest
import torch
from sklearn.neighbors import KNeighborsClassifier

from chalkgrad import neighbors as n
from chalkgrad.gradcheck import EXACT, relative_error

WAYS = {
    1: (n.l1_distances_two_loops, n.l1_distances_one_loop, n.l1_distances),
    2: (n.l2_distances_two_loops, n.l2_distances_one_loop, n.l2_distances),
}


@pytest.mark.parametrize("p", WAYS)
@pytest.mark.parametrize(("M", "N", "D"), [(1, 1, 1), (3, 5, 7), (6, 2, 4)])
def test_three_ways_are_equal_and_torchs(backend, p, M, N, D):
    rng = np.random.default_rng(0)
    test, train = 10 + rng.normal(size=(M, D)), 10 + rng.normal(size=(N, D))
    wanted = torch.cdist(
        torch.tensor(test), torch.tensor(train), p=p, compute_mode="donot_use_mm_for_euclid_dist"
    ).numpy()
    for way in WAYS[p]:
        got = way(backend(test), backend(train))
        assert backend.same_kind(got) and relative_error(backend.numpy(got), wanted) < 100 * EXACT, way.__name__


def test_a_point_is_at_distance_zero_from_itself_without_a_warning(backend):
    x = 1e3 + np.random.default_rng(1).normal(size=(20, 3))
    d = backend.numpy(n.l2_distances(backend(x), backend(x)))
    assert np.isfinite(d).all() and d.diagonal().max() < 1e-5


@pytest.mark.parametrize("k", [1, 3, 8])
@pytest.mark.parametrize(("p", "distances"), [(1, n.l1_distances), (2, n.l2_distances)])
def test_predictions_are_scikit_learns(backend, k, p, distances):
    rng = np.random.default_rng(k)
    train, labels, test = rng.normal(size=(60, 4)), rng.integers(5, size=60), rng.normal(size=(40, 4))
    ours = n.NearestNeighbor(k, distances).train(backend(train), backend(labels)).predict(backend(test))
    theirs = KNeighborsClassifier(k, p=p, algorithm="brute").fit(train, labels).predict(test)
    assert np.array_equal(backend.numpy(ours), theirs)


def test_ties_go_to_the_smaller_label_and_to_the_earlier_example(backend):
    distances = backend(np.array([[1.0, 2.0, 3.0, 4.0]]))
    assert backend.numpy(n.knn_predict(distances, backend(np.array([2, 1, 1, 2])), k=4)).tolist() == [1]
    assert backend.numpy(n.knn_predict(backend(np.ones((1, 3))), backend(np.array([2, 0, 1])), k=1)).tolist() == [2]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: n.l2_distances(np.ones((2, 3)), np.ones((2, 4))), "D must be 3"),
        (lambda: n.l1_distances(np.ones((0, 3)), np.ones((2, 3))), "M must be at least 1"),
        (lambda: n.knn_predict(np.ones((1, 2)), np.array([0, 1]), k=3), "`k` is 3; expected a number at most 2"),
        (lambda: n.knn_predict(np.ones((1, 2)), np.array([0.0, 1.0])), "expected integer"),
        (lambda: n.NearestNeighbor().predict(np.ones((1, 2))), "call train first"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises((ValueError, TypeError), match=says):
        call()
