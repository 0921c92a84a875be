"""How benchmarks keep score, against scikit-learn and by hand."""

import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score, top_k_accuracy_score

from chalkgrad import metrics as m


@pytest.mark.parametrize("k", [1, 2, 5])
def test_top_k_error_is_scikit_learns(backend, k):
    rng = np.random.default_rng(0)
    scores, y = rng.normal(size=(50, 6)), rng.integers(6, size=50)
    wanted = 1 - top_k_accuracy_score(y, scores, k=k, labels=range(6))
    assert m.top_k_error(backend(scores), backend(y), k) == pytest.approx(wanted)


def test_mean_accuracy_counts_every_class_alike(backend):
    rng = np.random.default_rng(1)
    y, said = rng.choice(4, p=[0.7, 0.1, 0.1, 0.1], size=80), rng.integers(4, size=80)
    assert m.mean_accuracy(backend(said), backend(y), 4) == pytest.approx(balanced_accuracy_score(y, said))
    assert m.mean_accuracy(backend(np.array([0, 0])), backend(np.array([0, 0])), 3) == 1.0


def test_bleu_by_hand():
    cat = "the cat is on the mat".split()
    assert m.bleu(cat, [cat]) == 1.0
    assert m.bleu("the the the the the the the".split(), [cat], longest=1) == pytest.approx(2 / 7)
    assert m.bleu("the cat".split(), [cat], longest=1) == pytest.approx(np.exp(1 - 6 / 2))
    assert m.bleu("a dog".split(), [cat]) == 0.0 and m.bleu([], [cat]) == 0.0
    # Of two references, the counts of each run are taken from the one that has it most often.
    assert m.bleu("on the mat".split(), [cat, "on a mat".split()], longest=2) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: m.top_k_error(np.ones((2, 3)), np.array([0, 1]), 4), "`k` is 4"),
        (lambda: m.mean_accuracy(np.array([0, 5]), np.array([0, 1]), 2), "`predicted` has labels"),
        (lambda: m.bleu(["a"], []), "`references` is empty"),
    ],
)
def test_bad_input_gets_one_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()
