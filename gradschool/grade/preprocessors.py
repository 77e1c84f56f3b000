"""What nbgrader runs a submission through. `nbgrader_config.py` names these classes, so `nbgrader
autograde` and the formgrader's button take the same path as `make grade`."""

import html
import subprocess
from pathlib import Path

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert.filters import strip_ansi
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets import Integer

from gradschool.grade import intake, verdicts
from gradschool.grade.verdicts import KERNEL_DIED, NOT_RUN, TIMEOUT

BEGIN_HIDDEN, END_HIDDEN = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"  # nbgrader's marks


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


class ExecuteToTheEnd(Execute):
    """nbgrader's Execute, except that nothing which a cell does ends the grading of the whole notebook.

    After a kernel has died, or ignores the interrupt that a time-out sends, each graded cell that is left
    gets an error output that says so. (Stock Execute raises; nbgrader then deletes what it had and leaves
    the old marks.)
    """

    max_output = Integer(1_000_000, help="Characters of output kept of one cell: the rest is dropped.").tag(
        config=True
    )

    def preprocess(self, nb, resources=None, km=None):
        self.lost_in = None
        self.output_size = {}
        return super().preprocess(nb, resources, km)

    def start_new_kernel(self, **options):
        """Start the kernel. What it writes past Jupyter is thrown away: the terminal is not for it."""
        return super().start_new_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)

    def preprocess_cell(self, cell, resources, index):
        if self.lost_in is not None:
            if is_check(cell):
                cell.outputs = [error(NOT_RUN, f"the kernel was lost in {self.lost_in}")]
            return cell, resources
        try:
            return super().preprocess_cell(cell, resources, index)
        except DeadKernelError:
            self.lost_in = verdicts.place(self.nb, index)
            cell.outputs.append(error(KERNEL_DIED, f"in {self.lost_in}"))
        except CellTimeoutError:
            # It went on after the interrupt. Only killing it helps, and the clean-up does that.
            self.lost_in = verdicts.place(self.nb, index)
            cell.outputs.append(error(TIMEOUT, "the interrupt was ignored"))
        return cell, resources

    def output(self, outs, msg, display_id, cell_index):
        """Keep one output, if there is room: `while True: print(...)` must not fill the memory."""
        if msg["msg_type"] != "error":
            before = self.output_size.get(cell_index, 0)
            self.output_size[cell_index] = before + len(str(msg["content"]))
            if before > self.max_output:
                return None
            if self.output_size[cell_index] > self.max_output:
                msg = {**msg, "msg_type": "stream"}
                msg["content"] = {"name": "stdout", "text": "\n... output dropped from here on ...\n"}
                msg["header"] = {**msg["header"], "msg_type": "stream"}
        return super().output(outs, msg, display_id, cell_index)


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


def is_check(cell) -> bool:
    """Whether it is a code cell that is marked by running it."""
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def harmless(output):
    """The same output in a form that nbgrader gives and takes no points for."""
    if output.output_type == "stream":
        output.name = "stdout"
    elif output.output_type == "execute_result":
        return nbformat.v4.new_output("display_data", data=output.data, metadata=output.metadata)
    return output


def error(name: str, text: str):
    return nbformat.v4.new_output("error", ename=name, evalue=text, traceback=[f"{name}: {text}"])


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
