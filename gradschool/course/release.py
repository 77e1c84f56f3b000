"""From `source/` to `release/`: nbgrader takes the solutions and the hidden checks out."""

import subprocess
import sys

from gradschool.course.layout import Course, CourseError


def release(course: Course, names: list[str] | None = None) -> list[str]:
    """Have nbgrader write `release/` for the named problem sets, or for all of them; return their names.

    Raises:
        CourseError: if a name is unknown, or with nbgrader's own words if it refuses.
    """
    names = names or list(course.problem_sets())
    for name in names:
        course.problem_set(name)
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", name, "--force"]
        run = subprocess.run(command, cwd=course.root, capture_output=True, text=True, encoding="utf-8")
        if run.returncode:
            raise CourseError(f"nbgrader could not release {name}:\n{run.stderr.strip()}")
    return names
