"""nbgrader stays nbgrader: its own commands and its formgrader work on what we make, by the same rules."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
from mini_course import DOUBLE, PS, ROOT, answered, cell_named, hand_in, make
from nbgrader.api import Gradebook

from gradschool.grade.classroom import grade_class

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")]
NASTY = "Look: <script>document.title = 'pwned'</script> $\\frac{a}{b}$ ![](http://127.0.0.1:9/pixel.png)"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Two students whose work stock nbgrader would mark wrongly."""
    course = make(tmp_path_factory.mktemp("formgrader"))
    cheat = answered(course, double="def double(x):\n    return 4", root=ROOT)
    cheat.cells.remove(cell_named(cheat, "double-hidden"))
    cell_named(cheat, "double-check").metadata["tags"] = ["skip-execution"]
    hand_in(course, "cheat", cheat)
    honest = answered(course, double=DOUBLE, root=ROOT)
    honest.cells[0].source += "\n\n" + NASTY
    hand_in(course, "Åsa Öberg", honest)
    return course


def scores(course):
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}", "gradient-school") as gradebook:
        return {student: gradebook.find_submission(PS, student).score for student in ("cheat", "Åsa Öberg")}


def test_nbgrader_autograde_takes_the_same_path(course):
    command = [sys.executable, "-m", "nbgrader", "autograde", PS]
    run = subprocess.run(command, cwd=course.root, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    assert "not recognized" not in run.stderr, "nbgrader_config.py sets what nobody reads"
    assert scores(course) == {"cheat": 3, "Åsa Öberg": 5}
    grade_class(course, PS, progress=False)
    assert scores(course) == {"cheat": 3, "Åsa Öberg": 5}


@pytest.fixture(scope="module")
def formgrader(course):
    """nbgrader's formgrader on the graded course; gives a function that gets one of its pages."""
    grade_class(course, PS, progress=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "root_dir": course.root,
        "port": port,
        "ip": "127.0.0.1",
        "open_browser": False,
        "allow_root": True,
    }
    command = [sys.executable, "-m", "jupyter_server", "--IdentityProvider.token=token"]
    command += [f"--ServerApp.{name}={value}" for name, value in options.items()]
    env = os.environ | {"JUPYTER_CONFIG_DIR": str(course.root / ".jupyter")}
    log = (course.root / "server.log").open("wb")
    server = subprocess.Popen(command, cwd=course.root, env=env, stdout=log, stderr=log)

    def get(page):
        address = f"http://127.0.0.1:{port}/{urllib.parse.quote(page)}"
        request = urllib.request.Request(address, headers={"Authorization": "token token"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode("utf-8")

    try:
        for _ in range(120):
            try:
                get("api/status")
                break
            except (urllib.error.URLError, ConnectionError):
                assert server.poll() is None, (course.root / "server.log").read_text(encoding="utf-8")
                time.sleep(0.5)
        yield get
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def test_the_formgrader_lists_the_class(formgrader):
    assert "formgrader" in formgrader("formgrader").lower()
    [assignment] = json.loads(formgrader("formgrader/api/assignments"))
    assert (assignment["name"], assignment["num_submissions"], assignment["max_score"]) == (PS, 2, 5)
    submissions = {
        entry["student"]: entry for entry in json.loads(formgrader(f"formgrader/api/submissions/{PS}"))
    }
    assert {student: entry["score"] for student, entry in submissions.items()} == {"cheat": 3, "Åsa Öberg": 5}
    assert all(entry["autograded"] for entry in submissions.values())
    assert "Åsa Öberg" in formgrader("formgrader/manage_students/Åsa Öberg")
    assert json.loads(formgrader("formgrader/api/student/Åsa Öberg"))["score"] == 5


def test_the_formgrader_opens_a_submission_and_nothing_in_it_runs(formgrader):
    notebooks = json.loads(formgrader(f"formgrader/api/submitted_notebooks/{PS}/{PS}"))
    assert len(notebooks) == 2
    for notebook in notebooks:
        page = formgrader(f"formgrader/submissions/{notebook['id']}")
        assert 'id="double-check"' in page, "there is no box to put a mark into"
        assert "<mfrac>" in page
        assert "pwned" not in page and "pixel.png" not in page
        assert not re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=[\"'](?:https?:)?//[^\"']*", page)
