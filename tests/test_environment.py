"""The pinned versions agree with each other, and the environment that runs the tests has them."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from gradschool.course.environment import pins, renew

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]


def required(*extras):
    lines = PROJECT["dependencies"] + [line for extra in extras for line in PROJECT["optional-dependencies"][extra]]
    return {re.match(r"[A-Za-z0-9-]+", line)[0] for line in lines} - {"gradschool"}


def test_the_lock_pins_everything_and_names_no_host():
    assert required("teach", "dev") <= set(pins(LOCK))
    assert "://" not in LOCK and "--index" not in LOCK and "--find-links" not in LOCK
    for line in LOCK.splitlines():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[^ ;]+( ; .+)?", line), line


def test_the_conda_environment_has_the_versions_of_the_lock():
    [pip] = [entry["pip"] for entry in CONDA if isinstance(entry, dict)]
    listed = dict(entry.split("==") for entry in pip if "==" in entry)
    assert set(listed) == required("teach")
    assert listed == {name: pins(LOCK)[name] for name in listed}
    assert "-e ." in pip and "-c requirements.lock" in pip


def test_the_conda_python_is_one_that_the_project_supports():
    [python] = [entry.split("=")[1] for entry in CONDA if str(entry).startswith("python=")]
    low, high = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", PROJECT["requires-python"]).groups()
    assert int(low) <= int(python.split(".")[1]) < int(high)


def test_a_new_lock_renews_the_conda_environment():
    assert renew("  - numpy==1.0\n  - -e .\n", "numpy==2.4.6\n") == "  - numpy==2.4.6\n  - -e .\n"


@pytest.mark.parametrize("name", sorted(required("teach", "dev")))
def test_the_tests_run_on_the_pinned_versions(name):
    assert version(name) == pins(LOCK)[name], "run make test, which installs them"


def test_what_a_student_imports_loads_no_grading_and_no_nbgrader():
    probe = ("import sys, gradschool.check, gradschool.differences, gradschool.show; "
             "print([m for m in sys.modules if m.startswith(('nbgrader', 'gradschool.grade', 'gradschool.course'))])")
    run = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


ENGINE = {"kinds", "primitives", "tracer"}  # what both modes are made of


@pytest.mark.parametrize("place, may", [
    ("differences.py", {"extrapolation"}),
    ("extrapolation.py", set()),
    ("kinds.py", ENGINE),
    ("primitives.py", ENGINE),
    ("tracer.py", ENGINE),
    ("reverse.py", ENGINE),
    ("forward.py", ENGINE | {"reverse"}),
    ("check", {"differences"}),
    ("show", ENGINE | {"reverse", "forward", "differences"}),
    ("course", set()),
    ("grade", {"course", "check"}),
])
def test_imports_run_one_way(place, may):
    """design.md's arrows, between the rooms of the package."""
    path = ROOT / "gradschool" / place
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        up = "." if path.is_file() else ".."
        used = set(re.findall(r"^\s*(?:from|import) gradschool\.(\w+)", text, re.M))
        used |= set(re.findall(rf"^\s*from {re.escape(up)}(\w+) import", text, re.M))
        for names in re.findall(rf"^\s*from (?:gradschool|{re.escape(up)}) import (.+)", text, re.M):
            used |= set(re.findall(r"\w+", names))
        assert used - {path.stem} <= may, f"{file.name} imports {used - may}"


def test_every_target_of_make_has_a_line_of_help():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    [declared] = re.findall(r"^\.PHONY: (.+)$", text, re.M)
    helped = set(re.findall(r"^([a-z-]+):.*## ", text, re.M))
    assert set(declared.split()) == helped


def test_the_linter_has_nothing_to_say():
    places = ["gradschool", "tests", "nbgrader_config.py"]
    run = subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "--output-format=concise", *places],
                         cwd=ROOT, capture_output=True, text=True)
    assert run.stdout == ""
