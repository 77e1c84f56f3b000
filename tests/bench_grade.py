"""Grading beside stock nbgrader, on the same submissions in one run; or a class of thousands, with its memory.

    python tests/bench_grade.py [--submissions 40] [--ps ps1 ps7] [--jobs 2]
    python tests/bench_grade.py --class 10000 [--jobs 2]

Stock is `nbgrader autograde`: one after the other, no sandbox, each notebook in a kernel of its own that sees this
package. Ours is `gradschool grade`: intake, sandbox, verdicts, gradebook and feedback pages. Figures compare within one
run; on a busy machine they say little.
"""

import argparse
import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

sys.path.insert(0, str(Path(__file__).parent))

import class_of
import nbformat
import psutil
from tqdm import tqdm

from gradschool.check import CheckFailed
from gradschool.cli import find_our_commands
from gradschool.grade import classroom, receipts
from gradschool.grade.gradebook import Gradebook
from gradschool.grade.processes import cores
from gradschool.grade.rooms import exam, questions

MiB = 2**20
TIMES = 3  # that ours is run; the middle one counts, for a run takes seconds, and much of that is the start
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.CourseDirectory.root = {root!r}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=40, help="how many of each problem set")
    parser.add_argument("--ps", nargs="+", default=["ps1", "ps7"], help="problem sets")
    parser.add_argument("--jobs", type=int, default=cores(), help="processes that grade at once")
    parser.add_argument("--class", type=int, dest="students", help="grade a class of so many in ps1 instead")
    options = parser.parse_args()
    find_our_commands()
    print(f"{cores()} cores, load {os.getloadavg()[0]:.1f} at the start, {options.jobs} jobs\n")
    if options.students:
        big_class(options.students, options.jobs)
        return
    measured = {ps: beside_stock(ps, options.submissions, options.jobs) for ps in options.ps}
    print_speed(measured, options)
    print_split(measured)


# ---- beside stock


def beside_stock(ps, count, jobs):
    """All figures of one problem set."""
    with tempfile.TemporaryDirectory() as folder:
        stock, alone, one = (Path(folder) / name for name in ("stock", "alone", "one"))
        ours, few = ([Path(folder) / f"{name}-{time}" for time in range(TIMES)] for name in ("ours", "few"))
        for root in (alone, one, *ours, *few):
            root.mkdir()
            class_of.course_of(ps, root)
        stock_course(ps, stock)
        class_of.hand_in(ps, count, stock, *ours, alone)
        class_of.hand_in(ps, 1, one)
        class_of.hand_in(ps, jobs, *few)  # as many as there are jobs: all of them start
        figures = SimpleNamespace(count=count, jobs=jobs)
        figures.one = watched(ours_command(ps, jobs), one).seconds
        times = []
        for turn in range(TIMES):
            times.append([watched(ours_command(ps, jobs), roots[turn]) for roots in (few, ours)])
            if turn == 0:  # between ours: the speed of a machine changes within minutes
                figures.stock = watched([sys.executable, "-m", "nbgrader", "autograde", ps, "--create"], stock)
        figures.few, figures.ours = sorted(times, key=lambda pair: pair[1].seconds - pair[0].seconds)[TIMES // 2]
        figures.answers = answers_alone(ps, alone)
        figures.split = split(ps, alone)
        figures.agree = agreement(ps, stock, ours[0])
    return figures


def ours_command(ps, jobs):
    return [sys.executable, "-m", "gradschool.cli", "grade", ps, "--jobs", str(jobs)]


def stock_course(ps, root):
    """A course as nbgrader's manual has it, with our source notebook."""
    folder = root / "source" / ps
    folder.mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(STOCK.format(root=str(root)), encoding="utf-8")
    notebook = class_of.REPOSITORY / "source" / ps / f"{ps}.ipynb"
    (folder / f"{ps}.ipynb").write_bytes(notebook.read_bytes())
    watched([sys.executable, "-m", "nbgrader", "generate_assignment", ps], root)


def agreement(ps, stock, ours):
    """How many students have the same score in both gradebooks, and of those that do not, how many stock puts lower."""
    from nbgrader.api import Gradebook as Database

    scores = []
    for root in (stock, ours):
        with Database(f"sqlite:///{root}/gradebook.db") as gradebook:
            found = gradebook.assignment_submissions(ps)
            scores.append({each.student_id: each.score for each in found})
    theirs, mine = scores
    same = sum(theirs.get(student) == score for student, score in mine.items())
    return same, sum(theirs.get(student, 0) < score for student, score in mine.items())


# ---- processes, watched


def watched(command, folder, every=0.25):
    """Run a command: its seconds, and over time the memory of its own process and of those below it, in bytes.

    To look takes the processor away from what is looked at, so it is done the less often the longer it takes.
    Memory is what is resident; of pages that several processes share, each has its part.
    """
    log = folder / "bench.log"
    with log.open("w", encoding="utf-8") as output:
        began = time.perf_counter()
        process = psutil.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        samples, over = [], threading.Event()
        watcher = threading.Thread(target=watch, args=(process, began, samples, over, every))
        watcher.start()
        code = process.wait()
        seconds = time.perf_counter() - began
        over.set()
        watcher.join()
    if code:
        raise SystemExit(f"{command} ended with {code}:\n{log.read_text(encoding='utf-8')[-3000:]}")
    peak = max((sample.own + sample.below for sample in samples), default=0)
    return SimpleNamespace(seconds=seconds, samples=samples, peak=peak)


def watch(process, began, samples, over, every):
    pause = every
    while not over.wait(pause):
        looking = time.perf_counter()
        with contextlib.suppress(psutil.Error, OSError):
            below = process.children(recursive=True)
            times = process.cpu_times()
            samples.append(
                SimpleNamespace(
                    at=time.perf_counter() - began, own=proportional(process.pid), processes=len(below) + 1,
                    below=sum(proportional(each.pid) for each in below), cpu=times.user + times.system,
                )
            )  # fmt: skip
        pause = max(every, 50 * (time.perf_counter() - looking))


def proportional(pid):
    """The bytes of a process, its part of what is shared; none if it has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        return 1024 * int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])
    except (OSError, TypeError):
        with contextlib.suppress(psutil.Error):
            return psutil.Process(pid).memory_info().rss
        return 0


# ---- what the answers and the checks cost by themselves


def answers_alone(ps, root):
    """CPU seconds of all cells and checks of a class in one process, with no room, no nbgrader and no notebook."""
    source = nbformat.read(root / "source" / ps / f"{ps}.ipynb", as_version=4)
    checks = {cell.metadata.nbgrader["grade_id"]: cell.source for cell in source.cells if questions.is_check(cell)}
    before = os.environ.get("NBGRADER_EXECUTION")
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    handed_in = sorted(root.glob(f"submitted/*/{ps}/{ps}.ipynb"))
    run_plainly(handed_in[0], checks)  # imports
    began = time.process_time()
    for path in tqdm(handed_in, desc=f"{ps}, answers alone", leave=False):
        run_plainly(path, checks)
    seconds = time.process_time() - began
    os.environ.pop("NBGRADER_EXECUTION")
    if before is not None:
        os.environ["NBGRADER_EXECUTION"] = before
    return seconds


def run_plainly(path, checks):
    namespace = {"__name__": "__main__"}
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                name = cell.metadata.get("nbgrader", {}).get("grade_id")
                with contextlib.suppress(Exception, CheckFailed):
                    exec(compile(checks.get(name, cell.source), "<cell>", "exec"), namespace)


# ---- where our time goes


PARTS = {
    "intake": [(classroom, "take_in")],
    "room: start": [(exam.Room, "__init__")],
    "room: end": [(exam.Room, "close")],
    "cells, over the wire": [(exam.Room, "run")],
    "calls, over the wire": [(exam.Room, "call"), (exam.Room, "call_in_turn")],
    "checks": [(questions.Exam, "check")],
    "gradebook": [(Gradebook, "enter"), (Gradebook, "forget"), (Gradebook, "graded")],
    "feedback page": [(classroom, "feedback_page")],
    "files and receipts": [(classroom, "write_whole"), *((receipts, name) for name in ("read", "write", "made_from"))],
}


class Clock:
    """Seconds by part. What one part calls in another counts for the other."""

    def __init__(self):
        self.seconds, self.within = Counter(), ["rest"]
        self.last = time.perf_counter()

    def turn(self):
        now = time.perf_counter()
        self.seconds[self.within[-1]] += now - self.last
        self.last = now

    @contextlib.contextmanager
    def part(self, name):
        self.turn()
        self.within.append(name)
        try:
            yield
        finally:
            self.turn()
            self.within.pop()

    def wrapped(self, name, function):
        def timed(*args, **kwargs):
            with self.part(name):
                return function(*args, **kwargs)

        return timed


def split(ps, root):
    """Seconds by part of a class that is graded in this process, less what happens once."""
    course = classroom.Course(root)
    grade = classroom.grade_class
    grade(course, ps, progress=False)  # everything is imported and started
    clock = Clock()
    with contextlib.ExitStack() as stack:
        for name, places in PARTS.items():
            for owner, attribute in places:
                function = clock.wrapped(name, getattr(owner, attribute))
                stack.enter_context(mock.patch.object(owner, attribute, function))
        clock.last = time.perf_counter()
        grade(course, ps, regrade=True, progress=False)
        clock.turn()
    return clock.seconds


# ---- tables


def print_speed(measured, options):
    row = "{:36}" + " {:>14}" * len(measured)
    print(row.format(f"{options.submissions} submissions", *measured))

    def line(words, number):
        print(row.format(words, *(number(figures) for figures in measured.values())))

    line("stock, submissions a minute", lambda f: f"{60 * f.count / f.stock.seconds:.1f}")
    line("ours, submissions a minute", lambda f: f"{60 * f.count / f.ours.seconds:.1f}")
    line("ours, without the start", lambda f: f"{60 / per_submission(f):.1f}")
    line("ratio", lambda f: f"{f.stock.seconds / f.ours.seconds:.1f}")
    line("ratio, without the start", lambda f: f"{f.stock.seconds / f.count / per_submission(f):.1f}")
    line("seconds of a class of one", lambda f: f"{f.one:.2f}")
    line("seconds of one for each job", lambda f: f"{f.few.seconds:.2f}")
    line("seconds a submission, stock", lambda f: f"{f.stock.seconds / f.count:.3f}")
    line("seconds a submission, ours", lambda f: f"{per_submission(f):.3f}")
    line("  CPU of answers and checks alone", lambda f: f"{f.answers / f.count:.3f}")
    line("  beyond their share of the cores", lambda f: f"{beyond(f):.3f}")
    line("peak memory, stock (MiB)", lambda f: f"{f.stock.peak / MiB:.0f}")
    line("peak memory, ours (MiB)", lambda f: f"{f.ours.peak / MiB:.0f}")
    line("same score in both", lambda f: f"{f.agree[0]} of {f.count}")
    line("  lower in stock", lambda f: f"{f.agree[1]}")


def per_submission(figures):
    """Seconds that one more submission takes, with all jobs at work."""
    return (figures.ours.seconds - figures.few.seconds) / (figures.count - figures.jobs)


def beyond(figures):
    return per_submission(figures) - figures.answers / figures.count / min(figures.jobs, cores())


def print_split(measured):
    row = "{:36}" + " {:>14}" * len(measured)
    print("\n" + row.format("milliseconds a submission, one job", *measured))
    for name in (*PARTS, "rest"):
        print(row.format(name, *(f"{1000 * f.split[name] / f.count:.1f}" for f in measured.values())))
    total = (f"{1000 * sum(f.split.values()) / f.count:.1f}" for f in measured.values())
    print(row.format("all", *total))


# ---- a class of thousands


def big_class(count, jobs, ps="ps1"):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        class_of.course_of(ps, root)
        began = time.perf_counter()
        class_of.hand_in(ps, count, root)
        print(f"made {count} submissions in {time.perf_counter() - began:.1f} s")
        run = watched(ours_command(ps, jobs), root, every=min(2.0, max(0.2, count / 2000)))
        graded = len(list(root.glob(f"autograded/*/{ps}/receipt.json")))
    print(f"graded {graded} in {run.seconds:.1f} s: {60 * count / run.seconds:.0f} a minute\n")
    row = "{:>22} {:>10} {:>18} {:>12} {:>10}"
    print(row.format("", "seconds", "its own MiB", "below MiB", "processes"))
    # The first tenth starts everything; a part of the run is the median of its samples.
    for name, first, last in (("at the start", 0.1, 0.2), ("in the middle", 0.45, 0.55), ("at the end", 0.85, 0.95)):
        samples = [each for each in run.samples if first <= each.at / run.seconds <= last]
        if samples:
            middle = sorted(samples, key=lambda each: each.own + each.below)[len(samples) // 2]
            print(row.format(name, f"{middle.at:.0f}", f"{middle.own / MiB:.0f}", f"{middle.below / MiB:.0f}",
                             middle.processes))  # fmt: skip
    print(f"\npeak memory {run.peak / MiB:.0f} MiB")
    serial = run.samples[-1].cpu / count
    work = max(cores() * run.seconds / count - serial, 0)
    print(f"""
The writer, one process: {1000 * serial:.1f} ms of its CPU a submission. The others: {1000 * work:.1f} ms, if all
{cores()} cores were busy all the time. With c cores, n submissions take n * max(writer, (writer + others) / c):""")
    for c in (4, 16, 64):
        seconds = count * max(serial, (serial + work) / c)
        print(f"  {c:3} cores  {seconds:8.0f} s   {60 * count / seconds:7.0f} a minute")
    print(f"  a cluster: never under n * writer = {count * serial:.0f} s, {60 / serial:.0f} a minute")


if __name__ == "__main__":
    main()
