"""What stands around the course: workflows, Binder, citation, changelog."""

import os
import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def jobs(path):
    return read(path)["jobs"].values()


def steps(path):
    return [step for job in jobs(path) for step in job["steps"]]


def commands(path):
    return "\n".join(step["run"] for step in steps(path) if "run" in step)


def test_there_is_a_workflow_for_tests_and_one_for_the_site():
    assert [path.name for path in WORKFLOWS] == ["site.yml", "test.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_call_what_there_is(path):
    called = set(re.findall(r"\bmake ([a-z-]+)", commands(path)))
    assert called
    assert called <= TARGETS
    known = set(re.findall(r'command\("([a-z]+)"', (ROOT / "gradschool" / "cli.py").read_text(encoding="utf-8")))
    assert set(re.findall(r"\bgradschool(?:\.cli)? ([a-z]+)", commands(path))) <= known
    for name in re.findall(r"\btests/\w[\w/*]*\.py", commands(path)):
        assert list(ROOT.glob(name)), f"{name} matches nothing"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_may_do_little_and_use_official_actions_of_a_fixed_major_version(path):
    assert read(path)["permissions"] == {"contents": "read"}
    for job in jobs(path):
        assert job["timeout-minutes"] <= 90
        assert set(job.get("permissions", {})) <= {"pages", "id-token"}
    for step in steps(path):
        assert "uses" not in step or re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]), step


def test_tests_run_on_every_system_with_the_oldest_and_the_newest_python_and_weekly():
    workflow = read(ROOT / ".github" / "workflows" / "test.yml")
    assert {job["runs-on"] for job in workflow["jobs"].values()} == {"ubuntu-latest", "macos-latest", "windows-latest"}
    supported = sorted(found[1] for line in PROJECT["classifiers"] if (found := re.search(r"Python :: (3\.\d+)", line)))
    for job in workflow["jobs"].values():
        assert job["strategy"]["matrix"]["python"] == [supported[0], supported[-1]]
    when = workflow[True]  # YAML 1.1 takes the key `on` for true
    assert {"push", "pull_request", "schedule"} <= set(when)
    assert re.fullmatch(r"\d+ \d+ \* \* \d", when["schedule"][0]["cron"])


def test_the_published_folder_is_the_one_that_is_built():
    uploaded = next(step for step in steps(ROOT / ".github" / "workflows" / "site.yml") if "with" in step and
                    "path" in step["with"])  # fmt: skip
    built = (ROOT / "gradschool" / "course" / "site.py").read_text(encoding="utf-8")
    assert uploaded["with"]["path"] == "build/site"
    assert 'build / "site"' in built


def test_binder_installs_the_pinned_course_and_opens_the_start_page(tmp_path):
    from gradschool.course import workspace

    binder = ROOT / ".binder"
    lines = [line for line in (binder / "requirements.txt").read_text(encoding="utf-8").splitlines()
             if line and not line.startswith("#")]  # fmt: skip
    assert lines == ["--constraint ../requirements.lock", "--editable ."]
    python = (binder / "runtime.txt").read_text(encoding="utf-8").strip()
    assert f"Programming Language :: Python :: {python.removeprefix('python-')}" in PROJECT["classifiers"]
    assert os.name == "nt" or os.access(binder / "postBuild", os.X_OK)
    assert f"urlpath=lab/tree/work/{workspace.START}" in (binder / "README.md").read_text(encoding="utf-8")


def test_binder_fills_the_work_folder(tmp_path):
    """Its own script, on a copy of the course's notebooks."""
    import shutil
    import subprocess
    import sys

    for name in ("course", "release", "gradschool"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    script = (ROOT / ".binder" / "postBuild").read_text(encoding="utf-8")
    program = re.search(r"<<'PYTHON'\n(.*)PYTHON", script, re.DOTALL)[1]
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "work" / "start.md").is_file()
    assert (tmp_path / "work" / "01_finite_differences" / "ps1.ipynb").is_file()


def test_the_citation_has_what_the_format_asks_for():
    """The required keys of the Citation File Format 1.2.0, and the types that its schema gives them."""
    citation = read(ROOT / "CITATION.cff")
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in ("software", "dataset")
    assert citation["authors"]
    for author in citation["authors"]:
        assert set(author) == {"name"}, "an entity has a name"
    assert citation["authors"][0]["name"] == PROJECT["authors"][0]["name"]
    for key in ("message", "title", "abstract", "version"):
        assert isinstance(citation[key], str), key
    assert len(set(citation["keywords"])) == len(citation["keywords"])
    known = {"cff-version", "message", "title", "authors", "type", "abstract", "version", "license", "keywords"}
    assert set(citation) <= known


def test_one_version_everywhere():
    version = PROJECT["version"]
    assert read(ROOT / "CITATION.cff")["version"] == version
    assert version in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"Version {version}." in (ROOT / "README.md").read_text(encoding="utf-8")
    assert " AND ".join(read(ROOT / "CITATION.cff")["license"]) == PROJECT["license"]


def test_the_changelog_keeps_its_format():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert versions[0] == "[Unreleased]"
    for version in versions[1:]:
        assert re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", version)
    kinds = set(re.findall(r"^### (.*)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    for target in re.findall(r"`make ([a-z-]+)`", text):
        assert target in TARGETS
