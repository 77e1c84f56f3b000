"""A class of any size, made from the answer bank: the same for the same seed, all honest, some of them wrong."""

import json
import random
import re
import shutil
from pathlib import Path

import nbformat
from bank.machinery import BANK
from nbgrader.utils import is_solution

from gradschool.course.layout import Course

REPOSITORY = Path(__file__).parents[1]
SHARE_OF_WRONG = 0.12  # of the answers
# Their checks end with a time limit, which is no measure of a grader.
SLOW = re.compile(r"endless|for ever|never ends|too slow|takes minutes", re.IGNORECASE)


def course_of(ps, root):
    """What grading one problem set needs of the course, copied to a folder."""
    ours = Course(REPOSITORY)
    [unit] = [unit for unit in ours.units() if ps in [text.stem for text in unit.problem_sets]]
    for path in (*unit.folder.glob("*.md"), ours.source / ps / f"{ps}.ipynb", ours.release / ps / f"{ps}.ipynb"):
        copied = root / path.relative_to(REPOSITORY)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copied)
    shutil.copy(REPOSITORY / "nbgrader_config.py", root)
    (root / "submitted").mkdir(exist_ok=True)
    return Course(root)


def texts(ps):
    """For each question, the texts of right answers and of wrong ones; the first right one is the reference's."""
    source = nbformat.read(REPOSITORY / "source" / ps / f"{ps}.ipynb", as_version=4)
    found = {}
    for cell in filter(is_solution, source.cells):
        name = cell.metadata.nbgrader["grade_id"]
        reference = [line for line in cell.source.splitlines() if not re.match(r"\s*### (BEGIN|END) SOLUTION", line)]
        right, wrong = ["\n".join(reference)], []
        for path in sorted((BANK / ps / name).glob("*.py")):
            code = path.read_text(encoding="utf-8")
            if not SLOW.search(code):
                body = re.sub(r"\A(?:#.*\n)+", "", code).strip("\n")
                (right if path.name.startswith("right_") else wrong).append(body)
        found[name] = right, wrong
    return found


def submissions(ps, count, seed=0):
    """(student id, text of the notebook), one after the other: a class of thousands takes no memory."""
    draw = random.Random(f"{ps} {seed}")
    answers = texts(ps)
    text = (REPOSITORY / "release" / ps / f"{ps}.ipynb").read_text(encoding="utf-8")
    notebook = json.loads(text)
    cells = {cell["metadata"].get("nbgrader", {}).get("grade_id"): cell for cell in notebook["cells"]}
    for number in range(count):
        for name, (right, wrong) in answers.items():
            pool = wrong if wrong and draw.random() < SHARE_OF_WRONG else right
            cells[name]["source"] = draw.choice(pool).splitlines(keepends=True)
        yield f"student-{number:05}", json.dumps(notebook)


def hand_in(ps, count, *roots, seed=0):
    """Such a class in the `submitted/` of each course."""
    for student, text in submissions(ps, count, seed):
        for root in roots:
            folder = root / "submitted" / student / ps
            folder.mkdir(parents=True)
            (folder / f"{ps}.ipynb").write_text(text, encoding="utf-8")
