"""A learner's progress: what was seen is what passes, nothing is lost, and no notebook is written to."""

import asyncio
import json
import os
import time
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
import sample_class

from gradschool import cli
from gradschool.course import looking, progress, start_page, workspace
from gradschool.course.layout import Course
from gradschool.course.progress import State

STUB = "raise NotImplementedError()"
NOW = datetime(2026, 11, 21, 14, 30).astimezone()


def text(source):
    return {"cell_type": "markdown", "metadata": {}, "source": source, "id": f"text-{hash(source) % 10**6}"}


def code(source, name=None, **nbgrader):
    metadata = {"nbgrader": {"grade_id": name, **nbgrader}} if name else {}
    return {"cell_type": "code", "metadata": metadata, "source": source, "id": name or f"own-{hash(source) % 10**6}",
            "outputs": [], "execution_count": None}


def question(number, name, check):
    return [
        text(f"## Question {number}. The {name}\n\n*About {5 * number} minutes. Difficulty: easy.*"),
        code(STUB, name, solution=True, locked=False, grade=False),
        code(check, f"{name}-check", grade=True, locked=True, solution=False),
        code("# At grading: more.", f"{name}-hidden", grade=True, locked=True, solution=False),
    ]


def notebook(*cells):
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


PS1 = [text("# Problem set 1"), code("import math", "imports", locked=True, solution=False, grade=False),
       *question(1, "double", "assert double(2) == 4"), *question(2, "root", "assert root(9) == 3")]
PS2 = [text("# Problem set 2"), *question(1, "cube", "assert cube(2) == 8")]
DOUBLE, ROOT = "def double(x):\n    return 2 * x", "def root(x):\n    return math.sqrt(x)"


@pytest.fixture
def course(tmp_path):
    """Two units with a problem set each, and a learner's fresh copies of them."""
    for number, (name, cells) in enumerate({"ps1": PS1, "ps2": PS2}.items(), 1):
        unit = tmp_path / "course" / f"0{number}_unit{number}"
        unit.mkdir(parents=True)
        (unit / f"unit{number}.md").write_text(f"# Lecture {number}\n", encoding="utf-8")
        (unit / f"unit{number}.ipynb").write_text(notebook(), encoding="utf-8")
        (unit / f"{name}.md").write_text(f"# Problem set {number}: <small> sums\n", encoding="utf-8")
        released = tmp_path / "release" / name / f"{name}.ipynb"
        released.parent.mkdir(parents=True)
        released.write_text(notebook(*cells), encoding="utf-8")
    course = Course(tmp_path)
    workspace.update(course)
    return course


@pytest.fixture
def kernels(monkeypatch):
    """Kernels without processes: cells run here. Gives the sources that ran, a list for each kernel."""
    started = []

    class Here:
        def __init__(self, folder):
            self.names, self.ran = {}, []
            started.append(self.ran)

        async def __aenter__(self):
            return self

        async def __aexit__(self, *_):
            pass

        async def run(self, source, seconds):
            self.ran.append(source)
            if "forever" in source:
                raise TimeoutError
            if "crash" in source:
                raise looking.KernelLost("ended the kernel")
            try:
                exec(source, self.names)
            except Exception:
                return False
            return True

    monkeypatch.setattr(looking, "Kernel", Here)
    return started


def path_of(course, name="ps1", file=None):
    return course.work / {"ps1": "01_unit1", "ps2": "02_unit2"}[name] / (file or f"{name}.ipynb")


def answer(course, file=None, edit=lambda cells: cells, ps="ps1", **answers):
    """Write answers into the released notebook, as a learner's copy."""
    released = json.loads((course.release / ps / f"{ps}.ipynb").read_text(encoding="utf-8"))["cells"]
    for cell in released:
        cell["source"] = answers.get(cell["metadata"].get("nbgrader", {}).get("grade_id"), cell["source"])
    path_of(course, ps, file).write_text(notebook(*edit(released)), encoding="utf-8")


def look(course, **options):
    return asyncio.run(looking.look(course, tell=lambda words: None, **options))


def states(course, name="ps1"):
    [one] = [one for one in progress.standings(course, progress.read_record(course.work)) if one.of.name == name]
    return {question: state.value for question, state in one.states.items()}


def says(course, now=None):
    return start_page.text(course, now)


# What counts as passed


def test_a_fresh_copy_is_untouched_and_needs_no_kernel(course, kernels):
    assert states(course) == {"double": "untouched", "root": "untouched"}
    assert look(course) == [] and kernels == []
    assert not (course.work / progress.FILE).exists()


def test_a_question_passes_when_its_answer_was_touched_and_its_visible_checks_run(course, kernels):
    answer(course, double=DOUBLE, root="def root(x):\n    return x")
    assert states(course) == {"double": "not looked at", "root": "not looked at"}
    assert look(course) == ["ps1"]
    assert states(course) == {"double": "passed", "root": "not yet"}
    assert states(course, "ps2") == {"cube": "untouched"}


def test_an_edited_deleted_or_moved_check_does_not_count(course, kernels):
    def tamper(cells):
        checks = {cell["id"]: cell for cell in cells}
        checks["double-check"]["source"] = "pass"
        return [cell for cell in cells if cell["id"] not in ("root-check", "imports")] + [checks["imports"]]

    answer(course, double="double = abs", root=ROOT, edit=tamper)
    look(course)
    assert states(course) == {"double": "not yet", "root": "passed"}
    assert "assert double(2) == 4" in kernels[0] and "assert root(9) == 3" in kernels[0]


def test_own_cells_run_where_they_stand(course, kernels):
    def with_helper(cells):
        place = [cell["id"] for cell in cells].index("root")
        return [*cells[:place], text("My own."), code("half = 0.5"), *cells[place:], code("half = None")]

    answer(course, root="def root(x, half=half):\n    return x ** half", edit=with_helper)
    look(course)
    assert states(course)["root"] == "passed"


def test_a_second_copy_of_an_answer_is_a_cell_of_ones_own(course, kernels):
    def twice(cells):
        [cell] = [cell for cell in cells if cell["id"] == "double"]
        return [*cells, cell | {"id": "copied", "source": "def double(x):\n    return 0"}]

    answer(course, double=DOUBLE, edit=twice)
    look(course)
    assert states(course)["double"] == "passed"


def test_a_question_without_a_visible_check_is_not_counted():
    cells = [progress.Cell.of(cell) for cell in question(1, "proof", "# At grading: read by a person.")]
    assert progress.questions_of(tuple(cells)) == ()


# What is run, and when


def test_only_what_changed_is_looked_at_again(course, kernels):
    answer(course, double=DOUBLE)
    answer(course, ps="ps2", cube="cube = abs")
    assert look(course) == ["ps1", "ps2"]
    assert look(course) == []
    answer(course, ps="ps2", cube="def cube(x):\n    return x**3")
    assert look(course) == ["ps2"]
    assert look(course, everything=True) == ["ps1", "ps2"]


def test_outputs_and_text_are_no_change_and_a_new_release_is(course, kernels):
    def run(cells):
        cells[2]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "hello"}]
        return [*cells, text("A note to myself.")]

    answer(course, double=DOUBLE)
    look(course)
    answer(course, double=DOUBLE, edit=run)
    assert look(course) == []
    stricter = [cell | {"source": cell["source"].replace("== 4", "== 5")} for cell in PS1]
    time.sleep(0.01)  # the new file must be newer
    (course.release / "ps1" / "ps1.ipynb").write_text(notebook(*stricter), encoding="utf-8")
    assert look(course) == ["ps1"] and states(course)["double"] == "not yet"


def test_notebooks_stay_as_they_are(course, kernels):
    answer(course, double=DOUBLE)
    before = {path: path.read_bytes() for path in course.work.rglob("*.ipynb")}
    look(course)
    assert {path: path.read_bytes() for path in course.work.rglob("*.ipynb")} == before


def test_a_cell_that_does_not_end_costs_its_own_question_only_and_is_tried_again(course, kernels):
    answer(course, double="forever = True", root=ROOT)
    look(course)
    assert states(course) == {"double": "not yet", "root": "passed"} and len(kernels) == 1
    assert "At the last look question 1 did not come to an end within 30 s." in says(course)
    assert look(course) == ["ps1"], "trouble may come from a busy machine"


def test_a_cell_that_takes_the_kernel_along_is_left_out(course, kernels):
    answer(course, double="crash = True", root=ROOT)
    look(course)
    assert states(course) == {"double": "not yet", "root": "passed"} and len(kernels) == 2
    assert "question 1 ended the kernel" in says(course)


def test_a_notebook_of_many_crashes_comes_to_an_end(course, kernels):
    answer(course, root=ROOT, edit=lambda cells: [code(f"crash = {k}") for k in range(9)] + cells)
    look(course)
    assert len(kernels) == 1 + looking.RESTARTS and states(course)["root"] == "not yet"


# Copies, and what is no notebook


def test_the_copy_counts_that_was_worked_in_last_and_the_page_says_which(course, kernels):
    answer(course, double=DOUBLE)
    answer(course, file="ps1 (new release).ipynb")
    look(course)
    assert states(course)["double"] == "passed" and "Of your copies" not in says(course)
    answer(course, file="ps1 (new release).ipynb", root=ROOT)
    os.utime(path_of(course, file="ps1 (new release).ipynb"), (time.time() + 9, time.time() + 9))
    look(course)
    assert states(course) == {"double": "untouched", "root": "passed"}
    assert "ps1 (new release).ipynb was saved last" in says(course)
    assert "01_unit1/ps1%20%28new%20release%29.ipynb" in start_page.page(course)


def test_ps10_is_no_copy_of_ps1(course):
    answer(course, file="ps10.ipynb", double=DOUBLE)
    answer(course, file="ps1-Copy1.ipynb")
    [ps1, _] = progress.problem_sets(course)
    assert [path.name for path in ps1.paths()] == ["ps1-Copy1.ipynb", "ps1.ipynb"]


@pytest.mark.parametrize("content", [b"", b"<html>", b"[]", b"{}", b'{"cells": 1}', b'{"cells": [1]}', b"\xff\xfe\x00",
                                     b'{"cells": [{"cell_type": "code", "source": 3}]}'])
def test_what_is_no_notebook_is_said_and_stops_nothing(course, kernels, content):
    answer(course, double=DOUBLE)
    look(course)
    path_of(course).write_bytes(content)
    answer(course, ps="ps2", cube="def cube(x):\n    return x**3")
    assert look(course) == ["ps2"]
    assert "ps1.ipynb cannot be read as a notebook" in says(course)
    assert states(course)["double"] == "passed", "what was seen is kept"


def test_a_missing_notebook_is_said(course, kernels):
    path_of(course).unlink()
    assert look(course) == [] and "`make lab` brings a fresh one" in says(course)
    assert "Next: Question 1. The cube, in ps2" in says(course)


# The file


def test_history_grows_only_where_a_number_changed(course, kernels):
    answer(course, double=DOUBLE)
    look(course)
    look(course, everything=True)
    answer(course, double=DOUBLE + "  # better")
    look(course)
    assert [moment.total for moment in progress.read_record(course.work).history] == [1]
    answer(course, double=DOUBLE, root=ROOT)
    look(course)
    answer(course, double=STUB, root=STUB)
    look(course)
    assert [moment.total for moment in progress.read_record(course.work).history] == [1, 2, 0]


def test_the_file_is_read_back_as_it_was_written(course, kernels):
    answer(course, double="forever = 1", root=ROOT)
    look(course)
    record = progress.read_record(course.work)
    assert record.sets["ps1"].questions == {"double": State.OPEN, "root": State.PASSED}
    assert record.sets["ps1"].troubles and record.sets["ps1"].at.tzinfo
    assert json.loads((course.work / progress.FILE).read_text(encoding="utf-8"))["version"] == progress.VERSION
    assert sorted(path.name for path in course.work.glob("*.part")) == []


@pytest.mark.parametrize("content", ["", "not json", "[]", "{}", '{"version": 1}', '{"version": 2, "trees": []}',
                                     '{"version": 1, "sets": {"ps1": 3}, "history": []}',
                                     '{"version": 1, "sets": {}, "history": [{"at": "noon", "passed": {}}]}'])
def test_a_file_of_another_kind_is_put_aside_and_never_lost(course, kernels, content):
    file = course.work / progress.FILE
    file.write_text(content, encoding="utf-8")
    assert "0 of 2 passed" in says(course) and file.read_text(encoding="utf-8") == content, "reading changes nothing"
    answer(course, double=DOUBLE)
    look(course)
    assert states(course)["double"] == "passed"
    assert (course.work / ".progress (kept).json").read_text(encoding="utf-8") == content
    file.write_text("garbage again", encoding="utf-8")
    look(course)
    assert (course.work / ".progress (kept 2).json").read_text(encoding="utf-8") == "garbage again"
    assert (course.work / ".progress (kept).json").read_text(encoding="utf-8") == content


# What the learner reads


def test_the_page_says_when_it_looked_and_what_it_cannot_know(course, kernels):
    assert "Never looked at so far. Answer a question" in says(course)
    answer(course, double=DOUBLE)
    assert "Never looked at so far; there are answers in ps1." in says(course)
    look(course)
    at = progress.read_record(course.work).last_look
    assert f"Looked at {at:%H:%M} today. Nothing has changed since." in says(course, at)
    answer(course, double=DOUBLE, root=ROOT)
    assert f"Looked at {at:%H:%M} today; ps1 has changed since." in says(course, at)
    answer(course, ps="ps2", cube="cube = abs")
    assert "ps1 and ps2 have changed since." in says(course, at)
    assert states(course) == {"double": "passed", "root": "not looked at"}


def test_the_command_looks_says_where_it_is_and_then_how_things_stand(course, kernels, monkeypatch, capsys):
    (course.root / "nbgrader_config.py").write_text("", encoding="utf-8")
    monkeypatch.chdir(course.work)
    answer(course, double=DOUBLE)
    assert cli.main(["progress"]) == 0
    out, err = capsys.readouterr()
    assert "[x] Question 1. The double: passed" in out and "[ ] Question 2. The root: untouched" in out
    assert "ps2  Problem set 2: <small> sums: 0 of 1 passed, about 5 minutes" in out
    assert err.splitlines()[1:] == ["Looking at ps1: Question 1 ...", "Looking at ps1: Question 2 ..."]
    cli.main(["progress"])
    assert len(kernels) == 1
    cli.main(["progress", "--all"])
    assert len(kernels) == 2


@pytest.mark.parametrize(("ago", "words"), [
    (timedelta(minutes=28), "14:02 today"),
    (timedelta(days=1), "14:30 yesterday"),
    (timedelta(days=49), "14:30 on 3 October"),
    (timedelta(days=365), "14:30 on 21 November 2025"),
])
def test_times_are_said_as_people_say_them(ago, words):
    then = (NOW.replace(tzinfo=None) - ago).astimezone()  # the clock on the wall, whatever summer time does
    assert start_page.day_and_time(then, NOW) == words


def test_the_next_question_is_where_the_learner_works(course, kernels):
    assert "Next: Question 1. The double, in ps1. About 5 minutes" in says(course)
    page = start_page.page(course)
    assert "<strong>Begin</strong>" in page and "<strong>Next:</strong>" not in page
    answer(course, double=DOUBLE)
    look(course)
    assert "Next: Question 2. The root, in ps1. About 10 minutes" in says(course)
    answer(course, ps="ps2", cube="cube = abs")
    os.utime(path_of(course, "ps2"), (time.time() + 9, time.time() + 9))
    look(course)
    assert "Next: Question 1. The cube, in ps2" in says(course)
    answer(course, double=DOUBLE, root=ROOT)
    answer(course, ps="ps2", cube="def cube(x):\n    return x**3")
    look(course)
    assert "Next:" not in says(course)
    assert "Every question passes its visible checks" in start_page.page(course)


def test_the_page_is_well_formed_and_names_every_question_by_word_and_mark(course, kernels):
    answer(course, double=DOUBLE, root="root = abs")
    look(course)
    page = page_of(course)
    rows = {row.get("data-question"): " ".join("".join(row.itertext()).split()) for row in page.iter("tr")}
    assert rows["double"] == "Question 1. The double ● passed 5 min"
    assert rows["root"] == "Question 2. The root ◐ not yet 10 min"
    assert rows["cube"] == "Question 1. The cube ○ untouched 5 min"
    links = [link.get("data-path") for link in page.iter("a")]
    assert {"01_unit1/unit1.ipynb", "01_unit1/ps1.ipynb", "02_unit2/ps2.ipynb"} <= set(links)
    assert "Problem set 1: <small> sums" in {link.text for link in page.iter("a")}, "titles are escaped"
    assert [fold.get("data-set") for fold in page.iter("details") if fold.get("open") is not None] == ["ps1"]
    [heading] = {link.get("data-cell") for link in page.iter("a") if (link.text or "").endswith("The root")}
    assert heading == next(cell["id"] for cell in PS1 if cell["source"].startswith("## Question 2"))


def test_the_plot_steps_up_over_time_and_is_told_in_words(course, kernels):
    assert page_of(course).find(".//svg") is None
    history = [progress.Moment(NOW - timedelta(days=3), {"ps1": 1}), progress.Moment(NOW, {"ps1": 2, "ps2": 1})]
    plot = start_page.plot(history, 3, NOW)
    assert plot.path == "M46 196.0H46.0V136.7H600.0V18.0H600"
    assert plot.levels == [(196.0, 0), (136.7, 1), (77.3, 2), (18.0, 3)]
    assert [label for _, label in plot.ticks] == ["18 Nov", "19 Nov", "20 Nov", "21 Nov"]
    assert plot.words.endswith("1 at 14:30 on 18 November, 3 at 14:30 today; of 3 in all.")
    answer(course, double=DOUBLE)
    look(course)
    assert "1 at" in page_of(course).find(".//svg").get("aria-label")


def test_the_plot_stands_a_first_minute_a_lost_question_and_a_clock_put_back():
    first = progress.Moment(NOW, {"ps1": 2})
    for history, now in [([first], NOW), ([first, progress.Moment(NOW, {})], NOW), ([first], NOW - timedelta(hours=2))]:
        plot = start_page.plot(history, 2, now)
        assert all(46 <= x <= 600 and 18 <= y <= 196 for x, y in plot.dots)


def page_of(course):
    """The page, parsed: strictly, so that no tag is left open."""
    html = start_page.page(course).replace("<br>", "<br/>").replace(" open>", ' open="">')
    return ElementTree.fromstring(f"<div>{html}</div>")


# The real thing


@pytest.mark.slow
def test_real_kernels_stop_what_does_not_stop_and_outlive_what_dies(course, capfd, monkeypatch):
    stubborn = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
    own = [code("import time\nwhile True: time.sleep(0.1)"), code("import os\nos._exit(1)"), code(stubborn),
           code("name = input()"), code("%pwd"), code("1 / 0")]
    answer(course, double=DOUBLE, root="def root(x):\n    return x", edit=lambda cells: [*own, *cells])
    monkeypatch.setattr(looking, "SECONDS_TO_STOP", 2)
    look(course, seconds=4)
    assert states(course) == {"double": "passed", "root": "not yet"}
    troubles = progress.read_record(course.work).sets["ps1"].troubles
    assert [trouble.removeprefix("the first cells ") for trouble in troubles] == [
        "did not come to an end within 4 s", "ended the kernel", "could not be stopped"]
    assert capfd.readouterr().err == ""


@pytest.mark.slow
def test_half_of_the_first_problem_set_answered_by_the_reference(tmp_path):
    """The released problem set as it is; reference answers in half of its questions, a mistake in one."""
    unit = sample_class.COURSE.problem_set("ps1").parent
    for source, target in ((unit, tmp_path / "course" / unit.name),
                           (sample_class.COURSE.release / "ps1", tmp_path / "release" / "ps1")):
        target.mkdir(parents=True)
        for path in source.iterdir():
            if path.is_file():
                (target / path.name).write_bytes(path.read_bytes())
    course = Course(tmp_path)
    workspace.update(course)
    plan = sample_class.Plan("", {"central": "wrong_brackets"}, untouched=sample_class.QUESTIONS[5:])
    copy = course.work / unit.name / "ps1.ipynb"
    copy.write_text(sample_class.notebook_of(plan), encoding="utf-8")
    assert look(course) == ["ps1"]
    assert states(course) == {
        "forward": "passed", "central": "not yet", "best-step": "passed", "complex-step": "passed",
        "gradient": "passed", "relative-error": "untouched", "gradient-checker": "untouched", "taylor": "untouched",
    }
    assert "4 of 8 passed, 1 not yet, about 50 minutes left" in says(course)
    assert progress.read_record(course.work).sets["ps1"].troubles == ()
