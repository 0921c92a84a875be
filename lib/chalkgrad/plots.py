"""The course's figures: one style, one palette, and a description for whoever cannot see the picture.

Colours are Okabe and Ito's, which stay apart for colour-blind readers, and nothing is told by colour alone: lines differ in
style, bars in hatching, points in shape. The same quantity has the same colour in every lecture.
"""

import base64
import html
import io

import numpy as np

PALETTE = {
    "data": "#56b4e9",  # what came in: pixels, scores
    "right": "#009e73",  # the right class, a check that passed
    "wrong": "#d55e00",  # the wrong class, a check that failed
    "forward": "#0072b2",  # values on the way forward
    "gradient": "#e69f00",  # gradients on the way back
    "train": "#0072b2",
    "validation": "#d55e00",
    "svm": "#0072b2",
    "softmax": "#d55e00",
    "quiet": "#8a8a8a",  # guides and grids
}
CLASS_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#000000")
CLASS_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")


def use_style():
    """Set matplotlib's defaults for the course: readable sizes, thin frames, the palette as the colour cycle.

    Lecture: all.
    Source: Okabe & Ito 2008, "Color universal design".
    """
    import matplotlib.pyplot as plt

    plt.rcParams.update(
        {
            "figure.dpi": 100,
            "font.size": 11,
            "axes.titlesize": 11,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.prop_cycle": plt.cycler(color=CLASS_COLOURS),
            "legend.frameon": False,
            "image.cmap": "cividis",
            "hatch.linewidth": 0.8,
        }
    )


def png(fig, dpi=110):
    """Return the figure as PNG bytes.

    Lecture: all.
    Source: ours.
    """
    out = io.BytesIO()
    fig.savefig(out, format="png", dpi=dpi, facecolor="white")
    return out.getvalue()


def img(picture, alt, width=""):
    """Return PNG bytes as an HTML image with its description; `width` is a CSS length.

    Notebook pages show a bare PNG output without any description, so pictures travel as HTML.

    Lecture: all.
    Source: ours.
    """
    data = base64.b64encode(picture).decode()
    style = f' style="width:{width};max-width:100%"' if width else ""
    return f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{data}"{style}>'


def show(fig, alt):
    """Show a finished figure with a description of what is to be seen in it, and close it.

    Lecture: all.
    Source: ours.
    """
    import matplotlib.pyplot as plt
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is None:
        plt.show()
        return
    picture = img(png(fig, dpi=200), alt, width=f"{fig.get_figwidth() * 100:.0f}px")
    display({"text/html": picture, "text/plain": alt}, raw=True)
    plt.close(fig)


def heat_table(ax, values, row_names, column_names, title):
    """Draw a small matrix as a table of numbers, shaded by value around zero.

    Shapes: values (R, C), row_names R words, column_names C words -> None.
    Lecture: all.
    Source: ours.
    """
    values = np.asarray(values, dtype=float) + 0.0  # a gradient of −0 is 0 to a reader
    reach = np.abs(values).max() or 1.0
    # A pale diverging map: the numbers are the message and stay readable on every shade.
    ax.imshow(values, cmap="PuOr_r", vmin=-2.5 * reach, vmax=2.5 * reach, aspect="auto")
    for (i, j), value in np.ndenumerate(values):
        ax.text(j, i, f"{value:+.3f}", ha="center", va="center", fontsize=11)
    ax.set(title=title, xlabel="class", ylabel="picture")
    ax.set_xticks(range(len(column_names)), column_names)
    ax.set_yticks(range(len(row_names)), row_names)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)


def decision_regions(ax, score, points, labels, margin=0.8, steps=200):
    """Draw which class wins where in the plane, with the points on top, each class with a marker of its own.

    Shapes: score maps (M, 2) to (M, C); points (N, 2), labels (N,) -> None.
    Lecture: all.
    Source: ours.
    """
    from matplotlib.colors import ListedColormap

    low, high = points.min(axis=0) - margin, points.max(axis=0) + margin
    across, up = np.meshgrid(np.linspace(low[0], high[0], steps), np.linspace(low[1], high[1], steps))
    winner = score(np.column_stack([across.ravel(), up.ravel()])).argmax(axis=1).reshape(across.shape)
    C = int(max(winner.max(), labels.max())) + 1
    ax.pcolormesh(
        across, up, winner, cmap=ListedColormap(CLASS_COLOURS[:C]), vmin=0, vmax=C - 1, alpha=0.25, shading="auto"
    )
    for c in range(C):
        of_c = points[labels == c]
        ax.plot(
            of_c[:, 0],
            of_c[:, 1],
            CLASS_MARKERS[c],
            color=CLASS_COLOURS[c],
            markeredgecolor="white",
            label=f"class {c}",
        )
    ax.legend(loc="upper left", fontsize=9)
