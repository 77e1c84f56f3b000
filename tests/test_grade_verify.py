"""`gradschool grade --verify`: marks are derived again, contradictions are found, and nothing is written."""

import hashlib
import json
import re
import shutil

import pytest
from grading import SECRET, class_of, gradebook_of, receipts
from mini_course import DOUBLE, PS, ROOT, answered, copy_of, hand_in, make

from gradschool import cli
from gradschool.grade.classroom import grade_class
from gradschool.grade.rooms import sandbox
from gradschool.grade.rooms.questions import seed_for
from gradschool.grade.verify import verify_class

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
    pytest.mark.skipif(sandbox.why_no_walls() is not None, reason=f"no sandbox: {sandbox.why_no_walls()}"),
]
ANSWERS = {f"s{k:02}": dict(double=DOUBLE if k % 2 else "def double(x):\n    return 4", root=ROOT) for k in range(11)}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return make(tmp_path_factory.mktemp("empty course"))


@pytest.fixture(scope="module")
def graded(empty, tmp_path_factory):
    """Eleven students' marks, a refused submission's and those of an answer that is not there."""
    course = class_of(empty, tmp_path_factory.mktemp("graded") / "course", ANSWERS | {"untouched": {}})
    hand_in(course, "refused", b"")
    grade_class(course, PS, progress=False)
    return course


@pytest.fixture
def course(graded, tmp_path):
    return copy_of(graded, tmp_path / "course")


@pytest.fixture
def grade(course, monkeypatch, capsys):
    """`gradschool grade ps1 ...` in the course: exit code and output, when nothing has been written."""
    monkeypatch.chdir(course.root)

    def run(*options):
        before = contents(course)
        code = cli.main(["grade", PS, "--jobs", "1", *options])
        assert contents(course) == before, "something was written"
        return code, capsys.readouterr().out.strip().splitlines()

    return run


def contents(course):
    """Every file's bytes and time."""
    paths = [path for path in course.root.rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def leave(course, *students):
    """Nobody but these has handed in."""
    for folder in course.submitted.iterdir():
        if folder.is_dir() and folder.name not in students:
            shutil.rmtree(folder)


def test_ten_marks_chosen_at_random_come_out_the_same(grade):
    samples = set()
    for _ in range(2):
        code, lines = grade("--verify")
        assert code == 0 and len(lines) == 2
        assert lines[1] == "10 of 10 derived again: identical"
        chosen = re.fullmatch(r"ps1: 10 of 13 graded submissions, chosen at random: (.*)", lines[0])[1].split(", ")
        assert len(set(chosen)) == 10
        samples.add(frozenset(chosen))
    # Two samples of ten out of thirteen are the same once in 286 times: that they differ is not asked.
    assert all(sample <= {*ANSWERS, "untouched", "refused"} for sample in samples)


def test_all_marks_come_out_the_same_on_several_processes(course):
    found = verify_class(course, PS, 99, progress=False, jobs=2)
    assert found.holds and len(found.findings) == 13
    assert str(found).splitlines()[-1] == "13 of 13 derived again: identical"
    assert "13 of 13 graded submissions, all: refused, s00, s01" in str(found)


def test_a_mark_that_was_changed_in_the_gradebook_is_found(course, grade):
    leave(course, "s00", "s01", "s02")
    with gradebook_of(course) as gradebook:
        gradebook.find_grade("double-hidden", PS, PS, "s00").auto_score = 2  # it was 0
        grade_by_hand = gradebook.find_grade("root-check", PS, PS, "s01")
        grade_by_hand.manual_score, grade_by_hand.extra_credit = 0, 1  # a person may
        gradebook.db.commit()
    code, lines = grade("--verify", "all")
    assert code == 1
    assert lines[1:] == [
        "s00: double has 3 points in the gradebook and 1 now",
        "3 of 3 derived again: 2 identical, 1 not",
    ]


def test_what_has_changed_since_is_named_and_not_compared(course, grade):
    leave(course, "s00", "s01")
    hand_in(course, "s00", answered(course, double=DOUBLE, root=ROOT))
    code, lines = grade("--verify", "all")
    assert code == 0
    assert lines[1:] == [
        "s00: since it was graded the submission changed: grade it again",
        "1 of 2 derived again: identical",
    ]
    path = course.source / PS / f"{PS}.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("== 1.5", "== 1.25"), encoding="utf-8")
    (course.root / ".gradschool-secret").unlink()
    code, lines = grade("--verify", "all")
    changed = "the checks and the course's secret (.gradschool-secret) changed: grade it again"
    assert lines[1:] == [
        f"s00: since it was graded the submission and {changed}",
        f"s01: since it was graded {changed}",
        "Nothing was derived again.",
    ]
    assert code == 0


def test_other_versions_and_walls_are_named(course, grade):
    leave(course, "s00")
    path = course.root / "autograded" / "s00" / PS / "receipt.json"
    receipt = json.loads(path.read_text(encoding="utf-8"))
    was = receipt["versions"]["scipy"], receipt["walls"]
    receipt["versions"]["scipy"], receipt["walls"] = "1.0", "paper"
    path.write_text(json.dumps(receipt), encoding="utf-8")
    code, lines = grade("--verify")
    assert code == 0 and lines[-1] == "1 of 1 derived again: identical"
    assert lines[1] == f"s00: walls was paper and is {was[1]}; scipy was 1.0 and is {was[0]}"


def test_a_failure_of_the_grader_is_no_confirmation(course, grade, monkeypatch):
    leave(course, "s00")

    def break_down(*_):
        raise OSError("no space left")

    monkeypatch.setattr("gradschool.grade.verify.examine", break_down)
    code, lines = grade("--verify")
    assert code == 1 and lines[1] == "s00: the grader failed: OSError: no space left"


def test_where_nothing_is_graded_that_is_said(empty, tmp_path, monkeypatch, capsys):
    course = class_of(empty, tmp_path / "course", {"ada": {}})
    monkeypatch.chdir(course.root)
    assert cli.main(["grade", PS, "--verify"]) == 1
    assert f"Nothing of {PS} is graded" in capsys.readouterr().err


def test_a_receipt_has_all_that_marks_were_made_from_and_nothing_that_gives_it_away(graded):
    receipt = receipts(graded)["s00"]
    assert set(receipt) == {"fingerprint", "submission", "checks", "seed", "isolation", "walls", "versions", "python"}
    seed = seed_for(graded.root, "s00", PS)
    assert receipt["seed"] == hashlib.sha256(seed.encode()).hexdigest()
    for path in [*graded.root.glob("autograded/**/*.*"), *graded.root.glob("feedback/**/*.*")]:
        text = path.read_text(encoding="utf-8")
        assert SECRET not in text and seed not in text
    assert len({receipt["seed"] for receipt in receipts(graded).values()}) == 13
