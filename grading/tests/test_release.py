"""notebooks/ is what solutions/ builds, byte for byte, and gives nothing away."""

import re
import shutil

import nbformat
import pytest

from grading.exercise import load
from grading.release import build as build_module
from grading.release import source as source_module
from grading.release.clear_answers import assigned_names
from grading.release.source import NOTEBOOKS, SOLUTIONS, SourceError, read, topics

TOPICS = topics()


@pytest.fixture(scope="session")
def built():
    return build_module.build()


@pytest.mark.slow
def test_notebooks_are_current(built):
    for topic, text in built.items():
        assert (NOTEBOOKS / f"{topic}.ipynb").read_text() == text, f"run: python -m grading release {topic}"


@pytest.mark.slow
def test_a_second_build_has_the_same_bytes(built):
    assert build_module.build() == built


def test_every_notebook_has_a_source():
    found = {f"{path.parent.name}/{path.stem}" for path in NOTEBOOKS.glob("*/*.ipynb") if ".mine-" not in path.name}
    assert found == set(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_has_all_its_rooms(topic):
    lecture, name = topic.split("/")
    root = source_module.ROOT
    for room in (f"grading/{topic}", f"grading/mistakes/{topic}", f"grading/hidden/{topic}"):
        assert (root / f"{room}.py").exists() or (root / room / "__init__.py").exists(), f"{room} is missing"
    assert (root / "lib" / "chalkgrad" / f"{name}.py").exists() or (root / "lib" / "chalkgrad" / name).is_dir()


@pytest.mark.parametrize("topic", TOPICS)
def test_no_answer_mistake_or_hidden_case_is_in_the_notebook(topic):
    released = (NOTEBOOKS / f"{topic}.ipynb").read_text()
    cells = nbformat.reads(released, as_version=4).cells
    student = "\n".join(cell.source for cell in cells)
    assert "SOLUTION" not in released and "grading.hidden" not in released and "grading.mistakes" not in released
    assert all(not cell.get("outputs") for cell in cells)

    answers = [cell.source for cell in read(topic).cells if (cell.metadata.get("nbgrader") or {}).get("solution")]
    given_anyway = "\n".join(cell.source for cell in read(topic).cells if not cell.metadata.get("nbgrader"))
    lines = 0
    for answer in answers:
        region = re.search(r"### BEGIN SOLUTION\n(.*?)\n\s*### END SOLUTION", answer, re.S)
        for line in (region.group(1) if region else answer).splitlines():
            if len(line.strip()) > 12 and line.strip() not in given_anyway:
                lines += 1
                assert line.strip() not in student, f"an answer is in the released notebook: {line.strip()}"
    assert lines > 20, "the search found too little to search for"
    for exercise in load(topic).exercises.values():
        for mistake in exercise.mistakes:
            assert mistake.name not in student and mistake.sentence not in student
        for case in exercise.all_cases(hidden=True):
            assert not case.hidden or case.name not in student


@pytest.mark.parametrize("topic", TOPICS)
def test_prose_outweighs_code_and_every_figure_is_described(topic):
    cells = read(topic).cells
    prose = [cell for cell in cells if cell.cell_type == "markdown"]
    code = [cell for cell in cells if cell.cell_type == "code" and "check" not in cell.metadata.get("tags", [])]
    assert len(prose) >= len(code)
    for cell in code:
        assert "plt.show()" not in cell.source, "show figures with plots.show(fig, description)"
        assert ("plt.subplots" in cell.source) == ("plots.show(" in cell.source)


@pytest.mark.parametrize("topic", TOPICS)
def test_the_points_add_up(topic):
    graded = [
        cell.metadata.nbgrader for cell in read(topic).cells if (cell.metadata.get("nbgrader") or {}).get("grade")
    ]
    assert sum(about["points"] for about in graded) == 100
    assert [about["grade_id"] for about in graded if about["points"] == 0] == ["reflect-1", "reflect-2"]


def source_with(old, new):
    text = (SOLUTIONS / "lecture03" / "losses.py").read_text()
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("l2, points=5", "l2, points=6", "worth 101 points together"),
        ('check("l2", l2, points=5)', 'check("l2", l1, points=5)', "one call like check("),
        ('check("l2", l2, points=5)', 'check("l2", l2, points=5)\nTrue', "one call like check("),
        ('check("l2", l2, points=5)', 'check("l9", l9, points=5)', "checks 'l9', which grading/lecture03/losses.py"),
        ('check("l1", l1, points=5)', 'check("l2", l2, points=5)', "a second time"),
        ('# %% tags=["solution"]\ndef l2', "# %%\ndef l2", "lacks the tag `solution`"),
        ('# %% tags=["check"]\ncheck("l2"', '# %%\ncheck("l2"', "lacks the tag `check`"),
        ('tags=["explore"]', 'tags=["exlpore"]', "has the tag 'exlpore'"),
        ("    ### END SOLUTION", "    ###", "needs one BEGIN SOLUTION and one END SOLUTION"),
    ],
)
def test_a_source_that_does_not_add_up_is_refused_with_its_place(tmp_path, monkeypatch, old, new, says):
    folder = tmp_path / "solutions" / "lecture03"
    folder.mkdir(parents=True)
    (folder / "losses.py").write_text(source_with(old, new))
    monkeypatch.setattr(source_module, "ROOT", tmp_path)
    monkeypatch.setattr(source_module, "SOLUTIONS", tmp_path / "solutions")
    with pytest.raises(SourceError, match=re.escape(says)) as told:
        read("lecture03/losses")
    assert "solutions/lecture03/losses.py" in str(told.value)


def test_an_unknown_topic_is_refused_with_what_there_is():
    with pytest.raises(SourceError, match="lecture03/losses"):
        topics("lecture99")


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("### BEGIN SOLUTION\na = 1\nb = (2, 3)\n### END SOLUTION", ["a", "b"]),
        ("### BEGIN SOLUTION\nprint(1)\n### END SOLUTION", []),
        ("def f():\n    ### BEGIN SOLUTION\n    a = 1\n    ### END SOLUTION", []),
        ("x = 1", []),
    ],
)
def test_which_blanks_are_three_dots(source, names):
    assert assigned_names(source) == names


@pytest.mark.slow
def test_releasing_keeps_what_somebody_wrote(tmp_path, monkeypatch):
    monkeypatch.setattr(build_module, "NOTEBOOKS", tmp_path)
    path = tmp_path / "lecture03" / "losses.ipynb"
    path.parent.mkdir()
    path.write_text("an afternoon of work")
    ((topic, done, kept),) = build_module.release("lecture03/losses")
    assert done == "written" and kept.read_text() == "an afternoon of work" and kept.parent == path.parent
    shutil.copy(path, path.with_name("copy"))
    assert build_module.release("lecture03/losses") == [(topic, "unchanged", None)]
