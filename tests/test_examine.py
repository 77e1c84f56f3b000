"""What a submission goes through, as nbgrader_config.py has it."""

import pytest
from traitlets.config import Config

from gradschool.course.layout import CourseError
from gradschool.grade.examine import Paper
from gradschool.grade.preprocessors import ExecuteInTwoRooms


class Ours(ExecuteInTwoRooms):
    """As a course may have it, with a habit of its own."""


def paper(*steps):
    config = Config()
    config.Autograde.autograde_preprocessors = list(steps)
    return Paper("ps1", "", config)


def test_a_configuration_that_would_run_nothing_is_refused():
    with pytest.raises(CourseError, match="leaves ExecuteInTwoRooms out"):
        paper("nbgrader.preprocessors.Execute", "nbgrader.preprocessors.LimitOutput").insist_on_rooms()
    paper("gradschool.grade.preprocessors.ExecuteInTwoRooms").insist_on_rooms()
    paper("nbgrader.preprocessors.LimitOutput", Ours).insist_on_rooms()


def test_steps_that_the_gradebook_does_are_left_out():
    names = ["SaveAutoGrades", "LimitOutput", "AssignLatePenalties", "CheckCellMetadata"]
    mixed = paper(*(f"nbgrader.preprocessors.{name}" for name in names))
    assert [type(step).__name__ for step in mixed.steps(mixed.config.Autograde.autograde_preprocessors)] == [
        "LimitOutput"
    ]
