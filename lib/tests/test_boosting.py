"""Stumps by brute force, AdaBoost against scikit-learn, the cascade's promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import make_moons
from sklearn.tree import DecisionTreeClassifier

from chalkgrad import boosting as b


def moons(n=200, noise=0.2, seed=0):
    x, y = make_moons(n, noise=noise, random_state=seed)
    return x, 2 * y - 1


def brute_force(features, labels, weights):
    weights = weights / weights.sum()
    lowest = np.inf
    for d in range(features.shape[1]):
        values = np.unique(features[:, d])
        for cut in [values[0] - 1, *(values[1:] + values[:-1]) / 2, values[-1] + 1]:
            for sign in (1, -1):
                lowest = min(lowest, weights[b.Stump(d, cut, sign).predict(features) != labels].sum())
    return lowest


@given(st.integers(1, 9), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_the_best_stump_is_the_best(N, D, seed):
    rng = np.random.default_rng(seed)
    features = rng.integers(0, 4, size=(N, D)).astype(float)  # many ties on purpose
    labels, weights = rng.choice([-1, 1], size=N), rng.random(N) + 0.01
    stump, error = b.best_stump(features, labels, weights)
    wrong = (weights / weights.sum())[stump.predict(features) != labels].sum()
    assert abs(error - wrong) < 1e-9 and error <= brute_force(features, labels, weights) + 1e-9


def test_one_stump_is_scikit_learns_tree_of_depth_one():
    x, y = moons()
    tree = DecisionTreeClassifier(max_depth=1, criterion="gini", random_state=0).fit(x, y)
    stump, error = b.best_stump(x, y, np.ones(len(y)))
    assert error <= 1 - tree.score(x, y) + 1e-12


def test_more_rounds_drive_the_training_error_down():
    x, y = moons()
    errors = [(b.adaboost(x, y, rounds).predict(x) != y).mean() for rounds in (1, 10, 100)]
    assert errors[0] > errors[1] > errors[2] and errors[2] < 0.05
    unseen, truth = moons(400, seed=1)
    assert (b.adaboost(x, y, 50).predict(unseen) == truth).mean() > 0.9


def test_the_weights_of_the_next_round_make_the_last_stump_a_coin():
    x, y = moons()
    strong = b.adaboost(x, y, 1)
    stump, alpha = strong.stumps[0], strong.alphas[0]
    weights = np.exp(-alpha * y * stump.predict(x))
    assert weights[stump.predict(x) != y].sum() / weights.sum() == pytest.approx(0.5)


def test_boosting_stops_when_nothing_is_wrong():
    x, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([1, 1, -1, -1])
    strong = b.adaboost(x, y, 50)
    assert len(strong.stumps) == 1 and np.isfinite(strong.alphas).all() and (strong.predict(x) == y).all()


def test_a_cascade_keeps_the_positives_and_asks_few_questions():
    rng = np.random.default_rng(0)
    x = np.concatenate([rng.normal(2, 1, size=(100, 6)), rng.normal(0, 1, size=(1000, 6))])
    y = np.concatenate([np.ones(100, int), -np.ones(1000, int)])
    cascade = b.Cascade(rounds=(1, 5, 20), keep=1.0).train(x, y)
    said, asked = cascade.predict(x)
    assert (said[y > 0] == 1).all() and (said[y < 0] == -1).mean() > 0.95
    assert asked[y < 0].mean() < 0.5 * asked[y > 0].mean()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: b.adaboost(np.ones((2, 1)), np.array([0, 1]), 3), "other than \\+1 and −1"),
        (lambda: b.adaboost(np.ones((2, 1)), np.array([-1, 1]), 0), "`rounds` is 0"),
        (lambda: b.best_stump(np.ones((2, 1)), np.array([-1, 1]), np.array([1.0, -1.0])), "negative entry"),
        (lambda: b.Cascade().predict(np.ones((2, 1))), "call train first"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()
