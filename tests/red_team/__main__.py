"""What each isolation level stops. Prints two tables.

    python tests/red_team

The first is of small attacks on the walls (see `levels`), the second of the red team's submissions: how many get to the
point what they deserve at a level. Without walls only those are run that harm no machine.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from red_team import levels, machinery

from gradschool.cli import find_our_commands


def main():
    find_our_commands()
    row = "{:42}" + " {:>18}" * len(levels.LEVELS)
    print(row.format("gets through at level", *levels.LEVELS))
    with tempfile.TemporaryDirectory() as folder:
        found = {name: levels.measured(name, folder) for name in levels.LEVELS}
    for probe in levels.PROBES:
        print(row.format(probe, *("YES" if found[name][probe] else "no" for name in levels.LEVELS)))
    print()
    given = {}
    for name in levels.LEVELS:
        given[name] = graded(name)
    for words in ("hostile, run", "hostile, as deserved", "honest, run", "honest, as deserved"):
        print(row.format(words, *(given[name][0][words] for name in levels.LEVELS)))
    for name in levels.LEVELS:
        print(f"\nnot what they deserve, {name}: {'; '.join(given[name][1]) or 'nobody'}")


def graded(name):
    """Counts at a level, and who got something else than they deserve."""
    walls = name != levels.NO_WALLS
    files = [path for path in machinery.FILES if machinery.deserves(path, walls)]
    with tempfile.TemporaryDirectory() as folder, levels.level(name):
        course, solved = machinery.course_in(Path(folder))
        machinery.hand_in_all(course, solved, files, ())
        students = machinery.grade(course, trust=not walls)
    counts, others = {}, []
    for kind in ("hostile", "honest"):
        ours = [path for path in files if path.parent.name == kind]
        right = [path for path in ours if machinery.marks(students[path.stem]) == machinery.deserves(path, walls)]
        counts |= {f"{kind}, run": len(ours), f"{kind}, as deserved": len(right)}
        others += [f"{path.stem} {machinery.marks(students[path.stem])}" for path in ours if path not in right]
    return counts, others


if __name__ == "__main__":
    main()
