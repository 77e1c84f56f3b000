"""What nbgrader runs a submission through. `nbgrader_config.py` names these classes, so `nbgrader
autograde` and the formgrader's button take the same path as `make grade`."""

import html
from pathlib import Path

import nbformat
from nbconvert.filters import strip_ansi
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float, Integer

from gradschool.grade import intake, verdicts
from gradschool.grade.rooms import questions, sandbox
from gradschool.grade.rooms.questions import BEGIN_HIDDEN, END_HIDDEN, error, is_check
from gradschool.grade.verdicts import NOT_RUN


class Rebuild(NbGraderPreprocessor):
    """Put the student's answers into the released notebook before anything else looks at it.

    `make grade` has done so already, with files that nbgrader cannot even open; for other ways into
    nbgrader this is where it happens.
    """

    def preprocess(self, nb, resources):
        names = resources["nbgrader"]
        coursedir = self.parent.parent.coursedir  # preprocessor, exporter, converter
        folder = coursedir.format_path(coursedir.release_directory, ".", names["assignment"])
        released = nbformat.read(Path(folder) / f"{names['notebook']}.ipynb", as_version=4)
        rebuilt, notes = intake.rebuild(released, intake.cells_of(nb))
        if notes:
            rebuilt = intake.with_notice(rebuilt, "Put right before grading", notes)
        return rebuilt, resources


class ExecuteInTwoRooms(NbGraderPreprocessor):
    """Run the student's cells in a sandbox, and the checks here: see gradschool.grade.rooms.

    In place of nbgrader's Execute. Nothing that a cell does ends the grading of the notebook.
    """

    timeout = Float(20.0, help="Seconds for a cell, and for all calls of a check cell together.").tag(config=True)
    memory = Integer(3072, help="MiB of memory for each process of a room.").tag(config=True)
    processes = Integer(64, help="Processes and threads in a room.").tag(config=True)
    cpu = Integer(120, help="Seconds of CPU time for each process of a room.").tag(config=True)
    file = Integer(64, help="MiB in a file.").tag(config=True)
    disk = Integer(256, help="MiB in the room's /tmp and /dev/shm, half in each.").tag(config=True)
    trust_submissions = Bool(
        False, help="Run without walls where no sandbox can be had: only for what you would run yourself."
    ).tag(config=True)

    def preprocess(self, nb, resources):
        names = resources["nbgrader"]
        coursedir = self.parent.parent.coursedir  # preprocessor, exporter, converter
        folder = coursedir.format_path(coursedir.source_directory, ".", names["assignment"])
        source = nbformat.read(Path(folder) / f"{names['notebook']}.ipynb", as_version=4)
        self.execute(nb, source, questions.seed_for(Path(coursedir.root), names["student"], names["assignment"]))
        return nb, resources

    def execute(self, nb, source, seed):
        """Run a notebook; its cells have their outputs afterwards. See `questions.take`."""
        questions.take(nb, source, seed, self.limits, not self.trust_submissions, self.timeout)

    def prepare(self, source):
        """Start now what the first notebook would wait for."""
        if not self.trust_submissions:
            sandbox.warm(self.limits, questions.modules_of(source))

    @property
    def limits(self):
        return sandbox.Limits(**{name: getattr(self, name) for name in ("memory", "processes", "cpu", "file", "disk")})


class JudgeByErrors(NbGraderPreprocessor):
    """Make an error the only thing that costs a check cell its points.

    nbgrader also gives 0 for any output on stderr (a warning), takes a displayed number as the mark, and
    gives full marks to a cell that never ran.
    """

    def preprocess_cell(self, cell, resources, cell_index):
        if is_check(cell):
            cell.outputs = [harmless(output) for output in cell.outputs]
            if cell.execution_count is None and not verdicts.errors(cell):
                cell.outputs.append(error(NOT_RUN, "the cell was not run"))
        return cell, resources


class HideHiddenChecks(NbGraderPreprocessor):
    """Take hidden checks out of feedback: their text, what a traceback quotes of it, and what an answer
    prints of the values that it was called with."""

    def preprocess_cell(self, cell, resources, cell_index):
        if is_check(cell) and BEGIN_HIDDEN in cell.source:
            cell.source = without_hidden_region(cell.source)
            cell.outputs = [
                output for output in cell.outputs if output.output_type == "error" or is_panel(output)
            ]
            for output in verdicts.errors(cell):
                if output.ename != "CheckFailed":
                    output.traceback = [f"{output.ename}: {strip_ansi(output.evalue)}"]
        return cell, resources


class ShowVerdicts(NbGraderPreprocessor):
    """Begin a feedback page with a table: question, points, and why any were lost. Runs after GetGrades."""

    def preprocess(self, nb, resources):
        rows = ["<tr><th>Question</th><th>Points</th><th>Why points were lost</th></tr>"]
        for question, cells in verdicts.questions(nb).items():
            points = sum(cell.metadata.nbgrader.get("score") or 0 for cell in cells)
            out_of = sum(cell.metadata.nbgrader["points"] for cell in cells)
            without = [cell for cell in cells if not cell.metadata.nbgrader.get("score")]
            why = "; ".join(dict.fromkeys(str(verdict) for verdict in verdicts.lost(nb, without)))
            entries = (question, f"{points:g} of {out_of:g}", why)
            rows.append("<tr>" + "".join(f"<td>{html.escape(entry)}</td>" for entry in entries) + "</tr>")
        table = '<table class="table table-condensed">' + "".join(rows) + "</table>"
        nb.cells.insert(0, nbformat.v4.new_markdown_cell(table))
        return nb, resources


def harmless(output):
    """The same output in a form that nbgrader gives and takes no points for."""
    if output.output_type == "stream":
        output.name = "stdout"
    elif output.output_type == "execute_result":
        return nbformat.v4.new_output("display_data", data=output.data, metadata=output.metadata)
    return output


def is_panel(output) -> bool:
    """Whether an output is the panel of a failed check."""
    return output.output_type == "display_data" and "gradschool-verdict" in output.data.get("text/html", "")


def without_hidden_region(source: str) -> str:
    kept, hidden = [], False
    for line in source.splitlines():
        if BEGIN_HIDDEN in line:
            hidden = True
        elif END_HIDDEN in line:
            hidden = False
        elif not hidden:
            kept.append(line)
    return "\n".join(kept)
