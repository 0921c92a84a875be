"""What a report looks like: escaped, complete, cut to size, readable without colour."""

import pytest

from chalkgrad.losses import svm_loss
from grading import feedback
from grading.check import checker
from grading.exercise import Exercise
from grading.experiment import run
from grading.report import Marker


@pytest.fixture
def check():
    return checker("grading.lecture03.losses")


class Picture(Exercise):
    """An exercise whose answer is a large picture (lecture 3)."""

    reference = "numpy:negative"
    outputs = ("picture",)
    images = ("picture",)

    def cases(self, rng):
        yield "a picture", {"image": rng.random((40, 30))}


class Table(Picture):
    """The same, shown as numbers (lecture 3)."""

    images = ()


def html_of(exercise, function):
    marker = Marker(exercise("lecture03/losses"))
    return feedback.html(marker.report(run(marker.exercise, function, marker.cases), 5))


def test_a_wrong_answer_shows_the_mistake_both_sides_and_every_case(check):
    page = feedback.html(check("svm_loss", lambda s, y: (svm_loss(s, y)[0], svm_loss(s, y)[1] * len(y)), points=14))
    assert "This is a known mistake." in page and "not divided by N" in page
    assert page.count("<table>") == 2 and "your code" in page and "expected" in page
    assert page.count("<li>") == 5 and "Hint 1" in page and "Hint 2" not in page
    assert "8.4 of 14 points" in page and "≠" not in page and "\\2260" in page  # the sign comes from the style


def test_what_students_write_is_escaped(check):
    def nasty(scores, y):
        print("<script>alert(1)</script>")
        raise ValueError("<b>bold</b>")

    page = feedback.html(check("svm_loss", nasty, points=6))
    assert "<script>" not in page and "<b>bold" not in page and "&lt;b&gt;bold" in page


def test_large_arrays_are_cut_around_the_first_difference():
    def off(image):
        wrong = -image
        wrong[33, 22] = 5
        return wrong

    page = html_of(Table, off)
    assert "a part of 40 × 30" in page and 'class="cg-off">5</td>' in page and ">33</th>" in page


def test_pictures_are_pictures_with_a_description():
    page = html_of(Picture, lambda image: image)
    assert page.count("<img ") == 2 and page.count('alt="a picture of 40 by 30 pixels"') == 2


def test_hidden_cases_never_show_their_numbers():
    from grading.exercise import load

    marker = Marker(load("lecture03/losses").exercises["svm_loss"], hidden=True)
    open_cases = len(marker.exercise.all_cases())
    calls = iter(range(100))

    def right_until_hidden(scores, y):
        loss, dscores = svm_loss(scores, y)
        return (loss, dscores) if next(calls) < open_cases else (loss + 1234.5, dscores)

    report = marker.report(run(marker.exercise, right_until_hidden, marker.cases), 14)
    page = feedback.html(report)
    assert not report.passed and "kept back until marking" in page
    assert report.first is None and "1235" not in page and "1234" not in page and "<table>" not in page


@pytest.mark.parametrize("answer", [svm_loss, None, lambda s, y: 1 / 0, 3])
def test_the_state_is_said_in_words(check, answer):
    report = check("svm_loss", answer, points=6)
    word = feedback.WORDS[report.status][1]
    assert word in feedback.html(report) and word in feedback.text(report)
