"""Explore: λ and the wiggly curve. What does a penalty do to a fit that could pass through every point?"""

import numpy as np

from chalkgrad.explore._show import Explorable, slider
from chalkgrad.plots import PALETTE

POINTS, DEGREE, NOISE, SEED = 10, 9, 0.25, 7


def compute(log_lambda=-8.0):
    """Fit a polynomial of degree 9 to ten noisy points, with an L2 penalty of 10**log_lambda on its coefficients.

    Shapes: a number -> dict: points x, y (10,), unseen x, y (10,), curve x, y (300,), the two errors and the size of the weights.
    Lecture: 3.
    Source: ours; the picture is the lecture's "wiggly curve".
    """
    rng = np.random.default_rng(SEED)
    x = np.sort(rng.uniform(-1, 1, 2 * POINTS))
    y = np.sin(2.5 * x) + NOISE * rng.normal(size=2 * POINTS)
    seen = np.arange(2 * POINTS) % 2 == 0
    features = np.polynomial.legendre.legvander(x, DEGREE)  # (20, 10): smooth bumps of rising frequency
    A, b = features[seen], y[seen]
    # The minimum of |A w − b|² + λ|w|², by least squares on a stacked system: stable however small λ is.
    root = 10 ** (log_lambda / 2)
    stacked = np.vstack([A, root * np.eye(DEGREE + 1)])
    w = np.linalg.lstsq(stacked, np.concatenate([b, np.zeros(DEGREE + 1)]), rcond=None)[0]
    curve_x = np.linspace(-1, 1, 300)
    error = (features @ w - y) ** 2
    return {
        "x": x[seen], "y": b, "unseen_x": x[~seen], "unseen_y": y[~seen], "log_lambda": log_lambda,
        "curve_x": curve_x, "curve_y": np.polynomial.legendre.legvander(curve_x, DEGREE) @ w,
        "train": float(error[seen].mean()), "validation": float(error[~seen].mean()), "R": float(w @ w),
    }  # fmt: skip


def draw(data, axes):
    """Draw the fit over the points, and the two errors as bars.

    Shapes: data of `compute`, two axes -> None.
    Lecture: 3.
    Source: ours.
    """
    fit, errors = axes
    fit.plot(data["curve_x"], data["curve_y"], color=PALETTE["forward"])
    fit.plot(data["x"], data["y"], "o", color=PALETTE["train"], label="seen by the fit")
    fit.plot(data["unseen_x"], data["unseen_y"], "s", mfc="none", color=PALETTE["validation"], label="kept back")
    fit.set(
        ylim=(-2.2, 2.2),
        xlabel="x",
        ylabel="y",
        title=f"λ = 10^{data['log_lambda']:.1f}, sum of squared weights {data['R']:.3g}",
    )
    fit.legend(loc="upper left", fontsize=9)
    bars = errors.bar(
        ["seen", "kept back"], [data["train"], data["validation"]],
        color=[PALETTE["train"], PALETTE["validation"]], hatch=["", "//"], edgecolor="white",
    )  # fmt: skip
    errors.bar_label(bars, fmt="%.3g", fontsize=9)
    errors.set(ylabel="mean squared error", yscale="log", ylim=(1e-4, 30), title="two errors")
    # Plain words for ticks: typeset powers of ten would take longer than all the rest of the redraw.
    errors.minorticks_off()
    errors.set_yticks([1e-4, 1e-2, 1], ["0.0001", "0.01", "1"])


def describe(data):
    """Say in a sentence what `draw` shows.

    Shapes: data of `compute` -> str.
    Lecture: 3.
    Source: ours.
    """
    return (
        f"A polynomial fitted to ten points with lambda 10^{data['log_lambda']:.1f}: mean squared error {data['train']:.3g} on the points "
        f"it has seen, {data['validation']:.3g} on those kept back; sum of squared weights {data['R']:.3g}."
    )


def explore():
    """Move λ and watch the curve calm down.

    Lecture: 3.
    Source: ours.
    """
    return Explorable(compute, draw, describe, {"log_lambda": slider("log₁₀ λ", -8.0, -8, 3, 0.25)}, figsize=(8, 3.2))
