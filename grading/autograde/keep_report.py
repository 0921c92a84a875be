"""After a submission ran: leave exactly one result in each check cell, the report.

nbgrader reads a cell's score from its outputs: anything on stderr is 0, the first result that is a number is the score,
and a silent cell is full marks. All of that is right for asserts and wrong here, so the outputs are put in order first.
"""

import html

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor

from grading.autograde.cells import REPORT, is_check, report_of
from grading.autograde.seal import SEAL


class KeepReport(NbGraderPreprocessor):
    """Reduce a check cell's outputs to its report; where there is none, to 0 and the reason."""

    def preprocess_cell(self, cell, resources, index):
        if not is_check(cell):
            return cell, resources
        about = resources["nbgrader"]
        cell.source = cell.source.removeprefix(SEAL.format(assignment=about["assignment"], notebook=about["notebook"]))
        points = float(cell.metadata.nbgrader["points"])
        found = report_of(cell)
        if found is not None:
            kept = next(o for o in cell.outputs if o.output_type == "execute_result" and REPORT in o.data)
            score = min(max(float(found["score"]), 0.0), points)
        else:
            sentence = _reason(cell)
            score, kept = 0.0, _no_report(cell, points, sentence)
        kept.data["text/plain"] = repr(score)
        cell.outputs = [kept]
        return cell, resources


def _reason(cell):
    """Why there is no report, in one sentence to the student."""
    for output in cell.outputs:
        if output.output_type == "error":
            if output.ename == "NameError":
                name = output.evalue.split("'")[1] if "'" in output.evalue else "a name"
                return f"`{name}` was never defined: its cell is missing, or stopped with an error before it got there."
            if output.ename in ("KeyboardInterrupt", "CellTimeoutError"):
                return "Your code did not finish in the time that a cell has. Is there a loop that never ends?"
            return f"The check stopped: {output.ename}: {output.evalue}"
    return "The check gave no result: the notebook stopped before it, or ran out of time."


def _no_report(cell, points, sentence):
    grade_id = cell.metadata.nbgrader["grade_id"]
    data = {
        "text/plain": "0.0",
        "text/html": f"<p><code>{html.escape(grade_id)}</code>: <b>0 of {points:g} points</b>. {html.escape(sentence)}</p>",
        REPORT: {
            "id": grade_id,
            "points": points,
            "score": 0.0,
            "status": "error",
            "mistake": None,
            "sentence": sentence,
        },
    }
    return nbformat.v4.new_output("execute_result", data, execution_count=cell.execution_count)
