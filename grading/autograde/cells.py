"""The few things that every plug-in asks of a cell."""

REPORT = "application/vnd.chalkgrad.report+json"
NOTE = "chalkgrad"
"""The key in a notebook's metadata under which the repairs are listed."""


def grade_id(cell):
    """The cell's nbgrader id, or None for a cell that nbgrader does not know."""
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def is_check(cell):
    """Whether this is one of the course's check cells: graded, locked, code."""
    about = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and bool(about.get("grade")) and not about.get("solution")


def report_of(cell):
    """The report that a check cell has printed, as data, or None."""
    for output in cell.get("outputs", []):
        if output.output_type == "execute_result" and REPORT in output.data:
            return output.data[REPORT]
    return None
