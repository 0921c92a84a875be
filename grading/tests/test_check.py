"""`check` as a student meets it: wrong calls, noise, hints, speed; and the text that nbgrader reads."""

import sys
import time
import warnings

import numpy as np
import pytest
from nbformat.v4 import new_output
from nbgrader.utils import get_partial_grade

from chalkgrad.losses import svm_loss
from grading.check import checker

TOPIC = "grading.lecture03.losses"


@pytest.fixture
def check():
    return checker(TOPIC)


@pytest.mark.parametrize(
    ("given", "points", "says"),
    [
        ((), 6, "name, in quotes"),
        ((svm_loss,), 6, "name, in quotes"),
        (("svm_los", svm_loss), 6, 'Did you mean "svm_loss"?'),
        (("nothing like it", svm_loss), 6, "Its exercises are"),
        (("svm_loss",), 6, "needs your answer after the name"),
        (("svm_loss", svm_loss, svm_loss), 6, "takes one answer"),
        (("svm_loss", svm_loss), None, "what the exercise is worth"),
        (("svm_loss", svm_loss), -1, "a number above 0"),
        (("svm_loss", svm_loss), "6", "a number above 0"),
        (("svm_loss", type("SvmLoss", (), {})), 6, "should be a function; this is the class SvmLoss"),
        (("svm_loss", 5.27), 6, "without calling it"),
        (("hinge_loss_at_zero", svm_loss), 1, "should be a value"),
        (("shape_of_w", np.zeros((3, 3))), 2, "one value"),
    ],
)
def test_wrong_use_gives_one_sentence(check, given, points, says):
    report = check(*given, points=points)
    assert says in report.sentence and report.score == 0 and not report.passed
    assert says in str(report).replace("\n", " ") or "`" in report.sentence


def test_an_unknown_keyword_gives_a_sentence(check):
    assert "`points=`, not `point=`" in check("svm_loss", svm_loss, point=6).sentence


def test_noise_costs_nothing_and_stays_off_stderr(check, capfd):
    from tqdm import tqdm

    def noisy(scores, y):
        print("debugging", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        np.log(np.zeros(1))
        for _ in tqdm(range(3)):
            pass
        return svm_loss(scores, y)

    report = check("svm_loss", noisy, points=6)
    assert report.passed and repr(report) == "6.0"
    assert capfd.readouterr().err == ""
    assert "careful" in report.cases[0].warned and "debugging" in report.cases[0].printed


def test_the_plain_text_is_the_score_that_nbgrader_reads(check):
    bundle = check("svm_loss", lambda s, y: svm_loss(s, y)[0], points=6)._repr_mimebundle_()
    output = new_output("execute_result", {"text/plain": bundle["text/plain"]})
    assert get_partial_grade(output, 6) == 3.0
    assert bundle["application/vnd.chalkgrad.report+json"]["score"] == 3.0


def test_hints_unfold_with_new_tries_only(check):
    def wrong(factor):
        return lambda scores, y: tuple(factor * part for part in svm_loss(scores, y))

    counts = [len(check("svm_loss", wrong(f), points=6).hints) for f in (3, 3, 5, 7, 11, 13)]
    assert counts == [1, 1, 2, 3, 3, 3]
    assert check("svm_loss", svm_loss, points=6).hints == ()


@pytest.mark.parametrize(
    ("thing", "error"),
    [
        (lambda scores, y: 1 / 0, "ZeroDivisionError"),
        (lambda scores, y: sys.exit(1), "SystemExit"),
        (lambda scores: 0, "TypeError"),
        (lambda scores, y: (1, 2, 3), "3 values came back; expected 2 values: loss, dscores"),
        (lambda scores, y: None, "Is the `return` missing?"),
    ],
)
def test_errors_become_a_report(check, thing, error):
    report = check("svm_loss", thing, points=6)
    assert report.status == "error" and report.score == 0 and error in report.cases[0].error


def test_an_error_names_the_students_line(check, tmp_path):
    path = tmp_path / "cell.py"
    path.write_text("def svm_loss(scores, y):\n    N = len(y)\n    return scores.no_such_thing\n")
    space = {}
    exec(compile(path.read_text(), str(path), "exec"), space)
    assert check("svm_loss", space["svm_loss"], points=6).cases[0].where == "line 3: return scores.no_such_thing"


def test_a_student_who_turns_floating_point_errors_into_exceptions_is_still_marked(check):
    with np.errstate(all="raise"):
        assert check("svm_loss", svm_loss, points=6).passed


def test_two_mistakes_at_once_are_told_apart_by_the_first_wrong_output(check):
    def no_mean_and_wrong_sign(scores, y):
        loss, dscores = svm_loss(scores, y)
        return loss * len(y), -17 * dscores

    assert check("svm_loss", no_mean_and_wrong_sign, points=6).mistake == "forgets_the_mean"


def test_an_answer_like_no_known_mistake_is_shown_without_one(check):
    report = check("svm_loss", lambda s, y: (3.7 + svm_loss(s, y)[0], svm_loss(s, y)[1]), points=6)
    assert report.mistake is None and report.first["output"] == "loss" and report.score == 3.0


def test_a_list_is_called_a_list(check):
    report = check("svm_loss_naive", lambda scores, y: [2.9, 0, 12.9], points=8)
    assert report.cases[0].problems == [("loss", "is a list or tuple; expected a number.")] and report.score == 0


def test_a_question_is_answered_or_it_is_not(check):
    assert check("shape_of_w", (3072, 11), points=2).score == 0
    assert check("shape_of_w", [3072, 10], points=2).passed


def test_words_are_compared_without_case_or_spaces(check):
    assert check("unique_w", " B ", points=1).passed
    assert check("unique_w", ..., points=1).status == "blank"


def test_a_check_answers_within_a_second(check):
    check("svm_loss", svm_loss, points=6)
    began = time.perf_counter()
    check("svm_loss", lambda s, y: (0.0, s), points=6)
    # A quarter of a second alone; the bound leaves room for a busy machine and is still what a student may expect.
    assert time.perf_counter() - began < 1
