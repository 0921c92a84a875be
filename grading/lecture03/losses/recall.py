"""Recall questions; each answer is computed, where there is something to compute."""

import numpy as np

from grading.exercise import Question
from grading.lecture03.losses.inputs import CAT_CAR_FROG


class HingeLossAtZero(Question):
    """Ten classes, all scores 0: the SVM loss (lecture 3)."""

    def answer(self):
        from chalkgrad.losses import svm_loss

        return float(svm_loss(np.zeros((1, 10)), np.array([0]))[0])


class SoftmaxLossAtZero(Question):
    """Ten classes, all scores 0: the softmax loss, to two decimals (lecture 3)."""

    tolerance = 5e-3

    def answer(self):
        from chalkgrad.losses import softmax_loss

        return float(softmax_loss(np.zeros((1, 10)), np.array([0]))[0])


class CatSoftmaxLoss(Question):
    """The softmax loss of the notes' cat, to two decimals (lecture 3)."""

    tolerance = 5e-3

    def answer(self):
        from chalkgrad.losses import softmax_loss

        return float(softmax_loss(np.array(CAT_CAR_FROG[:1]), np.array([0]))[0])


class CarAfterTheNudge(Question):
    """The SVM loss of the notes' car once its own score has fallen by 0.5 (lecture 3)."""

    def answer(self):
        from chalkgrad.losses import svm_loss

        return float(svm_loss(np.array([CAT_CAR_FROG[1]]) - np.array([[0.0, 0.5, 0.0]]), np.array([1]))[0])


class UniqueW(Question):
    """Is the W with SVM loss 0 the only one? (lecture 3)"""

    def answer(self):
        return "b"


class PreferredByL1(Question):
    """Which of the notes' w₁ and w₂ has the smaller L1 penalty? (lecture 3)"""

    def answer(self):
        from chalkgrad.regularizers import l1

        first, second = (float(l1(np.array(w))[0]) for w in ([1.0, 0, 0, 0], [0.25] * 4))
        return "neither" if first == second else "w1" if first < second else "w2"


class ShapeOfW(Question):
    """The shape of W for rows of 3072 pixels and ten classes (lecture 3)."""

    def answer(self):
        return (32 * 32 * 3, 10)
