"""What students do to notebooks, one by one: copied, deleted, stripped, foreign and renamed."""

import copy
import json

import nbformat
import pytest
from nbformat.v4 import new_output

from grading.autograde import repair as repairs
from grading.autograde.cells import REPORT, grade_id, report_of
from grading.autograde.keep_report import KeepReport
from grading.autograde.renamed import find_renamed, ids_in, most_alike
from grading.autograde.seal import SEAL, SealChecks
from grading.release.source import NOTEBOOKS

ABOUT = {"nbgrader": {"assignment": "lecture03", "notebook": "losses"}}


@pytest.fixture
def notebook():
    return nbformat.read(NOTEBOOKS / "lecture03" / "losses.ipynb", as_version=4)


@pytest.fixture
def known(notebook):
    """What the gradebook would say was released."""
    return {
        grade_id(cell): (dict(cell.metadata.nbgrader), cell.source) for cell in notebook.cells if grade_id(cell)
    }  # fmt: skip


def mend(notebook, known):
    return [
        *repairs._drop_unknown(notebook, known),
        *repairs._single_out(notebook, known),
        *repairs._put_back(notebook, known),
    ]


def at(notebook, id):
    return next(i for i, cell in enumerate(notebook.cells) if grade_id(cell) == id)


def ids(notebook):
    return [grade_id(cell) for cell in notebook.cells if grade_id(cell)]


def test_an_untouched_notebook_needs_no_repair(notebook, known):
    before = copy.deepcopy(notebook)
    assert mend(notebook, known) == [] and notebook == before


def test_of_two_copies_the_last_one_written_in_counts_and_no_text_is_lost(notebook, known):
    i = at(notebook, "answer-svm_loss")
    first, second, third = (copy.deepcopy(notebook.cells[i]) for _ in range(3))
    first.source, second.source = "def svm_loss(): first", "def svm_loss(): second"
    notebook.cells[i : i + 1] = [first, second, third]  # the third is the blank, copied and left
    (told,) = mend(notebook, known)
    assert "3 times" in told and grade_id(second) == "answer-svm_loss"
    assert grade_id(first) is None and grade_id(third) is None
    assert "first" in first.source and ids(notebook).count("answer-svm_loss") == 1


def test_a_deleted_check_cell_comes_back_behind_its_answer(notebook, known):
    del notebook.cells[at(notebook, "l2")]
    (told,) = mend(notebook, known)
    assert "`l2` was missing" in told
    assert at(notebook, "l2") == at(notebook, "answer-l2") + 1
    assert notebook.cells[at(notebook, "l2")].source == known["l2"][1]


def test_everything_deleted_comes_back_in_order(notebook, known):
    notebook.cells = []
    mend(notebook, known)
    assert ids(notebook) == [id for id, (about, _) in known.items() if about["grade"]]


def test_a_check_cell_that_lost_its_metadata_is_recognised_by_its_text(notebook, known):
    cell = notebook.cells[at(notebook, "l2")]
    del cell.metadata["nbgrader"]
    (told,) = mend(notebook, known)
    assert "recognised by its text" in told and grade_id(cell) == "l2"


def test_changed_points_and_locks_are_as_released_again(notebook, known):
    cell = notebook.cells[at(notebook, "l2")]
    cell.metadata.nbgrader.update(points=1000, locked=False, schema_version=1)
    mend(notebook, known)
    assert cell.metadata.nbgrader == known["l2"][0]


@pytest.mark.parametrize("about", [{}, {"grade_id": "from_another_lecture", "grade": True, "points": 50}])
def test_foreign_or_broken_metadata_is_dropped(notebook, known, about):
    cell = nbformat.v4.new_code_cell("x = 1", metadata={"nbgrader": about})
    notebook.cells.append(cell)
    mend(notebook, known)
    assert "nbgrader" not in cell.metadata


def check_cell(notebook, *outputs):
    cell = notebook.cells[at(notebook, "l2")]
    cell.outputs = list(outputs)
    return cell


def a_report(score):
    data = {"text/plain": str(score), REPORT: {"id": "l2", "points": 5, "score": score, "status": "passed"}}
    return new_output("execute_result", data)


@pytest.mark.parametrize(("claimed", "kept"), [(5, "5.0"), (2.5, "2.5"), (500, "5.0"), (-3, "0.0")])
def test_the_report_alone_is_kept_and_its_score_is_bounded(notebook, claimed, kept):
    noise = new_output("stream", name="stderr", text="careful")
    forged = new_output("execute_result", {"text/plain": "5"})
    cell = check_cell(notebook, noise, forged, a_report(claimed), noise)
    KeepReport().preprocess_cell(cell, copy.deepcopy(ABOUT), 0)
    (only,) = cell.outputs
    assert only.data["text/plain"] == kept


@pytest.mark.parametrize(
    ("outputs", "says"),
    [
        ([], "gave no result"),
        ([new_output("execute_result", {"text/plain": "True"})], "gave no result"),
        (
            [new_output("error", ename="NameError", evalue="name 'l2' is not defined", traceback=[])],
            "`l2` was never defined",
        ),
        ([new_output("error", ename="KeyboardInterrupt", evalue="", traceback=[])], "did not finish in the time"),
        ([new_output("error", ename="ValueError", evalue="<odd>", traceback=[])], "ValueError: <odd>"),
    ],
)
def test_without_a_report_there_is_zero_and_the_reason(notebook, outputs, says):
    cell = check_cell(notebook, *outputs)
    KeepReport().preprocess_cell(cell, copy.deepcopy(ABOUT), 0)
    (only,) = cell.outputs
    assert only.data["text/plain"] == "0.0" and says in report_of(cell)["sentence"]
    assert "<odd>" not in only.data["text/html"]


def test_the_seal_goes_on_and_comes_off(notebook):
    cell = check_cell(notebook)
    before = cell.source
    SealChecks().preprocess_cell(cell, copy.deepcopy(ABOUT), 0)
    assert cell.source == SEAL.format(assignment="lecture03", notebook="losses") + before
    KeepReport().preprocess_cell(cell, copy.deepcopy(ABOUT), 0)
    assert cell.source == before


def test_a_renamed_notebook_is_found_copied_and_noted(tmp_path, monkeypatch):
    released = (NOTEBOOKS / "lecture03" / "losses.ipynb").read_text()
    (tmp_path / "source" / "lecture03").mkdir(parents=True)
    (tmp_path / "source" / "lecture03" / "losses.ipynb").write_text(released)
    folder = tmp_path / "submitted" / "ada" / "lecture03"
    folder.mkdir(parents=True)
    (folder / "my losses (1).ipynb").write_text(released)
    (folder / "scratch.ipynb").write_text("not a notebook at all")
    monkeypatch.chdir(tmp_path)
    notebooks = ["submitted/ada/lecture03/my losses (1).ipynb", "submitted/ada/lecture03/scratch.ipynb"]
    find_renamed("lecture03", "*", notebooks)
    assert notebooks[-1] == "submitted/ada/lecture03/losses.ipynb"
    assert (folder / "my losses (1).ipynb").read_text() == released
    copied = nbformat.read(folder / "losses.ipynb", as_version=4)
    assert repairs._renamed(copied, "losses") == [
        "The file came back as `my losses (1).ipynb`; it was recognised as `losses.ipynb`."
    ]
    before = list(notebooks)
    find_renamed("lecture03", "*", notebooks)
    assert notebooks == before


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"cells": 3}', '{"cells": [3]}', "\udcff", json.dumps({"cells": [{"metadata": {}}]})]
)
def test_files_that_are_no_notebooks_have_no_ids(tmp_path, text):
    path = tmp_path / "odd.ipynb"
    path.write_text(text, errors="surrogateescape")
    assert ids_in(path) == set() and most_alike([path], {"l2"}) is None
