"""Figures: described, escaped, and the tables and regions that notebooks draw."""

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest

from chalkgrad import plots

matplotlib.use("agg")


@pytest.fixture
def figure():
    fig, ax = plt.subplots()
    yield fig, ax
    plt.close(fig)


def luminance(colour):
    parts = np.array(matplotlib.colors.to_rgb(colour))
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def test_an_image_carries_its_description_escaped(figure):
    tag = plots.img(plots.png(figure[0]), 'a "bar" <chart>', width="10em")
    assert (
        'alt="a &quot;bar&quot; &lt;chart&gt;"' in tag and "width:10em" in tag and "data:image/png;base64,iVBOR" in tag
    )


def test_lines_of_the_palette_stand_out_from_white_paper():
    for name in ("right", "wrong", "forward", "train", "validation", "svm", "softmax"):
        assert 1.05 / (luminance(plots.PALETTE[name]) + 0.05) >= 3, f"{name} is too pale for a line"


def test_every_class_has_a_colour_and_a_marker_of_its_own():
    assert len(set(plots.CLASS_COLOURS)) == len(set(plots.CLASS_MARKERS)) == 8


def test_a_heat_table_shows_every_number_and_no_minus_zero(figure):
    plots.heat_table(figure[1], np.array([[1 / 3, -0.0]]), ["cat"], ["a", "b"], title="t")
    assert [text.get_text() for text in figure[1].texts] == ["+0.333", "+0.000"]


def test_decision_regions_draw_each_class(figure):
    points = np.array([[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]])
    plots.decision_regions(figure[1], lambda grid: grid @ np.ones((2, 3)), points, np.array([0, 1, 2]), steps=10)
    assert [line.get_marker() for line in figure[1].lines] == list(plots.CLASS_MARKERS[:3])


def test_showing_in_a_notebook_displays_html_and_closes_the_figure(figure, monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.get_ipython", lambda: object())
    monkeypatch.setattr("IPython.display.display", lambda bundle, raw: shown.append(bundle))
    plots.show(figure[0], "three bars")
    (bundle,) = shown
    assert bundle["text/plain"] == "three bars" and 'alt="three bars"' in bundle["text/html"]
    assert not plt.fignum_exists(figure[0].number)


def test_the_style_sets_readable_sizes():
    with matplotlib.rc_context():
        plots.use_style()
        assert plt.rcParams["font.size"] >= 11 and plt.rcParams["image.cmap"] == "cividis"
