"""Tables of text, for a notebook's page and as plain text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from gradschool.show.notation import markup, width


@dataclass(frozen=True)
class Table:
    """A header and rows of cells, all text.

    write : what makes HTML of a cell. style : of every cell; JupyterLab would set formulas flush right.
    """

    header: Sequence[str]
    rows: list[Sequence[str]]
    caption: str
    write: Callable[[str], str] = markup
    style: str = ' style="text-align: left"'

    def __str__(self):
        rows = [self.header, *self.rows]
        widths = [max(width(row[k]) for row in rows) for k in range(len(self.header))]
        rows.insert(1, tuple("-" * most for most in widths))
        padded = [[cell + " " * (w - width(cell)) for cell, w in zip(row, widths, strict=True)] for row in rows]
        return "\n".join("  ".join(row).rstrip() for row in padded)

    __repr__ = __str__

    def html(self, rows=None):
        """The table as HTML. rows : an attribute for each row, or None."""
        marks = [f" {mark}" for mark in rows] if rows else [""] * len(self.rows)
        head = "".join(f'<th scope="col"{self.style}>{self.write(cell)}</th>' for cell in self.header)
        body = "".join(
            f"<tr{mark}>" + "".join(f"<td{self.style}>{self.write(cell)}</td>" for cell in row) + "</tr>"
            for mark, row in zip(marks, self.rows, strict=True)
        )
        caption = f"<caption>{escape(self.caption)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    _repr_html_ = html


class Tables(list):
    """Tables, one under the other."""

    def __str__(self):
        texts = [str(table) if k == 0 else f"{table.caption}\n\n{table}" for k, table in enumerate(self)]
        return "\n\n".join(texts)

    __repr__ = __str__

    def _repr_html_(self):
        return "".join(table.html() for table in self)
