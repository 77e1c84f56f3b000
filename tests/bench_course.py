"""Figures of the course: what each notebook costs to run, and what the answer bank holds and catches.

    python tests/bench_course.py [--seeds 1] [unit ...]
"""

import argparse
import os
import re
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bank.machinery import answers, questions
from lectures import COURSE, run
from tqdm import tqdm

from gradschool.course import notebooks

NOTEBOOK = "{:40} {:>12} {:>8}"
BANK = "{:6} {:>9} {:>7} {:>8} {:>6} {:>7} {:>6} {:>6} {:>15} {:>14} {:>8}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("units", nargs="*", help="numbers of units (default: all)")
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds the bank is marked under")
    options = parser.parse_args()
    units = [COURSE.unit(name) for name in options.units] or COURSE.units()
    print(NOTEBOOK.format("notebook", "CPU seconds", "seconds"))
    for unit in units:
        for text in unit.readings:
            start = time.perf_counter()
            with tempfile.TemporaryDirectory() as folder:
                lecture = run(unit.number, [], folder, text=text.name)
            print(NOTEBOOK.format(text.stem, f"{lecture.seconds:.1f}", f"{time.perf_counter() - start:.1f}"))
    print()
    print(BANK.format("set", "questions", "points", "minutes", "right", "passed", "wrong", "caught",
                      "by the visible", "cause named", "seconds"))  # fmt: skip
    for unit in units:
        for text in unit.problem_sets:
            print(BANK.format(text.stem, *bank_row(text, options.seeds)))


def bank_row(text, seeds):
    """Questions, points, minutes; right answers and those that passed; wrong ones, how many were caught, by the
    visible check, with a cause by name; seconds of one run of the reference's checks. Over all seeds."""
    found = questions(notebooks.build(text))
    start = time.perf_counter()
    for question in found.values():
        question.mark(question.solution)
    seconds = time.perf_counter() - start
    right, wrong = [], []
    given = [(found[name], answer) for name, several in answers(text.stem).items() for answer in several]
    for seed in range(seeds):
        os.environ["GRADSCHOOL_SEED"] = f"bench {seed}"
        for question, answer in tqdm(given, desc=text.stem, leave=False):
            marks = question.mark(answer.code)
            lost = {check: mark for check, mark in marks.items() if not mark.points}
            named = any(mark.says not in (mark.kind, "right") for mark in lost.values())
            (right if answer.right else wrong).append((bool(lost), "visible" in lost, named))
    points = sum(question.points for question in found.values())
    minutes = sum(map(int, re.findall(r"^\*About (\d+) minutes\.", text.read_text(encoding="utf-8"), re.MULTILINE)))
    return (
        len(found), points, minutes, len(right), sum(not lost for lost, _, _ in right), len(wrong),
        sum(lost for lost, _, _ in wrong), sum(seen for _, seen, _ in wrong), sum(named for _, _, named in wrong),
        f"{seconds:.1f}",
    )  # fmt: skip


if __name__ == "__main__":
    main()
