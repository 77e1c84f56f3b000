"""A lecture, executed from a fresh kernel, with the values that it left there; and what holds for every lecture."""

import ast
from dataclasses import dataclass
from pathlib import Path

import nbclient
import nbformat

from gradschool.course import notebooks
from gradschool.course.layout import Course

COURSE = Course(Path(__file__).parents[1])
TO_PLAIN = """
import math, numpy, time
def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if isinstance(value, numpy.ndarray):
        value = value.tolist()
    if isinstance(value, list):
        return [plain(item) for item in value]
    value = value.item() if isinstance(value, numpy.generic) else value
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
"""


@dataclass(frozen=True)
class Lecture:
    """What came of a run: the executed notebook, the CPU seconds of its kernel, and the asked-for values by name.

    CPU seconds, as other work on the machine must not fail a lecture. They count the kernel's start as well.
    """

    notebook: nbformat.NotebookNode
    seconds: float
    values: dict

    def __getitem__(self, name):
        return self.values[name]

    @property
    def outputs(self):
        return [output for cell in self.notebook.cells if cell.cell_type == "code" for output in cell.outputs]

    @property
    def figures(self):
        return [output for output in self.outputs if "image/png" in output.get("data", {})]

    @property
    def text(self):
        return "\n".join(cell.source for cell in self.notebook.cells if cell.cell_type == "markdown")

    def keeps_the_rules(self, figures=2):
        """What style.md asks of every lecture, as far as a machine can see it."""
        assert self.seconds < 60
        assert [output for output in self.outputs if output.get("name") == "stderr"] == []
        assert len(self.figures) >= figures
        for output in self.figures:
            alt = output.metadata["image/png"]["alt"]
            assert len(alt) > 80
            assert output.data["text/plain"] == f"Figure: {alt}"
            assert "<img " in output.data["text/html"]
        for part in ("you will be able to", "Before you scroll on", "<summary>Answer"):
            assert part in self.text, f"the lecture has no {part!r}"


def run(unit, names, folder, text=None):
    """The `Lecture` of a unit, by its number, executed in `folder`. `names` are looked up in its kernel afterwards.

    text : another notebook of the unit, by the name of its file.

    Arrays come as nested lists, and what is not finite as text: "nan", "inf". A name that the notebook does not
    define is a failure of the run.
    """
    lecture = COURSE.unit(str(unit)).lecture
    notebook = notebooks.build(lecture.with_name(text) if text else lecture)
    client = nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}})
    with client.setup_kernel():
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
        asked = ", ".join(f"{name!r}: plain({name})" for name in names)
        question = nbformat.v4.new_code_cell(f"{TO_PLAIN}\nprint((time.process_time(), {{{asked}}}))")
        notebook.cells.append(question)
        client.execute_cell(question, len(notebook.cells) - 1)
    seconds, values = ast.literal_eval(notebook.cells.pop().outputs[0].text)
    return Lecture(notebook, seconds, values)
