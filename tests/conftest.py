"""What every test needs: this environment's own commands come first, as the `gradschool` command has them; and in
which order files are run."""

import os
import sys

from gradschool.cli import find_our_commands

pytest_plugins = ["browsing"]

find_our_commands()

# Compiled modules are kept even where the system says otherwise: the tests start hundreds of processes, and each would
# compile its libraries anew, which takes longer than what it is started for.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Files that take more than half a minute, longest first. `make test` hands out whole files in the order of collection:
# a long one that came late would be run on one core while the other has nothing left to do.
LONG = [
    "test_site", "test_bank", "test_grade_parallel", "test_grade_resume", "test_red_team", "test_browser",
    "test_lecture_8", "test_grade_sample", "test_hostile", "test_grade_postgres", "test_grade_class", "test_walls",
    "test_show_playground", "test_show_kernelless", "test_solutions",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    place = {f"{name}.py": number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.name, len(LONG)))  # stable: the same for every worker
