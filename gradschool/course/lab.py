"""JupyterLab, set up for learning and for grading.

`lab_settings/` turns the news off, follows the system's light or dark theme, and shows Markdown files as pages.
It also takes away nbgrader's commands for instructors, which in front of a student cannot work.
`lab_extension/` and `server.py` add the start page: what to do next, and what passes.
"""

import os
from pathlib import Path

from jupyterlab.labapp import LabApp

from gradschool.course import workspace
from gradschool.course.layout import Course

SETTINGS = Path(__file__).parent / "lab_settings"
EXTENSIONS = Path(__file__).parent / "lab_extension"


def open_lab(course: Course, arguments: list[str]) -> None:
    """Bring `work/` up to date, then run JupyterLab there until it is closed."""
    for copied in workspace.update(course):
        print(copied)
    # The layout is kept in work/ too, so that it does not mix with the user's other JupyterLabs.
    ours = [
        f"--LabApp.app_settings_dir={SETTINGS}",
        f"--LabApp.workspaces_dir={course.work / '.jupyter'}",
        f"--LabApp.extra_labextensions_path={EXTENSIONS}",
        "--ServerApp.jpserver_extensions={'gradschool.course.server': True}",
    ]
    run(course.work, "/lab", [*ours, *arguments])


def open_formgrader(course: Course, arguments: list[str]) -> None:
    """Run JupyterLab on the whole course, at nbgrader's formgrader, until it is closed."""
    run(course.root, "/formgrader", arguments)


def run(root: Path, page: str, arguments: list[str]) -> None:
    # In this process, not in one below it: Ctrl-C and a closed terminal must reach the server and its kernels.
    os.chdir(root)
    LabApp.launch_instance([f"--ServerApp.root_dir={root}", f"--LabApp.default_url={page}", *arguments])
