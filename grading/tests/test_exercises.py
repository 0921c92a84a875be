"""For every exercise of the course: the reference passes, mistakes are refused and named, variants pass, a blank earns nothing."""

import inspect

import numpy as np
import pytest

from grading.compare import same
from grading.exercise import Question, load
from grading.experiment import run
from grading.release.source import topics
from grading.report import Marker

EXERCISES = [exercise for topic in topics() for exercise in load(topic).exercises.values()]
SECRETS = ("", "one class", "another class")
NAMED = [(exercise, mistake) for exercise in EXERCISES for mistake in exercise.mistakes]
VARIANTS = [(exercise, variant) for exercise in EXERCISES for variant in exercise.accepted]


def marked(exercise, thing, hidden=False, secret=""):
    marker = Marker(exercise, hidden, secret)
    return marker.report(run(exercise, thing, marker.cases), points=10)


def name(value):
    return getattr(value, "name", None) or f"{value.topic}:{value.id}"


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
@pytest.mark.parametrize("secret", SECRETS)
def test_the_reference_earns_everything(exercise, secret):
    report = marked(exercise, exercise.right(), hidden=True, secret=secret)
    assert report.passed and report.score == 10, str(report)


@pytest.mark.parametrize(("exercise", "mistake"), NAMED, ids=name)
def test_every_mistake_is_refused_and_named(exercise, mistake):
    report = marked(exercise, mistake.function)
    assert not report.passed and report.score < 10
    assert report.mistake == mistake.name, f"taken for {report.mistake}: {report}"
    assert report.sentence == mistake.sentence


@pytest.mark.parametrize(("exercise", "mistake"), NAMED, ids=name)
@pytest.mark.parametrize("secret", SECRETS)
def test_hidden_cases_change_no_diagnosis(exercise, mistake, secret):
    report = marked(exercise, mistake.function, hidden=True, secret=secret)
    assert not report.passed and report.mistake == mistake.name


@pytest.mark.parametrize(("exercise", "variant"), VARIANTS, ids=name)
@pytest.mark.parametrize("secret", SECRETS)
def test_every_accepted_variant_passes(exercise, variant, secret):
    report = marked(exercise, variant.function, hidden=True, secret=secret)
    assert report.passed and report.score == 10, str(report)


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e.kind == "function"], ids=name)
def test_a_blank_and_a_do_nothing_answer_earn_nothing(exercise):
    def blank(*inputs):
        raise NotImplementedError

    def zeros(*inputs):
        wanted = list(Marker(exercise).wanted[0].outputs.values())
        empty = [np.zeros_like(w) for w in wanted]
        return empty[0] if len(empty) == 1 else tuple(empty)

    report = marked(exercise, blank)
    assert (report.status, report.score) == ("blank", 0)
    assert marked(exercise, zeros).score == 0
    assert marked(exercise, lambda *inputs: None).score == 0


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_an_exercise_is_complete(exercise):
    assert exercise.__doc__ and "(lecture" in exercise.__doc__
    sentences = [mistake.sentence for mistake in exercise.mistakes]
    assert len(set(sentences)) == len(sentences), "two mistakes share a sentence"
    assert all(sentence.rstrip().endswith((".", "?")) for sentence in sentences)
    if isinstance(exercise, Question):
        assert len(sentences) >= 2
        return
    assert len(sentences) >= 4
    assert exercise.accepted, "no accepted variant"
    assert 1 <= len(exercise.hints) <= 3
    assert len(exercise.all_cases(hidden=True)) > len(exercise.all_cases()), "no hidden case"


@pytest.mark.parametrize("exercise", EXERCISES, ids=name)
def test_cases_are_the_same_again_and_new_each_time(exercise):
    once, again = exercise.all_cases(hidden=True), exercise.all_cases(hidden=True)
    for a, b in zip(once, again, strict=True):
        assert a.name == b.name and a.inputs.keys() == b.inputs.keys()
        for key, value in a.inputs.items():
            if isinstance(value, np.ndarray):
                assert value is not b.inputs[key] and same(value, b.inputs[key], 0)


@pytest.mark.parametrize("exercise", [e for e in EXERCISES if e.kind == "function"], ids=name)
def test_the_secret_changes_what_is_kept_back(exercise):
    def numbers(secret):
        hidden = [case for case in exercise.all_cases(hidden=True, secret=secret) if case.hidden]
        return [value.tobytes() for case in hidden for value in case.inputs.values() if isinstance(value, np.ndarray)]

    assert numbers("one class") == numbers("one class")
    assert numbers("one class") != numbers("another class")


def test_mistakes_and_hidden_cases_are_not_loaded_with_the_exercises():
    import subprocess
    import sys

    program = (
        "import sys, grading.lecture03.losses as m; bad = [n for n in sys.modules "
        "if n.startswith(('grading.mistakes', 'grading.hidden', 'chalkgrad.losses', 'chalkgrad.regularizers', 'torch'))]; print(bad)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_bank_function_calls_the_reference():
    # A mistake that is made from the library would change when the library does; and a submission is made from its text.
    for _, thing in [*NAMED, *VARIANTS]:
        if inspect.isfunction(thing.function):
            assert "chalkgrad" not in inspect.getsource(inspect.getmodule(thing.function))
