"""Many graders at once: the same marks as one grader's, whatever happens to them on the way."""

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter

import pytest
from grading import ALL_SORTS, WANTED, Grader, class_of, gradebook_of, pages, reasons, receipts, rows, slow_class
from mini_course import DOUBLE, PS, ROOT, answered, hand_in, make

from gradschool import cli
from gradschool.course.layout import Course, CourseError
from gradschool.grade import classroom
from gradschool.grade.classroom import grade_class
from gradschool.grade.crew import Crew
from gradschool.grade.gradebook import Gradebook
from gradschool.grade.rooms import cgroups, sandbox
from gradschool.grade.rooms.exam import Room

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
    pytest.mark.skipif(sandbox.why_no_walls() is not None, reason=f"no sandbox: {sandbox.why_no_walls()}"),
]
LATE = "c.LateSubmissionPlugin.penalty_method = 'zero'"


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return make(tmp_path_factory.mktemp("empty course"))


@pytest.fixture(scope="module")
def slow(empty, tmp_path_factory):
    """Twelve students, each of whom takes a while; and the gradebook's rows if nothing happens."""
    course = class_of(empty, tmp_path_factory.mktemp("slow") / "course", slow_class(12, 0.4))
    grade_class(course, PS, progress=False)
    return rows(course)


@pytest.fixture
def twelve(empty, tmp_path):
    return class_of(empty, tmp_path / "course", slow_class(12, 0.4))


@pytest.fixture
def entered(monkeypatch):
    """How often a student's marks were put into the gradebook; and (entered.at) what to do when so many were."""
    enter, counts = Gradebook.enter, Counter()
    counts.at = {}

    def counting(self, student, *rest):
        counts[student.id] += 1
        counts.at.get(counts.total(), lambda: None)()
        return enter(self, student, *rest)

    monkeypatch.setattr(Gradebook, "enter", counting)
    return counts


# ---- the same as one grader, and as nbgrader itself


def test_two_graders_and_nbgrader_itself_give_the_same_as_one(empty, tmp_path, capsys):
    courses = {}
    for name in ("one", "two", "nbgrader"):
        course = courses[name] = class_of(empty, tmp_path / name, ALL_SORTS, config=LATE)
        (course.submitted / "due.toml").write_text(f"{PS} = 2026-10-05T23:59:00Z\n", encoding="utf-8")
        for student, day in {"ada": 4, "bob": 9, "ida": 8}.items():
            text = f"2026-10-0{day} 01:00:00 UTC"
            (course.submitted / student / PS / "timestamp.txt").write_text(text, encoding="utf-8")
    with gradebook_of(courses["nbgrader"]) as gradebook:
        gradebook.update_or_create_assignment(PS, duedate="2026-10-05 23:59:00 UTC")
    one = grade_class(courses["one"], PS, progress=False)
    capsys.readouterr()
    two = grade_class(courses["two"], PS, jobs=2)
    said = capsys.readouterr().err
    nbgrader(courses["nbgrader"])
    assert {each.student.id: each.score for each in one.students} == WANTED
    assert reasons(one) == reasons(two)
    assert rows(courses["one"]) == rows(courses["two"]) == rows(courses["nbgrader"])
    assert rows(courses["one"])["bob"]["notebook"][-1] == 3, "nobody was late: the test shows nothing"
    assert rows(courses["one"])["hal"]["comments"]["root"] == ("No response.", None)
    assert pages(courses["one"]) == pages(courses["two"]) and len(pages(courses["two"])) == 2 * len(ALL_SORTS)
    assert receipts(courses["one"]) == receipts(courses["two"])
    # The bar: how many, how long, how much longer, how fast, and what they lost points for.
    bar = re.split(r"[\r\n]", said.strip())[-1]
    assert re.search(r"ps1: 100%\|.*\| 9/9 \[\d\d:\d\d<\d\d:\d\d, +[\d.]+(submission/s|s/submission), ", bar), bar
    assert "timeout=1" in bar and "kernel died=1" in bar and "not attempted=2" in bar
    # A person's marks stay when work is handed in anew.
    for name, course in courses.items():
        with gradebook_of(course) as gradebook:
            grade = gradebook.find_grade("root-check", PS, PS, "ada")
            grade.manual_score, grade.extra_credit = 1, 0.5
            gradebook.find_comment("root", PS, PS, "ada").manual_comment = "see me"
            gradebook.db.commit()
        hand_in(course, "ada", answered(course, double="def double(x):\n    return 4", root=ROOT))
        if name == "nbgrader":
            nbgrader(course, "--student", "ada", "--force")
        else:
            grade_class(course, PS, progress=False, jobs=len(name) - 1)
    after = rows(courses["one"])
    assert after == rows(courses["two"]) == rows(courses["nbgrader"])
    assert after["ada"]["submission"][2] == 2.5 and after["ada"]["notebook"][2]


def nbgrader(course, *options):
    command = [sys.executable, "-m", "nbgrader", "autograde", PS, *options]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


# ---- processes that are killed


def test_killed_processes_lose_nothing_and_nothing_is_entered_twice(twelve, slow, entered, monkeypatch):
    crews, killed = [], []

    class Watched(Crew):
        def __enter__(self):
            crews.append(self)
            return self

    def kill_one():
        process = random.choice(list(crews[0].place.executor._processes.values()))
        killed.append(process.pid)
        os.kill(process.pid, signal.SIGKILL)

    monkeypatch.setattr(classroom, "Crew", Watched)
    entered.at = {number: lambda: threading.Timer(0.15, kill_one).start() for number in (2, 5, 8)}
    result = grade_class(twelve, PS, jobs=2, progress=False)
    assert len(set(killed)) == 3
    assert not any(student.failed for student in result.students)
    assert rows(twelve) == slow
    assert set(entered) == set(slow) and set(entered.values()) == {1}
    assert set(receipts(twelve)) == set(slow)


KILLER = """
import os, signal
from nbgrader.preprocessors import NbGraderPreprocessor

class Killer(NbGraderPreprocessor):
    def preprocess(self, nb, resources):
        if resources["nbgrader"]["student"] == "eve":
            os.kill(os.getpid(), signal.SIGKILL)
        return nb, resources
"""


def test_who_ends_every_process_is_failed_alone(empty, tmp_path, monkeypatch, entered):
    (tmp_path / "killer.py").write_text(KILLER, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    insert = "c.Autograde.autograde_preprocessors.insert(0, 'killer.Killer')"
    answers = {name: dict(double=DOUBLE, root=ROOT) for name in ("ada", "bob", "cyd", "dan", "eve", "fay", "gil")}
    course = class_of(empty, tmp_path / "course", answers, config=insert)
    result = grade_class(course, PS, jobs=2, progress=False)
    failed = {each.student.id: each.failed for each in result.students if each.failed}
    assert failed == {"eve": "the process that graded it ended, 3 times in a row"}
    assert {each.student.id: each.score for each in result.students} == {name: 5 * (name != "eve") for name in answers}
    assert set(entered) == set(answers) - {"eve"} and set(entered.values()) == {1}
    assert "eve" not in receipts(course)


def test_a_run_leaves_no_process_and_no_control_group_and_suffers_no_other_beside_it(twelve, slow, monkeypatch, capsys):
    grader = Grader(twelve, "--jobs", "2")
    grader.wait_for(lambda: grader.has("gradschool.grade.rooms.warm", 2))
    processes = {each.pid for each in grader.others()}
    with pytest.raises(CourseError, match="being graded already"):
        grade_class(twelve, PS, progress=False)
    monkeypatch.chdir(twelve.root)
    assert cli.main(["grade", PS]) == 1 and "being graded already" in capsys.readouterr().err
    said = grader.ended()
    assert grader.process.returncode == 0, said
    assert rows(twelve) == slow
    assert grader.left_over() == []
    assert not groups_of(processes)


def groups_of(processes):
    found = cgroups.ROOT.glob("**/gradschool-*")
    return [folder for folder in found if int(folder.name.split("-")[1]) in processes]


def test_what_killed_graders_left_among_the_control_groups_is_swept_away(tmp_path):
    for name in (f"gradschool-{os.getpid()}-1", "gradschool-99999999-2", "another-99999999-3"):
        (tmp_path / name).mkdir()
    cgroups._sweep(tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == {f"gradschool-{os.getpid()}-1", "another-99999999-3"}


# ---- Ctrl-C


@pytest.mark.parametrize("moment, later", [("forkserver", 0.4), ("gradschool.grade.rooms.warm", 0)])
def test_ctrl_c_ends_everything_at_once(empty, tmp_path, moment, later):
    endless = {f"s{k}": ALL_SORTS["dan"] for k in range(6)}
    course = class_of(empty, tmp_path / "course", {"ada": ALL_SORTS["ada"]} | endless, timeout=60)
    grader = Grader(course, "--jobs", "2")
    grader.wait_for(lambda: grader.has(moment, 1))
    time.sleep(later)  # a process that imports has a traceback to print
    began = time.monotonic()
    grader.interrupt()
    said = grader.ended(30)
    assert time.monotonic() - began < 20  # of the 60 and more that the answers would take; a few on an idle machine
    assert grader.process.returncode == 130, said
    assert "gradschool: stopped" in said
    if moment != "forkserver":  # a process that is just being started says that its leader has gone
        assert "Traceback" not in said and said.strip().splitlines()[-1].startswith("gradschool: stopped")
    assert grader.left_over() == []
    assert not list(course.root.glob(".grading-*"))


# ---- threads


def test_a_room_does_not_end_with_the_thread_that_wanted_it():
    limits, rooms = sandbox.Limits(disk=99), []  # limits that no other test has: a warmed process of its own
    first = threading.Thread(target=lambda: rooms.append(Room(limits)))
    first.start()
    first.join()
    time.sleep(0.3)
    assert rooms[0].run("print(6 * 7)", 5).stdout == "42\n"
    rooms[0].close()


# ---- Dask


@pytest.fixture(scope="module")
def cluster():
    """A scheduler and three workers, each a process of its own; with two threads, which grading is not made for."""
    yield from started(n_workers=3, threads_per_worker=2)


def started(**options):
    distributed = pytest.importorskip("distributed")
    options = dict(processes=True, threads_per_worker=1, dashboard_address=":0", silence_logs=50) | options
    with distributed.LocalCluster(**options) as cluster:
        yield cluster


def test_on_a_cluster_a_killed_worker_loses_nothing_and_nothing_is_entered_twice(cluster, twelve, slow, entered):
    killed = []

    def kill_one():
        killed.append(cluster.workers[1].pid)
        os.kill(killed[0], signal.SIGKILL)

    entered.at = {4: lambda: threading.Timer(0.1, kill_one).start()}
    result = grade_class(twelve, PS, scheduler=cluster.scheduler_address, progress=False)
    assert killed
    assert not any(student.failed for student in result.students)
    assert rows(twelve) == slow
    assert set(entered) == set(slow) and set(entered.values()) == {1}


def test_a_cluster_gives_the_same_marks_from_the_command_line(cluster, empty, tmp_path):
    courses = [class_of(empty, tmp_path / name, ALL_SORTS) for name in ("here", "there")]
    one = grade_class(courses[0], PS, progress=False)
    grader = Grader(courses[1], "--scheduler", cluster.scheduler_address)
    said = grader.ended()
    assert grader.process.returncode == 0 and "Traceback" not in said, said
    assert rows(courses[0]) == rows(courses[1])
    assert pages(courses[0]) == pages(courses[1])
    assert reasons(one) == reasons(grade_class(Course(courses[1].root), PS, progress=False))
    assert receipts(courses[0]) == receipts(courses[1])


def test_workers_that_cannot_grade_are_refused_with_the_reason(twelve, tmp_path):
    (tmp_path / "empty").mkdir()
    for cluster in started(n_workers=1, env={"PATH": str(tmp_path / "empty")}):
        with pytest.raises(CourseError, match=r"no sandbox .* at tcp://.*: the program bwrap is not installed"):
            grade_class(twelve, PS, scheduler=cluster.scheduler_address, progress=False)
        assert not receipts(twelve)


def test_a_scheduler_that_is_not_there_or_has_nobody_is_said(twelve, monkeypatch):
    monkeypatch.setattr("gradschool.grade.crew.ANSWER", 0.5)
    with pytest.raises(CourseError, match="No Dask scheduler answers at tcp:"):
        grade_class(twelve, PS, scheduler="tcp://127.0.0.1:9", progress=False)
    for cluster in started(n_workers=0):
        with pytest.raises(CourseError, match="has no workers"):
            grade_class(twelve, PS, scheduler=cluster.scheduler_address, progress=False)


def test_a_scheduler_that_goes_away_is_said_and_a_rerun_completes(twelve, slow, entered):
    for cluster in started(n_workers=1):
        entered.at = {3: lambda cluster=cluster: threading.Thread(target=cluster.close).start()}
        with pytest.raises(CourseError, match="What was graded is kept"):
            grade_class(twelve, PS, scheduler=cluster.scheduler_address, progress=False)
    before = set(receipts(twelve))
    assert 1 <= len(before) < 12
    result = grade_class(twelve, PS, progress=False)
    assert {each.student.id for each in result.students if not each.fresh} == before
    assert rows(twelve) == slow
