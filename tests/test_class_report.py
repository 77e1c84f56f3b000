"""The class report: what failed checks name, questions in numbers, checks that look wrong, and the page."""

import random
import re
import time
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import nbformat
import pytest
from browsing import CHROMIUM, IN_A_BROWSER, PICTURES, QUIET
from mini_course import DOUBLE, PS, ROOT, answered, cell_named, hand_in, make

from gradschool.course.layout import CourseError
from gradschool.grade.classroom import grade_class
from gradschool.grade.report import analysis, causes, page, reading
from gradschool.grade.report.analysis import Question
from gradschool.grade.report.causes import Failure
from gradschool.grade.report.make import make_report
from gradschool.grade.report.reading import Graded
from gradschool.grade.results import ClassResult, QuestionResult, StudentResult
from gradschool.grade.submissions import Student
from gradschool.grade.verdicts import Cause, Verdict

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
WRONG = Verdict(Cause.WRONG)


# Reasons ------------------------------------------------------------------------------------------------------


def failed(message, name="CheckFailed", cause=Cause.WRONG, detail=""):
    cell = nbformat.v4.new_code_cell(metadata={"nbgrader": {"grade_id": "q-check"}})
    cell.outputs = [nbformat.v4.new_output("error", ename=name, evalue=message, traceback=[])]
    return causes.failure("q", cell, Verdict(cause, detail))


@pytest.mark.parametrize(
    "why, title, more",
    [
        ("Sign turned. Every number is right but for its sign.", "Sign turned",
         "Every number is right but for its sign."),
        ("Divided by 2h: there is one step here, not two.", "Divided by 2h: there is one step here, not two", ""),
        ("0/0 came out as nan.", "0/0 came out as nan", ""),
        ("At [1] it returned None; a tuple of nothing is wanted. A wrong gradient passed.", "A wrong gradient passed",
         "At [1] it returned None; a tuple of nothing is wanted."),
        ("It returned an array of shape (3,); a number is wanted.",
         "It returned an array of shape (3,); a number is wanted", ""),
    ],
)
def test_the_reason_of_a_failed_check(why, title, more):
    found = failed(f"Wrong: f should be right.\n  Came:         1\n  Why:          {why}\n  Called with x = 2.")
    assert (found.title, found.more) == (title, more)


def test_other_reasons():
    assert failed("Wrong: f should be right.\n  Came:   1").title == ""
    assert failed("f(2) is 3, not 4", "AssertionError").title == "f(2) is 3, not 4"
    out = failed("Could not run: f\n  Why:   ValueError: shapes (2,3) and (2,)", cause=Cause.COULD_NOT_RUN)
    assert (out.title, out.more) == ("ValueError", "shapes (2,3) and (2,)")
    out = failed("name 'f' is not defined", "NameError", Cause.COULD_NOT_RUN, "SyntaxError: expected ':' (line 1)")
    assert (out.title, out.more) == ("SyntaxError", "expected ':' (line 1)")
    assert failed("", cause=Cause.TIMEOUT) is None and failed("", cause=Cause.NOT_ATTEMPTED) is None


def one(title, question="q", kind=Cause.WRONG, cell="q-check", more=""):
    return Failure(question, cell, kind, title, more)


def test_equal_reasons_count_as_one():
    [group] = causes.groups(
        {
            "ada": [one("It returned an array of shape (3,); a number is wanted")],
            "bob": [one("It returned an array of shape (12,); a number is wanted", "r")],
            "eve": [one("At result[0, 1] it returned None; a number is wanted")],
        }
    )[:1]
    assert group.title == "It returned an array of shape (…,); a number is wanted"
    assert dict(group.students) == {"ada": ["q"], "bob": ["r"]} and group.questions == {"q": 1, "r": 1}
    found = causes.groups({"ada": [one("Factor 2")], "bob": [one("Factor 2.5")], "eve": [one("Factor 3")]})
    assert [(group.title, len(group.students)) for group in found] == [("Factor …", 2), ("Factor 2", 1)]


def test_the_reason_that_tells_most_counts_and_once():
    both = [one("Factor 2"), one("Divided by 2h: one step", cell="q-hidden")]
    assert [group.title for group in causes.groups({"ada": both})] == ["Divided by 2h: one step"]
    [group] = causes.groups({"ada": [one("ValueError", more="shapes"), one("ValueError")]})
    assert (group.students, group.more) == ({"ada": ["q"]}, "shapes")
    nothing = {"ada": [one(""), one("", "r")], "bob": [one(""), one("Sign turned")]}
    assert causes.unnamed(nothing) == {"q": ["ada"], "r": ["ada"]}


# Numbers ------------------------------------------------------------------------------------------------------


def klass(rows, points=(2, 3), **more):
    """A class of the questions a, b, ...: one row of marks a student; None is an untouched answer."""
    names = "abcdefgh"[: len(points)]
    students = []
    for k, row in enumerate(rows):
        questions = {}
        for name, mark, best in zip(names, row, points, strict=True):
            cause = Verdict(Cause.NOT_ATTEMPTED) if mark is None else WRONG
            questions[name] = QuestionResult(mark or 0, best, {} if mark == best else {f"{name}-hidden": cause})
        students.append(StudentResult(Student(f"s{k:03}"), questions, **more))
    return Graded(ClassResult("ps1", tuple(students), dict(zip(names, points, strict=True)), False))


def test_questions_in_numbers():
    graded = klass([(2, 3), (2, 1), (0, 0), (2, None)])
    a, b = analysis.questions(graded)
    assert (a.full, a.part, a.none, a.not_attempted, a.mean) == (3, 0, 1, 0, 1.5)
    assert (b.full, b.part, b.none, b.not_attempted, b.mean) == (1, 1, 1, 1, 1.0)
    assert b.causes == {Cause.WRONG: 2, Cause.NOT_ATTEMPTED: 1} and a.discrimination is None
    found = analysis.summary(graded.result)
    assert (found.count, found.mean, found.quartiles[1], found.full) == (4, 2.5, 2.5, 1)


def test_discrimination_is_the_correlation_with_the_other_questions():
    rows = [(k % 3, k % 3 * 1.5) for k in range(12)]
    assert [q.discrimination for q in analysis.questions(klass(rows))] == pytest.approx([1, 1])
    assert [q.halves for q in analysis.questions(klass(rows))] == [(0, 1), (0, 1)]
    against = [(2 - k % 3, k % 3 * 1.5) for k in range(12)]
    assert [q.discrimination for q in analysis.questions(klass(against))] == pytest.approx([-1, -1])


@pytest.mark.parametrize("points, labels", [((2, 3), ["0", "1", "2", "3", "4", "5"]), ((40, 12), None)])
def test_the_distribution_holds_everybody(points, labels):
    best = sum(points)
    rows = [(min(mark, points[0]), max(0, mark - points[0])) for mark in range(best + 1)]
    bins = analysis.distribution(klass(rows, points).result)
    assert sum(bin.count for bin in bins) == best + 1
    if labels:
        assert [bin.label for bin in bins] == labels and {bin.count for bin in bins} == {1}
    else:
        assert [bin.label for bin in bins][:2] == ["0 to 2", "3 to 5"] and bins[-1].label == "51 to 52"
    halves = analysis.distribution(klass([(0.5, 0), (2, 3)]).result)
    assert [(bin.label, bin.count) for bin in halves if bin.count] == [("0 to 1", 1), ("5", 1)]


def headlines(graded):
    return {(one.question, one.headline) for one in analysis.suspicions(graded, analysis.questions(graded))}


def test_suspicious_questions():
    rows = [(2, 0, k % 2, 1 - k % 2) for k in range(20)]
    found = headlines(klass(rows, (2, 3, 1, 1)))
    assert ("a", "All 20 who answered have full marks") in found
    assert ("b", "None of the 20 who answered has a point") in found
    assert ("c", "Those who do better elsewhere do worse here (0 % against 100 % of its points)") in found
    assert ("d", "Those who do better elsewhere do worse here (0 % against 100 % of its points)") in found


def test_a_visible_check_that_promises_too_much():
    found = headlines(klass([(2, 3)] * 11 + [(1, 3)] * 9))
    assert ("a", "9 of 20 pass the visible check and fail the hidden one") in found


@pytest.mark.parametrize("rows", [[], [(2, 3)] * 4, [(0, 0)] * 4, [(2 * (k % 2), 3) for k in range(4)]])
def test_of_few_answers_nothing_is_said(rows):
    assert headlines(klass(rows)) == set()


def test_chance_alone_is_seldom_suspicious():
    rng = random.Random(7)
    alarms = 0
    for _ in range(40):
        rows = [tuple(rng.choice((0, 1)) for _ in range(8)) for _ in range(60)]
        alarms += len([1 for _, headline in headlines(klass(rows, (1,) * 8)) if "do worse" in headline])
    assert alarms <= 40 * 8 * 0.05


def test_verdicts_of_the_grader_itself_are_suspicious():
    plain = dict(name="q", points=1, full=3, part=0, none=0, not_attempted=0, mean=1, discrimination=None, halves=None,
                 hidden_only=0, visible=3, seconds=None)
    assert [h for h, _ in analysis.suspect(Question(**plain, causes={Cause.NOTHING_TESTED: 1}), 0)] == [
        "Nothing was tested, for 1 student"
    ]
    slow = Question(**plain | dict(full=30), causes={Cause.TIMEOUT: 4})
    assert [h for h, _ in analysis.suspect(slow, 0)][1:] == ["4 students ran into the time limit"]


# The page -----------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a browser would make of it: tags, and everything that refers to something."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.refers, self.text = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.refers += [value for name, value in attributes if name in ("href", "src", "xlink:href", "data", "action")]
        assert not [name for name, _ in attributes if name.startswith("on")]

    def handle_data(self, data):
        self.text.append(data)


def nasty():
    """A class of people and errors that would like to be HTML."""
    person = Student("o'hara", 'O"Hara</title><script>', "<img src=http://x.example/a onerror=alert(1)>")
    bad = QuestionResult(0, 2, {"a-check": WRONG})
    students = (
        StudentResult(person, {"a": bad}, notes=("left out: <b>&.py",), late=timedelta(minutes=5)),
        StudentResult(Student("x y"), {"a": bad}, refused="not a notebook: <svg onload=alert(2)>"),
        StudentResult(Student("li/ly"), {}, failed="KeyError: <i>"),
        StudentResult(Student("gone"), {}, handed_in=False),
    )
    failures = {"o'hara": [one("E</details><script>", "a", Cause.COULD_NOT_RUN, more="<script src='http://x.example'>")]}
    return Graded(ClassResult("ps1", students, {"a": 2.0}, False), failures, {"a": [0.25, 3.0]}, {"o'hara": 0.5})


def test_nothing_that_a_student_wrote_is_html():
    text = page.html(nasty(), "Set <1>", now=NOON)
    seen = Page(text)
    assert not {"script", "img", "iframe", "object", "form", "b", "i"} & set(seen.tags)
    assert all(link.startswith(("#", "../", "data:,")) for link in seen.refers), seen.refers
    assert "../feedback/o%27hara/ps1/ps1.html" in seen.refers
    words = " ".join(seen.text)
    for part in ("E</details><script>", "left out: <b>&.py", "<svg onload=alert(2)>", "KeyError: <i>", "Set <1>",
                 "5 min, 0.5 points taken off", "not for students", "2026-11-21 12:00 UTC", "1.6 s"):
        assert part in words, part


def test_links_lead_only_to_what_is_there(tmp_path):
    graded = nasty()
    assert Page(page.html(graded, "Set", tmp_path)).refers == [
        "data:,", "#main", "#marks", "#questions", "#suspicious", "#reasons", "#verdicts", "#late", "#not-graded",
        "#files",
    ]
    (tmp_path / "submitted" / "x y" / "ps1").mkdir(parents=True)
    assert "../submitted/x%20y/ps1" in Page(page.html(graded, "Set", tmp_path)).refers


@pytest.mark.parametrize("rows", [[], [(2, 3)], [(2, 3)] * 30, [(None, None)] * 6])
def test_odd_classes_have_a_page(rows):
    text = page.html(klass(rows), "Set")
    assert text.startswith("<!DOCTYPE html>") and "</html>" in text and not re.search(r"\bnan\b", text)
    assert ("Nobody has been graded" in text) == (not rows)
    assert "&#34;" not in text and "&lt;" not in text  # nothing of the template's own is escaped


def test_times_are_shown_where_they_are_known():
    rows = [(2, 3)] * 3
    assert "Median time" not in page.html(klass(rows), "Set")
    graded = klass(rows)
    graded.seconds["a"] = [0.01, 0.02, 12.4]
    text = page.html(graded, "Set")
    assert "Median time" in text and "20 ms" in text and "11 s" in text


def ten_thousand():
    rng, names = random.Random(1), "abcdefgh"
    titles = ["Sign turned", "Factor 2", "", *(f"Misconception of {word}" for word in names)]
    students, failures = [], {}
    for k in range(10_000):
        id, questions = f"student-{k:05}", {}
        for name in names:
            lost = rng.random() < 0.4
            questions[name] = QuestionResult(0 if lost else 2, 2, {f"{name}-check": WRONG} if lost else {})
            if lost:
                failures.setdefault(id, []).append(one(rng.choice(titles), name, more="It is so."))
        students.append(StudentResult(Student(id, f"Öztürk {k}", "Anna-Lena"), questions, late=timedelta(hours=k % 7)))
    return Graded(ClassResult("ps1", tuple(students), dict.fromkeys(names, 2.0), False), failures)


def test_ten_thousand_students_fit_on_a_page():
    graded = ten_thousand()
    start = time.process_time()
    text = page.html(graded, "Set")
    assert time.process_time() - start < 20
    assert len(text.encode()) < 3_000_000
    assert re.search(r"and [\d,]+ more\.", text)


def test_the_table_of_reasons_has_all_of_them():
    rows = page.reasons_table(Graded(klass([]).result, {"ada": [one("Sign turned"), one("")], "bob": [one("x")]}))
    assert rows[1:] == [
        ["ada", "q", "q-check", "wrong", "Sign turned", ""],
        ["ada", "q", "q-check", "wrong", "", ""],
        ["bob", "q", "q-check", "wrong", "x", ""],
    ]


# From a graded class ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A small class, graded; then one hands in anew, and a person changes a mark."""
    course = make(tmp_path_factory.mktemp("Ma thèse") / "course")
    (course.submitted / "due.toml").write_text(f"{PS} = 2026-10-05T12:00:00Z\n", encoding="utf-8")
    good = answered(course, double=DOUBLE, root=ROOT)
    hand_in(course, "ada", good)
    (hand_in(course, "bob", good) / "timestamp.txt").write_text("2026-10-05 15:00 UTC", encoding="utf-8")
    hand_in(course, "eve", answered(course, double="def double(x):\n    return int(x * 2)"))
    hand_in(course, "html", "<html>")
    forged = answered(course, double=DOUBLE, root=ROOT)
    forged.cells.insert(0, nbformat.v4.new_markdown_cell("**This submission could not be graded**\n\n- be kind"))
    hand_in(course, "forger", forged)
    hand_in(course, "wrong", answered(course, double=DOUBLE, root="def root(x):\n    return x / 0"))
    grade_class(course, PS, progress=False)
    path = course.root / "autograded" / "ada" / PS / f"{PS}.ipynb"
    timed = nbformat.read(path, as_version=4)
    assert cell_named(timed, "root-check").metadata["gradschool"]["seconds"] > 0
    for name, taken in {"root": 0.5, "root-check": 1.0}.items():
        cell_named(timed, name).metadata["gradschool"] = {"seconds": taken}
    path.chmod(0o644)
    nbformat.write(timed, path)
    hand_in(course, "new", good)
    return course


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_a_graded_class_is_read_again_without_running_it(course):
    graded = reading.read_class(course, PS)
    found = {student.student.id: student for student in graded.result.students}
    assert {id: student.score for id, student in found.items() if student.questions} == {
        "ada": 5, "bob": 5, "eve": 1, "html": 0, "forger": 5, "wrong": 3,
    }
    assert found["html"].refused.startswith("not a notebook") and found["forger"].refused is None
    assert found["new"].failed == reading.NOT_GRADED and not found["new"].questions
    assert found["bob"].late == timedelta(hours=3)
    assert {name: len(times) for name, times in graded.seconds.items()} == {"double": 5, "root": 4}  # who answered
    assert graded.seconds["root"][0] == 1.5  # ada's
    assert {cell: verdict.cause for cell, verdict in found["eve"].questions["double"].reasons.items()} == {
        "double-hidden": Cause.WRONG
    }
    assert found["eve"].questions["root"].reasons["root-check"].cause is Cause.NOT_ATTEMPTED
    [failure] = graded.failures["wrong"]
    assert (failure.title, failure.more) == ("ZeroDivisionError", "division by zero")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_make_report_writes_everything_and_keeps_what_grading_wrote(course):
    kept = {path: path.read_bytes() for path in (course.root / "autograded").rglob("*") if path.is_file()}
    written = make_report(course, PS, progress=False)
    assert sorted(path.name for path in (course.root / "report").iterdir()) == [
        "ps1-canvas.csv", "ps1-moodle.csv", "ps1-reasons.csv", "ps1.html",
    ]
    assert written.page.as_posix() == "report/ps1.html" and "roster" in str(written)
    text = (course.root / "report" / "ps1.html").read_text(encoding="utf-8")
    for part in ("Small sums", "ZeroDivisionError", "not graded yet", "Median time", "/wrong/ps1/ps1.html", "3 h"):
        assert part in text
    assert all(path.read_bytes() == content for path, content in kept.items())
    assert not list(course.root.glob(".grading-*"))
    with pytest.raises(CourseError, match="no problem set"):
        make_report(course, "ps9")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_a_mark_by_hand_and_a_change_after_grading_are_seen(course):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as db:
        grade = db.find_grade("double-hidden", PS, PS, "eve")
        grade.manual_score = 1.5
        db.db.commit()
    hand_in(course, "wrong", answered(course, double=DOUBLE, root=ROOT))
    graded = reading.read_class(course, PS)
    found = {student.student.id: student for student in graded.result.students}
    assert found["eve"].score == 2.5 and "double-hidden" not in found["eve"].questions["double"].reasons
    assert reading.CHANGED in found["wrong"].notes and found["wrong"].score == 3


# In a browser -------------------------------------------------------------------------------------------------


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    @pytest.mark.parametrize("scheme, width", [("light", 1100), ("dark", 1100), ("light", 390)])
    def test_it_can_be_read_by_all_and_asks_for_nothing(self, tmp_path, scheme, width):
        from axe_playwright_python.sync_playwright import Axe
        from playwright.sync_api import sync_playwright

        path = tmp_path / "ps1.html"
        rows = [(random.Random(k).choice((0, 1, 2)), random.Random(-k - 1).choice((0, 1, 3))) for k in range(40)]
        graded = klass(rows, late=timedelta(hours=2))
        graded.failures["s003"] = [one("Sign turned", "a")]
        graded.seconds["a"] = [0.1, 0.2]
        path.write_text(page.html(graded, "Set"), encoding="utf-8")
        asked, said = [], []
        PICTURES.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            context = browser.new_context(offline=True, color_scheme=scheme, viewport=dict(width=width, height=900),
                                          bypass_csp=True)
            opened = context.new_page()
            opened.on("request", lambda request: asked.append(request.url))
            opened.on("console", lambda message: said.append(message.text))
            opened.goto(path.as_uri())
            assert opened.evaluate("document.documentElement.scrollWidth") <= width
            opened.screenshot(path=PICTURES / f"report-{scheme}-{width}.png", full_page=True)
            opened.locator("details").first.locator("summary").press("Enter")
            assert opened.locator("details").first.get_attribute("open") is not None
            found = Axe().run(opened)
            browser.close()
        assert found.violations_count == 0, found.generate_report()
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == [] and said == []
