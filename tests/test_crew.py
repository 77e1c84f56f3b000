"""A crew by itself, without a class to grade."""

import faulthandler
import time

import pytest

from gradschool.course.layout import CourseError
from gradschool.grade.crew import Crew, WorkerDied
from gradschool.grade.rooms import questions


def work(n):
    """Some of it is one operation in C that takes for ever, which no interrupt reaches."""
    with questions.ended_if_stuck(1.0 if n else 0.2):
        return 3**n % 1000 if n else 3 ** (10**10)


def task(n):
    try:
        return n, (yield work, n)
    except WorkerDied:
        return n, "died"


@pytest.mark.slow
def test_a_process_that_no_interrupt_reaches_ends_itself_and_the_others_go_on():
    began = time.monotonic()
    with Crew(jobs=2) as crew:
        found = dict(crew.run(map(task, range(20))))
    assert found == {0: "died"} | {n: 3**n % 1000 for n in range(1, 20)}
    assert time.monotonic() - began < 60


def test_what_cannot_be_sent_to_other_processes_is_said_before_it_is_needed():
    with Crew(jobs=2) as crew:
        crew.insist_that_it_travels({"a": 1}, "nbgrader_config.py")
        with pytest.raises(CourseError, match=r"nbgrader_config\.py holds .* JOBS=1"):
            crew.insist_that_it_travels(lambda: None, "nbgrader_config.py")
    with Crew(jobs=1) as crew:
        crew.insist_that_it_travels(lambda: None, "nbgrader_config.py")


def test_the_process_that_leads_is_never_ended(monkeypatch):
    monkeypatch.setattr(faulthandler, "dump_traceback_later", lambda *_, **__: pytest.fail("it would end"))
    assert not questions.replaceable
    with Crew(jobs=1) as crew:
        assert dict(crew.run([task(7)])) == {7: 3**7 % 1000}
