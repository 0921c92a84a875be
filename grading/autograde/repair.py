"""Put back together what happened to a notebook on its way: cells copied, deleted, stripped of their metadata.

Left alone, one copied cell makes nbgrader stop for the whole class. Here it costs nothing, is undone where it can be, and
is written down: in a note at the top of the marked notebook, for the student and the instructor, and in its metadata.
"""

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from grading.autograde.cells import NOTE, grade_id


class RepairNotebook(NbGraderPreprocessor):
    """The first step of `nbgrader autograde`: give every graded cell back its place."""

    def preprocess(self, nb, resources):
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            known = _known_cells(gradebook.find_notebook(about["notebook"], about["assignment"]))
        repairs = [
            *_renamed(nb, about["notebook"]),
            *_drop_unknown(nb, known),
            *_single_out(nb, known),
            *_put_back(nb, known),
        ]
        nb.metadata[NOTE] = {"repairs": repairs}
        if repairs:
            listed = "\n".join(f"- {repair}" for repair in repairs)
            note = f"**Repaired before marking.** No points were lost by this.\n\n{listed}"
            nb.cells.insert(0, nbformat.v4.new_markdown_cell(note, id="repairs"))
            self.log.warning("Repaired %s: %s", about["notebook"], " ".join(repairs))
        return nb, resources


def _known_cells(notebook):
    """{grade_id: metadata and source} of the assignment as it was released, in order."""
    grade = {cell.name: cell.max_score for cell in notebook.grade_cells}
    solution = {cell.name for cell in notebook.solution_cells}
    known = {}
    for cell in notebook.source_cells:
        about = {
            "schema_version": 3, "grade_id": cell.name, "grade": cell.name in grade, "solution": cell.name in solution,
            "locked": cell.locked, "task": False, "cell_type": cell.cell_type, "checksum": cell.checksum,
        }  # fmt: skip
        if cell.name in grade:
            about["points"] = grade[cell.name]
        known[cell.name] = (about, cell.source or "")
    return known


def _renamed(nb, name):
    """`find_renamed` has left word where it found this notebook under another name."""
    before = nb.metadata.get(NOTE, {}).get("renamed_from")
    return [f"The file came back as `{before}`; it was recognised as `{name}.ipynb`."] if before else []


def _drop_unknown(nb, known):
    """Cells with nbgrader metadata that this assignment does not have (or that is broken) become plain cells."""
    repairs = []
    for cell in nb.cells:
        id = grade_id(cell)
        if "nbgrader" in cell.metadata and id not in known:
            del cell.metadata["nbgrader"]
            if id is not None:
                repairs.append(
                    f"A cell called `{id}` does not belong to this assignment; it was left in as a plain cell."
                )
        elif id is not None:
            # Whatever was changed in the metadata (points, locks, versions) is as released again.
            cell.metadata["nbgrader"] = dict(known[id][0])
    return repairs


def _single_out(nb, known):
    """Of several cells with one id, keep one; the others stay in the notebook as plain cells, text and all."""
    copies = {}
    for cell in nb.cells:
        if grade_id(cell) is not None:
            copies.setdefault(grade_id(cell), []).append(cell)
    repairs = []
    for id, cells in copies.items():
        if len(cells) == 1:
            continue
        released = known[id][1].strip()
        # The last copy with something written in it: it is the one that counts when the notebook runs from top to bottom.
        kept = next((cell for cell in reversed(cells) if cell.source.strip() != released), cells[-1])
        for cell in cells:
            if cell is not kept:
                del cell.metadata["nbgrader"]
        repairs.append(f"The cell `{id}` was there {len(cells)} times; the last one that was written in counts.")
    return repairs


def _put_back(nb, known):
    """Find or re-insert the graded cells that are missing."""
    repairs = []
    for id, (about, source) in known.items():
        if not about["grade"] or any(grade_id(cell) == id for cell in nb.cells):
            continue
        plain = [cell for cell in nb.cells if "nbgrader" not in cell.metadata and cell.source.strip() == source.strip()]
        if plain:
            plain[-1].metadata["nbgrader"] = dict(about)
            repairs.append(f"The cell `{id}` had lost its metadata; it was recognised by its text.")
            continue
        make = nbformat.v4.new_code_cell if about["cell_type"] == "code" else nbformat.v4.new_markdown_cell
        cell = make(source, id=f"restored-{id}")
        cell.metadata["nbgrader"] = dict(about)
        nb.cells.insert(_place(nb, id, known), cell)
        repairs.append(f"The cell `{id}` was missing; it was put back.")
    return repairs


def _place(nb, id, known):
    """Right behind the answer it checks, else behind the nearest known cell before it, else at the end."""
    ids = [grade_id(cell) for cell in nb.cells]
    order = list(known)
    for before in [f"answer-{id}", *reversed(order[: order.index(id)])]:
        if before in ids:
            return ids.index(before) + 1
    return len(nb.cells)
