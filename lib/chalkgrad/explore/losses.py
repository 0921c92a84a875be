"""Explore: three scores, two losses. Where does each of them begin to care?"""

import numpy as np

from chalkgrad.explore._show import Explorable, slider
from chalkgrad.losses import softmax, softmax_loss, svm_loss
from chalkgrad.plots import PALETTE

NAMES = ("cat", "car", "frog")


def compute(cat=3.2, car=5.1, frog=-1.7, right="cat"):
    """Return both losses of one row of three scores, and what they are made of.

    Shapes: three numbers and the name of the right class -> dict of arrays of shape (3,) and numbers.
    Lecture: 3.
    Source: ours; the scores to begin with are the lecture's cat.
    """
    y = np.array([NAMES.index(right)])
    scores = np.array([[cat, car, frog]], dtype=float)
    hinge, dhinge = svm_loss(scores, y)
    surprise, dsurprise = softmax_loss(scores, y)
    return {
        "scores": scores[0], "y": int(y[0]), "probabilities": softmax(scores)[0],
        "svm": float(hinge), "softmax": float(surprise), "dsvm": dhinge[0], "dsoftmax": dsurprise[0],
    }  # fmt: skip


def draw(data, axes):
    """Draw the scores with the line that the others must stay below, and the probabilities with the gradients.

    Shapes: data of `compute`, two axes -> None.
    Lecture: 3.
    Source: ours.
    """
    y, scores = data["y"], data["scores"]
    hatches = ["//" if j == y else "" for j in range(3)]
    line = scores[y] - 1
    broken = [j != y and scores[j] > line for j in range(3)]
    colours = [PALETTE["wrong"] if b else PALETTE["data"] for b in broken]
    axes[0].bar(NAMES, scores, color=colours, hatch=hatches, edgecolor="white")
    axes[0].hlines(line, -0.5, 2.45, color=PALETTE["svm"], linestyle="--")
    axes[0].annotate("right\nclass − 1", (2.5, line), ha="left", va="center", fontsize=9, color=PALETTE["svm"])
    axes[0].set(ylabel="score", title=f"SVM loss {data['svm']:.2f}", ylim=(-7, 9), xlim=(-0.6, 3.4))
    for j in range(3):
        if broken[j]:
            axes[0].annotate(
                f"costs {scores[j] - line:.1f}", (j, max(scores[j], 0)), ha="center", va="bottom", fontsize=9
            )
    axes[1].bar(NAMES, data["probabilities"], color=PALETTE["data"], hatch=hatches, edgecolor="white")
    for j in range(3):
        push = -data["dsoftmax"][j]
        arrow = "up" if push > 0 else "down"
        axes[1].annotate(
            f"{arrow} {abs(push):.2f}", (j, data["probabilities"][j]), ha="center", va="bottom", fontsize=9
        )
    axes[1].set(ylabel="probability", ylim=(0, 1.15), title=f"softmax loss {data['softmax']:.2f}, and how it pushes")


def describe(data):
    """Say in a sentence what `draw` shows.

    Shapes: data of `compute` -> str.
    Lecture: 3.
    Source: ours.
    """
    scores = ", ".join(f"{name} {score:.1f}" for name, score in zip(NAMES, data["scores"], strict=True))
    return (
        f"Scores: {scores}; the right class is {NAMES[data['y']]}. SVM loss {data['svm']:.2f}, softmax loss {data['softmax']:.2f}, "
        f"probability of the right class {data['probabilities'][data['y']]:.2f}."
    )


def explore():
    """Drag the scores, choose the right class, watch both losses.

    Lecture: 3.
    Source: ours.
    """
    import ipywidgets as widgets

    controls = {
        name: slider(f"score of {name}", value, -6, 8, 0.1) for name, value in zip(NAMES, (3.2, 5.1, -1.7), strict=True)
    }
    controls["right"] = widgets.ToggleButtons(
        options=NAMES, value="cat", description="right class", style={"description_width": "12em"}
    )
    return Explorable(compute, draw, describe, controls)
