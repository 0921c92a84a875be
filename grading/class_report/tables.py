"""The class report as text for a terminal and as a page."""

import html
import textwrap

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><style>
body{{font:16px/1.5 system-ui,sans-serif;max-width:62em;margin:2em auto;padding:0 1em;color:#1c1c1c}}
table{{border-collapse:collapse;width:100%;margin:1em 0}}
td,th{{text-align:left;padding:.3em .7em;border-bottom:1px solid #ddd;vertical-align:top}}
td.n{{text-align:right;font-variant-numeric:tabular-nums}}code{{background:#f3f3f3;padding:0 .25em}}
.bar{{display:inline-block;height:.7em;background:#0072b2;vertical-align:baseline}}</style>
<h1>{title}</h1>{body}</html>
"""


def as_text(told):
    """Two tables: marks, and recognised mistakes, the most frequent first."""
    lines = [f"{told.assignment}: marks", f"{'student':12}{'score':>7}  {'checks':>7}  note"]
    for row in told.rows:
        lines.append(f"{row.student:12}{_percent(row):7.1f}  {row.passed:>3}/{row.checks:<3}  {_note(row)}")
    lines += ["", "Recognised mistakes"]
    for (exercise, name), count in told.mistakes.most_common():
        lines.append(f"{count:3} × {exercise}: {name.replace('_', ' ')}")
        lines += textwrap.wrap(
            told.sentences[exercise, name].replace("`", ""), 100, initial_indent="      ", subsequent_indent="      "
        )
    if told.unexplained:
        listed = ", ".join(f"{exercise} ({count})" for exercise, count in told.unexplained.most_common())
        lines += ["", f"Wrong, and like no known mistake: {listed}"]
    return "\n".join(lines)


def as_html(told):
    """The same as a page that stands alone."""
    marks = "".join(
        f'<tr><td>{_esc(row.student)}</td><td class="n">{_percent(row):.1f}</td><td class="n">{row.passed} of {row.checks}</td>'
        f"<td>{_esc(_note(row))}</td></tr>"
        for row in told.rows
    )
    most = max(told.mistakes.values(), default=1)
    mistakes = "".join(
        f'<tr><td class="n">{count} <span class="bar" style="width:{4 * count / most:.1f}em"></span></td>'
        f"<td><code>{_esc(exercise)}</code></td><td>{_esc(told.sentences[exercise, name].replace('`', ''))}</td></tr>"
        for (exercise, name), count in told.mistakes.most_common()
    )
    body = (
        "<h2>Marks</h2><table><tr><th>student</th><th>score of 100</th><th>checks passed</th><th>note</th></tr>"
        f"{marks}</table><h2>What the class misunderstands</h2>"
        f"<table><tr><th>how many</th><th>exercise</th><th>mistake</th></tr>{mistakes}</table>"
    )
    if told.unexplained:
        listed = ", ".join(f"{exercise} ({count})" for exercise, count in told.unexplained.most_common())
        body += f"<p>Wrong, and like no known mistake: {_esc(listed)}.</p>"
    return PAGE.format(title=f"{_esc(told.assignment)}: class report", body=body)


def _percent(row):
    return 100 * row.score / row.out_of if row.out_of else 0.0


def _note(row):
    return "; ".join(part for part in [row.note, *(repair.replace("`", "") for repair in row.repairs)] if part)


def _esc(words):
    return html.escape(str(words))
