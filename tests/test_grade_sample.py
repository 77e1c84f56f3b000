"""The sample class of submitted/, graded end to end as `make grade PS=ps1` does it."""

import re
import shutil

import pytest
import sample_class
from sample_class import CLASS, COURSE, PS, QUESTIONS, REPOSITORY

from gradschool.course.layout import Course
from gradschool.grade import report
from gradschool.grade.classroom import grade_class

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FULL = dict(zip(QUESTIONS, (2, 2, 3, 2, 3, 2, 3, 3), strict=True))
NONE = dict.fromkeys(QUESTIONS, 0)

# What each deserves: marks by question where they are not the full ones, and all that is to be said of them.
EXPECTED = {
    "sample-01-perfect": ({}, []),
    "sample-02-other-ways": ({}, []),
    "sample-03-brackets": ({"central": 0, "complex-step": 0, "gradient": 0}, []),
    "sample-04-vectors-only": (
        {"gradient": 0, "relative-error": 0, "taylor": 0},
        [
            "relative-error-check: could not be judged",
            "taylor: could not run: ValueError: shapes",
        ],
    ),
    "sample-05-edge-cases": (
        {"forward": 1, "best-step": 1, "gradient-checker": 1},
        ["gradient-checker-hidden"],
    ),
    "sample-06-half-finished": (
        dict.fromkeys(QUESTIONS[4:], 0),
        ["gradient, relative-error, gradient-checker, taylor: not attempted"],
    ),
    "sample-07-untouched": (NONE, ["everything: not attempted"]),
    "sample-08-does-not-run": (
        {"central": 0, "relative-error": 0},
        [
            "central: could not run: SyntaxError: expected ':' (line 1)",
            "relative-error: could not run: NameError: name 'math' is not defined",
        ],
    ),
    "sample-09-endless-loop": ({"taylor": 0}, ["taylor: timeout"]),
    "sample-10-no-checks": (
        {"central": 0},
        [
            "check cell central-check restored: it was missing",
            "check cell gradient-hidden restored: it was edited",
            "cell tag skip-execution dropped",
        ],
    ),
    "sample-11-not-a-notebook": (NONE, ["not a notebook"]),
    "sample-12-late": ({}, ["handed in 2 days 3 h late"]),
    "sample-13-warns": ({}, []),
    "sample-14-own-numpy": ({}, ["left out: numpy.py"]),
}


def test_the_sample_class_is_made_from_the_release_as_it_is_now():
    stale = {name for name, text in sample_class.files().items() if sample_class.shipped().get(name) != text}
    assert not stale, "run: python tests/sample_class.py"
    assert sample_class.shipped().keys() == sample_class.files().keys()


def test_everybody_in_the_sample_class_is_expected():
    assert EXPECTED.keys() == CLASS.keys() and len(CLASS) >= 12


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """What `make grade PS=ps1` makes of the course as it is shipped, in a folder of its own."""
    root = tmp_path_factory.mktemp("sample")
    for name in ("course", "source", "release"):
        shutil.copytree(COURSE.root / name, root / name)
    shutil.copytree(COURSE.submitted, root / "submitted", ignore=lambda folder, names: others(names))
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    return root, grade_class(Course(root), PS, progress=False, jobs=2)  # one is waited for half a minute


def others(names):
    """A working copy may hold real submissions: only what is shipped is copied."""
    shipped = {name.split("/")[0] for name in sample_class.files()} | {"due.toml"}
    return [name for name in names if name not in shipped and not name.startswith((PS, "timestamp", "numpy"))]


@pytest.mark.slow
@pytest.mark.parametrize("student", EXPECTED)
def test_each_gets_the_marks_and_the_reasons_they_deserve(graded, student):
    _, result = graded
    [found] = [found for found in result.students if found.student.id == student]
    marks, said = EXPECTED[student]
    assert {name: question.score for name, question in found.questions.items()} == FULL | marks
    table = report.table(result)
    remarks = re.search(rf"^  {student}\n((?:    .*\n?)*)", table, re.MULTILINE)
    assert bool(remarks) == bool(said)
    lines = remarks[1] if remarks else ""
    assert [part for part in said if part not in lines] == []


@pytest.mark.slow
def test_the_table_is_for_the_whole_class(graded):
    _, result = graded
    assert result.sample and result.max_scores == FULL
    assert "ps1: 14 submissions (the sample class" in report.table(result)
    assert max(map(len, report.table(result).splitlines())) < 140


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; on Debian: apt install chromium")
def test_feedback_can_be_read_without_a_network(graded):
    from playwright.sync_api import sync_playwright

    root, _ = graded
    pictures = REPOSITORY / "build" / "screenshots"
    asked = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(offline=True, viewport={"width": 1000, "height": 1400})
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((root / "feedback" / "sample-04-vectors-only" / PS / f"{PS}.html").as_uri())
        assert page.locator("math").count() > 50
        # A fraction that is laid out as one is higher than its line.
        assert page.locator("math mfrac").first.bounding_box()["height"] > 20
        assert "$" not in "".join(page.locator(".text_cell_render").all_inner_texts())
        assert page.locator("section.gradschool-verdict.bad").count() >= 4
        assert page.locator("script").count() == 0
        page.screenshot(path=pictures / "feedback.png")
        browser.close()
    assert [url for url in asked if not url.startswith(("data:", "file:"))] == []
