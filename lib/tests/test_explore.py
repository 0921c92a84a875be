"""The explorables of lecture 3: arrays, pictures, words, and a picture that follows its controls."""

import numpy as np
import pytest

from chalkgrad.explore import losses, regularizers
from chalkgrad.explore._show import VIEW
from chalkgrad.gradcheck import EXACT


def test_the_losses_of_the_notes_cat():
    data = losses.compute()
    assert (round(data["svm"], 2), round(data["softmax"], 2)) == (2.9, 2.04)
    assert abs(data["probabilities"].sum() - 1) < EXACT and abs(data["dsoftmax"].sum()) < EXACT


def test_adding_to_all_scores_changes_neither_loss():
    before, after = losses.compute(1, 2, 3, "car"), losses.compute(3, 4, 5, "car")
    assert abs(before["svm"] - after["svm"]) < EXACT and abs(before["softmax"] - after["softmax"]) < EXACT


def test_the_penalty_trades_one_error_for_the_other():
    wiggly, calm, flat = (regularizers.compute(log_lambda) for log_lambda in (-8, -0.5, 3))
    assert wiggly["train"] < 1e-6 < calm["train"] < flat["train"]
    assert calm["validation"] < 0.2 * wiggly["validation"] and calm["validation"] < 0.2 * flat["validation"]
    assert wiggly["R"] > calm["R"] > flat["R"]
    assert np.isfinite(wiggly["curve_y"]).all()


@pytest.mark.parametrize("module", [losses, regularizers], ids=lambda m: m.__name__)
def test_the_picture_and_its_words_follow_the_controls(module):
    explorable = module.explore()
    before = explorable.picture()
    control = next(iter(explorable.controls.values()))
    shown = explorable.widget.children[-1]
    html = shown.value
    control.value = control.max
    after = explorable.picture()
    assert before[0] != after[0] and before[1] != after[1]
    assert shown.value != html and after[1].split(",")[0] in shown.value


@pytest.mark.parametrize("module", [losses, regularizers], ids=lambda m: m.__name__)
def test_with_a_kernel_it_moves_and_without_one_it_is_a_picture(module, monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    live = module.explore()._repr_mimebundle_()
    assert VIEW in live and '<img alt="' in live["text/html"]
    monkeypatch.setenv("CHALKGRAD_STATIC", "1")
    assert set(module.explore()._repr_mimebundle_()) == {"text/html", "text/plain"}
