"""A report as a student reads it: what passed, what to look at first, and one more hint for each further try.

Everything is escaped, nothing is said by colour alone, and the page needs no script. JupyterLab's own colour variables
are used where they exist, so that the dark theme stays dark; the fallbacks serve nbgrader's feedback page and the book.
"""

import html as _html
import io

import numpy as np

from chalkgrad.plots import img
from grading.compare import differs, number

ROWS, COLUMNS = 6, 8
"""Entries of an array that a table shows; larger arrays are shown around their first difference."""

STYLE = """<style>
.cg{border-left:4px solid #8a8a8a;padding:.5em .9em;margin:.3em 0;max-width:60em;line-height:1.5;
 color:var(--jp-content-font-color1,#1c1c1c);background:var(--jp-layout-color1,#fff);
 font-family:var(--jp-content-font-family,system-ui,sans-serif);font-size:var(--jp-content-font-size1,14px)}
.cg-passed{border-color:#009e73}.cg-failed,.cg-error{border-color:#d55e00}.cg-misuse{border-color:#cc79a7}
.cg p{margin:.4em 0}.cg .cg-head{font-size:1.05em}.cg .cg-head .cg-points{margin-left:.8em}
.cg .cg-mistake{border:1px solid #d55e00;border-radius:4px;padding:.45em .7em}
.cg ul{list-style:none;margin:.3em 0;padding:0}.cg li{margin:.1em 0}
.cg .cg-pair{display:flex;flex-wrap:wrap;gap:1.6em;align-items:flex-start;margin:.4em 0}
.cg figure{margin:0}.cg figcaption{font-size:.9em;opacity:.8}
.cg table{border-collapse:collapse;margin:.2em 0;font-size:.92em;font-variant-numeric:tabular-nums}
.cg td,.cg th{padding:.1em .55em;text-align:right;border:1px solid var(--jp-border-color2,#d5d5d5)}
.cg th{font-weight:normal;opacity:.65}
.cg td.cg-off{outline:2px solid #d55e00;outline-offset:-2px;font-weight:bold}
.cg td.cg-off::before{content:"\\2260\\00a0"}
.cg img{image-rendering:pixelated;width:10em;border:1px solid var(--jp-border-color2,#d5d5d5)}
.cg summary{cursor:pointer}.cg pre{white-space:pre-wrap;margin:.3em 0;font-size:.92em}
</style>"""

WORDS = {
    "passed": ("✓", "passed"),
    "failed": ("✗", "not yet right"),
    "error": ("✗", "stops with an error"),
    "blank": ("○", "not written yet"),
    "misuse": ("!", "this call cannot be checked"),
}


def html(report):
    """The report as HTML."""
    mark, word = WORDS[report.status]
    parts = [STYLE, f'<div class="cg cg-{report.status}" role="group" aria-label="{_esc(_headline(report))}">']
    parts.append(
        f'<p class="cg-head"><span aria-hidden="true">{mark}</span> <code>{_esc(report.id)}</code> {word}'
        + ("" if report.status == "misuse" else f'<b class="cg-points">{_points(report)}</b>')
        + "</p>"
    )
    parts += _sentence(report)
    if report.status in ("failed", "error"):
        parts += _first(report)
        parts += _cases(report)
        parts += _hints(report)
    parts += _notes(report)
    parts.append("</div>")
    return "".join(parts)


def text(report):
    """The report as plain text, for a terminal."""
    lines = [_headline(report)]
    if report.sentence:
        lines.append(("A known mistake: " if report.mistake else "") + _bare(report.sentence))
    for case in report.cases:
        if report.status in ("failed", "error"):
            lines.append(f"  {'✓' if case.passed else '✗'} {case.name}{_what(case)}")
    lines += [f"  Hint: {_bare(hint)}" for hint in report.hints]
    return "\n".join(lines)


def _headline(report):
    word = WORDS[report.status][1]
    return f"{report.id}: {word}" + ("" if report.status == "misuse" else f", {_points(report)}")


def _points(report):
    return f"{report.score:g} of {report.points:g} point{'' if report.points == 1 else 's'}"


def _sentence(report):
    if not report.sentence:
        return []
    if report.mistake:
        return [f'<p class="cg-mistake"><b>This is a known mistake.</b> {_rich(report.sentence)}</p>']
    return [f"<p>{_rich(report.sentence)}</p>"]


def _first(report):
    """The first thing to look at: an error and its line, or the first output that differs, beside what was expected."""
    for case in report.cases:
        if case.status == "error" and not case.hidden:
            where = f" your code stopped at <code>{_esc(case.where)}</code>" if case.where else ""
            return [f"<p>In the case “{_esc(case.name)}”{where}:</p><pre>{_esc(case.error)}</pre>"]
        if case.status == "blank":
            return [f"<p>In the case “{_esc(case.name)}” your code says that it is not written yet.</p>"]
        if case.problems and not case.hidden:
            break
    first = report.first
    if first is None:
        return []
    opening = (
        f"<p>In the case “{_esc(first['case'])}”, <code>{_esc(first['output'])}</code> {_esc(first['sentence'])}</p>"
    )
    return [opening, *_pair(first["got"], first["want"], report)]


def _pair(got, want, report):
    """Got and expected side by side, as pictures or tables. A lone number was already in the sentence."""
    if not (isinstance(got, np.ndarray) and isinstance(want, np.ndarray)) or want.ndim == 0 or want.size == 0:
        return []
    if got.ndim == 0 or got.dtype.kind not in "fiub":
        return []
    aligned = got.shape == want.shape
    off = differs(got, want, report.tolerance) if aligned else None
    if (
        report.first["output"] in report.images
        and aligned
        and (want.ndim == 2 or (want.ndim == 3 and want.shape[2] == 3))
    ):
        sides = [(_picture(got, want), "your picture"), (_picture(want, want), "expected")]
    else:
        sides = [(_table(got, off), "your code"), (_table(want, None, off), "expected")]
    figures = (f"<figure><figcaption>{caption}</figcaption>{body}</figure>" for body, caption in sides)
    return ['<div class="cg-pair">', *figures, "</div>"]


def _table(array, off, around=None):
    """An array as a table, at most ROWS × COLUMNS of it, cut so that the first difference is inside."""
    lead = off if off is not None else around
    where = tuple(np.argwhere(lead)[0]) if lead is not None and lead.any() else (0,) * array.ndim
    note = ""
    if array.ndim > 2:  # the plane that holds the first difference
        plane = tuple(int(i) for i in where[:-2])
        array, off, where = (array[plane], None if off is None else off[plane], where[-2:])
        note = f"<figcaption>plane [{', '.join(map(str, plane))}]</figcaption>"
    if array.ndim == 1:
        array, off, where = (array[None], None if off is None else off[None], (0, where[-1]))
    top, left = (_start(i, n, shown) for i, n, shown in zip(where, array.shape, (ROWS, COLUMNS), strict=True))
    rows = range(top, min(top + ROWS, array.shape[0]))
    columns = range(left, min(left + COLUMNS, array.shape[1]))
    head = "<tr><th></th>" + "".join(f'<th scope="col">{j}</th>' for j in columns) + "</tr>"
    body = "".join(
        f'<tr><th scope="row">{i}</th>'
        + "".join(
            f'<td class="cg-off">{number(array[i, j])}</td>'
            if off is not None and off[i, j]
            else f"<td>{number(array[i, j])}</td>"
            for j in columns
        )
        + "</tr>"
        for i in rows
    )
    if len(rows) < array.shape[0] or len(columns) < array.shape[1]:
        note += f"<figcaption>a part of {array.shape[0]} × {array.shape[1]}</figcaption>"
    return f"<table>{head}{body}</table>{note}"


def _start(index, size, shown):
    return int(max(0, min(index - shown // 2, size - shown)))


def _picture(array, scale_of):
    """An image as an inline PNG; both sides share the expected one's scale, so that brightness can be compared."""
    from PIL import Image

    low, high = float(np.nanmin(scale_of)), float(np.nanmax(scale_of))
    grey = (np.nan_to_num(array.astype(np.float64)) - low) / ((high - low) or 1.0)
    out = io.BytesIO()
    Image.fromarray((np.clip(grey, 0, 1) * 255).astype(np.uint8)).save(out, "PNG")
    return img(out.getvalue(), f"a picture of {array.shape[0]} by {array.shape[1]} pixels")


def _cases(report):
    items = "".join(
        f'<li><span aria-hidden="true">{"✓" if case.passed else "✗"}</span> '
        f"{_esc(case.name)}{' (kept back until marking)' if case.hidden else ''}{_esc(_what(case))}</li>"
        for case in report.cases
    )
    return [f"<ul>{items}</ul>"]


def _what(case):
    if case.passed:
        return ": passed"
    if case.status == "error":
        return ": error" if case.hidden else f": {case.error.split(':')[0]}"
    if case.status == "blank":
        return ": not written yet"
    return ": " + ", ".join(f"{name} {_short(sentence)}" for name, sentence in case.problems)


def _short(sentence):
    for word in ("list or tuple", "shape", "dtype", "changed", "missing", "None", "NaN", "infinite"):
        if word in sentence:
            return f"({word})"
    return "differs"


def _hints(report):
    return [
        f"<details><summary>Hint {i}</summary><p>{_rich(hint)}</p></details>"
        for i, hint in enumerate(report.hints, start=1)
    ]


def _notes(report):
    """What the code printed and what NumPy warned of: useful, never worth a mark."""
    shown = [case for case in report.cases if not case.hidden]
    warned = list(dict.fromkeys(w for case in shown for w in case.warned))
    printed = "".join(case.printed for case in shown).strip()
    notes = []
    if warned:
        listed = "; ".join(_esc(w) for w in warned[:3])
        notes.append(
            f"<details><summary>Warnings while your code ran (no points lost)</summary><p>{listed}</p></details>"
        )
    if printed:
        notes.append(f"<details><summary>What your code printed</summary><pre>{_esc(printed)}</pre></details>")
    return notes


def _esc(words):
    return _html.escape(str(words))


def _rich(sentence):
    """Escape, then set `code` between backticks in code type."""
    pieces = _esc(sentence).split("`")
    return "".join(f"<code>{piece}</code>" if i % 2 else piece for i, piece in enumerate(pieces))


def _bare(sentence):
    return sentence.replace("`", "")
