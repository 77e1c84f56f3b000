"""What one submission goes through besides the gradebook: its cells are run and checked, its feedback page is made.

Nothing here reads or writes the course, so it runs in any process, on any machine that has this package: `classroom`
sends a `Paper`, which is the same for the whole class, and the text of a rebuilt notebook. The steps are those that
`nbgrader_config.py` names for `nbgrader autograde` and `nbgrader generate_feedback`, in its order, but for the ones
that write to the gradebook or read from it.
"""

import gc
import json
import os
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from unittest import mock

import nbformat
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, GetGrades, SaveAutoGrades
from nbgrader.utils import compute_checksum, is_grade, is_solution, is_task
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from gradschool.course.layout import CourseError
from gradschool.grade import compact, receipts
from gradschool.grade.preprocessors import ExecuteInTwoRooms

# `gradebook` does what the first three do. The metadata of a rebuilt notebook is the release's, and was checked there.
LEFT_OUT = (SaveAutoGrades, AssignLatePenalties, GetGrades, CheckCellMetadata)


@dataclass(frozen=True)
class Paper:
    """A problem set as the graders need it. source : the text of the notebook with the hidden checks.
    config : nbgrader's, from nbgrader_config.py."""

    ps: str
    source: str
    config: Config

    def steps(self, names):
        """The preprocessors of these names, but for those that are left out."""
        kinds = [import_item(name) if isinstance(name, str) else name for name in names]
        return [kind(config=self.config) for kind in kinds if kind not in LEFT_OUT]

    def insist_on_rooms(self):
        """Raises CourseError if nbgrader_config.py has left out the step that runs a notebook."""
        steps = self.steps(self.config.Autograde.autograde_preprocessors)
        if not any(isinstance(step, ExecuteInTwoRooms) for step in steps):
            raise CourseError(
                "nbgrader_config.py leaves ExecuteInTwoRooms out of c.Autograde.autograde_preprocessors, so nothing "
                "would be run. Put gradschool.grade.preprocessors.ExecuteInTwoRooms back, as the first step."
            )

    def resources(self, student, **more):
        known = {"student": student, "assignment": self.ps, "notebook": self.ps}
        return {"nbgrader": known | more, "metadata": {"name": self.ps}}


@dataclass(frozen=True)
class Marks:
    """What the gradebook holds of one submission.

    scores : (points, of how many) by grade_id. by_hand : those that a person gave, which nothing that ran explains.
    comments : by grade_id. score, max_score : sums. late : less what nbgrader granted. late_penalty : in points.
    """

    scores: dict
    by_hand: frozenset
    comments: dict
    score: float
    max_score: float
    late: timedelta
    late_penalty: float


def prepare(paper: Paper) -> None:
    """Have ready in this process what the first submission would wait for."""
    for step in paper.steps(paper.config.Autograde.autograde_preprocessors):
        if isinstance(step, ExecuteInTwoRooms):
            step.prepare(_source(paper.source))
    _exporter(paper)
    gc.collect()
    gc.freeze()  # all that is here stays: to look through it for garbage takes a tenth of the time of each submission
    gc.set_threshold(20_000)  # and for what is new once a submission or so is often enough


def examine(paper: Paper, student: str, seed: str, text: str) -> str:
    """Run a rebuilt notebook and judge it. Its text afterwards, with outputs and verdicts; marks are read from that."""
    notebook, source = compact.loads(text), _source(paper.source)
    put_checks_in(notebook, source)
    resources = paper.resources(student)
    with mock.patch.dict(os.environ, NBGRADER_EXECUTION="autograde"):  # as nbgrader itself has it
        for step in paper.steps(paper.config.Autograde.autograde_preprocessors):
            if isinstance(step, ExecuteInTwoRooms):
                step.execute(notebook, source, seed)
                made = receipts.conditions(walls=not step.trust_submissions)
            elif step.enabled:
                notebook, resources = step(notebook, resources)
    notebook.metadata["gradschool"] = made  # for the receipt, which may be written on another machine
    return compact.dumps(notebook)


def put_checks_in(notebook, source):
    """The hidden parts of the checks, which a release does not have."""
    full = {cell.metadata.nbgrader["grade_id"]: cell for cell in source.cells if "nbgrader" in cell.metadata}
    for cell in notebook.cells:
        known = full.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if known is not None and is_grade(cell) and not is_solution(cell):
            cell.source = known.source
            cell.metadata.nbgrader["checksum"] = compute_checksum(cell)


@lru_cache(4)
def _source(text):
    return nbformat.reads(text, as_version=4)


def feedback_page(paper: Paper, student: str, text: str, marks: Marks) -> str:
    """The HTML page that a student gets, from the text of an examined notebook."""
    notebook = compact.loads(text)
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        if is_grade(cell) or is_task(cell):
            about["score"], about["points"] = marks.scores[about["grade_id"]]
        if is_solution(cell) or is_task(cell):
            about["comment"] = marks.comments.get(about["grade_id"])
    more = {"score": marks.score - marks.late_penalty, "max_score": marks.max_score, "late_penalty": marks.late_penalty}
    page, _ = _exporter(paper).from_notebook_node(Disposable(notebook), paper.resources(student, **more))
    return page


class Disposable(nbformat.NotebookNode):
    """A notebook that nobody else has: nbconvert need not work on a copy."""

    def __deepcopy__(self, memo):
        return self


class PageExporter(HTMLExporter):
    """nbconvert's, without its second reading: it parses the whole page to find pictures without a text, which took
    three quarters of the time. What its template makes of a cell is made once where it is the same for a class."""

    template_file = "remembered.html.j2"

    def from_notebook_node(self, nb, resources=None, **kw):
        resources = self._init_resources(resources)
        self.register_filter("highlight_code", lambda source, *_, **__: _highlighted(source))
        kinds = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("filter_data_type", kinds)
        self.environment.globals["remembered"] = remembered
        page, resources = super(HTMLExporter, self).from_notebook_node(nb, resources, **kw)
        return _NO_ALT.sub('<img alt="A picture without a description"', page), resources

    def _preprocess(self, nb, resources):
        """Without nbconvert's copies, and its validation after each step, which take longer than the steps."""
        for step in self._preprocessors:
            nb, resources = step(nb, resources)
        return nb, resources


_made: dict = {}  # HTML of cells, by all that a page shows of them
MOST_MADE = 1000


def remembered(cell, caller):
    """What caller() makes of a cell, or made of its like before: a release's cells without outputs are a class's."""
    if is_solution(cell) or cell.get("outputs") or cell.get("attachments"):
        return caller()
    about = [cell.metadata.get(name) for name in ("nbgrader", "tags", "raw_mimetype")]
    key = json.dumps([cell.cell_type, cell.source, cell.get("id"), cell.get("execution_count"), *about])
    if key not in _made:
        if len(_made) == MOST_MADE:  # a class has filled it with cells of its own
            _made.clear()
        _made[key] = caller()
    return _made[key]


_highlighted = lru_cache(500)(Highlight2HTML(pygments_lexer="ipython3"))  # most cells are the same for a whole class
_NO_ALT = re.compile(r"<img(?![^>]*\salt=)")


_exporters: dict = {}  # by problem set's source: one in a process, for to read its templates takes as long as ten pages


def _exporter(paper):
    if paper.source not in _exporters:
        _exporters.clear()
        exporter = PageExporter(config=GenerateFeedback(config=paper.config.copy()).config)
        exporter._preprocessors = []
        for step in paper.steps(paper.config.GenerateFeedback.preprocessors):
            exporter.register_preprocessor(step)
        _exporters[paper.source] = exporter
    return _exporters[paper.source]
