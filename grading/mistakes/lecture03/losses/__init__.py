"""Mistakes of `lecture03/losses`, by the part of the notebook they belong to."""

from grading.mistakes.lecture03.losses.penalties import L1, L2, DataLossPlusRegularization, ElasticNet, MaxNorm
from grading.mistakes.lecture03.losses.recall import (
    CarAfterTheNudge,
    CatSoftmaxLoss,
    HingeLossAtZero,
    PreferredByL1,
    ShapeOfW,
    SoftmaxLossAtZero,
    UniqueW,
)
from grading.mistakes.lecture03.losses.softmax import CrossEntropyOf, SoftmaxLoss, SoftmaxLossNaive
from grading.mistakes.lecture03.losses.svm import SquaredHingeLoss, SvmLoss, SvmLossNaive

__all__ = [
    "L1",
    "L2",
    "CarAfterTheNudge",
    "CatSoftmaxLoss",
    "CrossEntropyOf",
    "DataLossPlusRegularization",
    "ElasticNet",
    "HingeLossAtZero",
    "MaxNorm",
    "PreferredByL1",
    "ShapeOfW",
    "SoftmaxLoss",
    "SoftmaxLossAtZero",
    "SoftmaxLossNaive",
    "SquaredHingeLoss",
    "SvmLoss",
    "SvmLossNaive",
    "UniqueW",
]
