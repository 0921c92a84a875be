"""How an answer becomes a blank: nbgrader's way for code, three dots for a value."""

import ast
import textwrap

from nbgrader.preprocessors import ClearSolutions


class ClearAnswers(ClearSolutions):
    """nbgrader's ClearSolutions, with another blank where a cell only assigns values.

    `raise NotImplementedError` is the right blank inside a function, where it waits until it is called. At the top level
    it would stop "Run all" at the first recall question; there the blank is `loss_at_zero = ...`.
    """

    def _replace_solution_region(self, cell, language):
        names = assigned_names(cell.source) if cell.cell_type == "code" else []
        if not names:
            return super()._replace_solution_region(cell, language)
        cell.source = "\n".join(f"{name} = ...  # your answer" for name in names)
        return True


def assigned_names(source):
    """The names that a cell assigns, if its answer region is the whole cell and does nothing else; else []."""
    lines = source.strip().splitlines()
    if not lines or "### BEGIN SOLUTION" not in lines[0] or "### END SOLUTION" not in lines[-1]:
        return []
    try:
        body = ast.parse(textwrap.dedent("\n".join(lines[1:-1]))).body
    except SyntaxError:
        return []
    if not all(isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) for node in body):
        return []
    return [node.targets[0].id for node in body]
