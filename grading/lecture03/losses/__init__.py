"""Exercises of `lecture03/losses`: the SVM and softmax losses, their gradients, and what is added to keep W simple.

The references are named, not imported: a kernel that runs a student's code has no need of the answers.
"""

from grading.check import checker
from grading.lecture03.losses.penalties import L1, L2, DataLossPlusRegularization, ElasticNet, MaxNorm
from grading.lecture03.losses.recall import (
    CarAfterTheNudge,
    CatSoftmaxLoss,
    HingeLossAtZero,
    PreferredByL1,
    ShapeOfW,
    SoftmaxLossAtZero,
    UniqueW,
)
from grading.lecture03.losses.softmax import CrossEntropyOf, SoftmaxLoss, SoftmaxLossNaive
from grading.lecture03.losses.svm import SquaredHingeLoss, SvmLoss, SvmLossNaive

# In the order of the notebook.
__all__ = [  # noqa: RUF022
    "SvmLossNaive",
    "SvmLoss",
    "SquaredHingeLoss",
    "CrossEntropyOf",
    "SoftmaxLossNaive",
    "SoftmaxLoss",
    "L2",
    "L1",
    "ElasticNet",
    "MaxNorm",
    "DataLossPlusRegularization",
    "HingeLossAtZero",
    "SoftmaxLossAtZero",
    "CatSoftmaxLoss",
    "CarAfterTheNudge",
    "UniqueW",
    "PreferredByL1",
    "ShapeOfW",
]

check = checker(__name__)
