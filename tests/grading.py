"""A class on the mini course for tests of grading, what its gradebook holds, and which processes a grader has."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import nbformat
import psutil
from mini_course import DOUBLE, PS, ROOT, answered, copy_of, hand_in
from nbgrader.api import Gradebook

ENDLESS = "import time\n\n\ndef double(x):\n    while True:\n        time.sleep(0.01)"
ALL_SORTS = {
    "ada": dict(double=DOUBLE, root=ROOT),
    "bob": dict(double="def double(x):\n    return 4", root=ROOT),
    "cyd": dict(double=DOUBLE),
    "dan": dict(double=ENDLESS, root=ROOT),
    "eve": dict(double="import os\n\n\ndef double(x):\n    os._exit(1)", root=ROOT),
    "fay": dict(double=DOUBLE, root="def root(x):\n    return len(bytearray(2**33))"),
    "gil": dict(double="def double(x)\n    return", root="def root(x):\n    raise SystemExit"),
    "hal": {},
    "ida": dict(double=DOUBLE, root=ROOT),
}
WANTED = {"ada": 5, "bob": 3, "cyd": 3, "dan": 2, "eve": 2, "fay": 3, "gil": 0, "hal": 0, "ida": 5}
SECRET = "0123456789abcdef" * 4


def class_of(empty, root, answers, timeout=2, config=""):
    """A copy of the course in which so many have handed in; always with the same secret."""
    course = copy_of(empty, root)
    for student, given in answers.items():
        hand_in(course, student, answered(course, **given))
    (course.root / ".gradschool-secret").write_text(SECRET, encoding="ascii")
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"c.ExecuteInTwoRooms.timeout = {timeout}\n{config}\n")
    return course


def slow_class(number, seconds):
    """Answers that take so many seconds to be checked; every third is wrong."""
    body = f"import time\n\n\ndef double(x):\n    time.sleep({seconds / 2})\n    return "
    return {f"s{k:02}": dict(double=body + ("4" if k % 3 == 0 else "2 * x"), root=ROOT) for k in range(number)}


def gradebook_of(course):
    return Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "gradient-school")


def rows(course):
    """All that the gradebook holds of the problem set, but for the numbers of its rows."""
    found = {}
    with gradebook_of(course) as gradebook:
        for submission in gradebook.find_assignment(PS).submissions:
            [notebook] = submission.notebooks
            about = ("score", "max_score", "needs_manual_grade", "failed_tests", "late_submission_penalty")
            found[submission.student_id] = {
                "submission": (submission.timestamp, submission.total_seconds_late, submission.score),
                "notebook": [getattr(notebook, name) for name in about],
                "grades": {
                    grade.name: (grade.auto_score, grade.manual_score, grade.extra_credit, grade.score,
                                 bool(grade.needs_manual_grade))
                    for grade in notebook.grades
                },
                "comments": {each.name: (each.auto_comment, each.manual_comment) for each in notebook.comments},
            }  # fmt: skip
    return found


def reasons(result):
    """Marks and reasons by student and question."""
    return {
        each.student.id: {
            name: (question.score, {cell: str(verdict) for cell, verdict in question.reasons.items()})
            for name, question in each.questions.items()
        }
        for each in result.students
    }


def pages(course):
    """What students and graders see: the feedback, and the graded notebooks without the seconds that they took."""
    found = {}
    for path in course.root.glob(f"feedback/*/{PS}/{PS}.html"):
        found[path.parts[-3], "feedback"] = path.read_text(encoding="utf-8")
    for path in course.root.glob(f"autograded/*/{PS}/{PS}.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            cell.metadata.pop("gradschool", None)
        found[path.parts[-3], "autograded"] = notebook
    return found


def receipts(course):
    """The receipts by student. One that cannot be read is an error."""
    paths = course.root.glob(f"autograded/*/{PS}/receipt.json")
    return {path.parts[-3]: json.loads(path.read_text(encoding="utf-8")) for path in paths}


# ---- a grader as a process


class Grader:
    """`gradschool grade` in a process of its own, and all processes that it has started."""

    def __init__(self, course, *options):
        command = [sys.executable, "-m", "gradschool.cli", "grade", PS, *options]
        self.process = subprocess.Popen(
            command, cwd=course.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test run in the background ignores it
        )  # fmt: skip
        self.known = {}

    def others(self):
        """Its descendants so far, but for those that have ended."""
        try:
            for each in psutil.Process(self.process.pid).children(recursive=True):
                self.known[each.pid] = each
        except psutil.NoSuchProcess:
            pass
        return [each for each in self.known.values() if alive(each)]

    def wait_for(self, condition, seconds=90):
        end = time.monotonic() + seconds
        while not condition():
            assert self.process.poll() is None, f"it ended too early: {self.process.communicate()[0]}"
            assert time.monotonic() < end, "it never came to that"
            time.sleep(0.02)

    def has(self, words, number):
        """Whether there are so many processes whose command has these words in it."""
        return sum(words in " ".join(command(each)) for each in self.others()) >= number

    def interrupt(self):
        """As a terminal does it: everybody hears Ctrl-C."""
        self.others()
        os.killpg(self.process.pid, signal.SIGINT)

    def kill(self):
        self.others()
        self.process.kill()
        self.process.communicate()

    def ended(self, seconds=120):
        """All that it wrote."""
        return self.process.communicate(timeout=seconds)[0]

    def left_over(self, seconds=20):
        """Those that are still there so many seconds later."""
        end = time.monotonic() + seconds
        while (left := self.others()) and time.monotonic() < end:
            time.sleep(0.05)
        return [command(each) for each in left]


def alive(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def command(process):
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def bar(text):
    """The last state of a progress bar."""
    return re.split(r"[\r\n]", text.strip())[-1]
