"""`gradschool grade --verify`: derive marks again, and compare. Nothing is written.

A sample of the graded submissions is examined anew: the same notebook, the same checks, the same random points, as the
receipts' hashes say. Marks that a machine gave must come out the same; those that a person gave are left aside.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from nbgrader.utils import determine_grade
from tqdm import tqdm

from gradschool.course.layout import Course, CourseError
from gradschool.grade import compact, receipts, submissions, tables, verdicts
from gradschool.grade.classroom import Given, in_a_line, paper_for, take_in
from gradschool.grade.crew import Crew
from gradschool.grade.examine import examine
from gradschool.grade.gradebook import Gradebook
from gradschool.grade.rooms import sandbox
from gradschool.grade.rooms.questions import SECRET, seed_for
from gradschool.grade.submissions import Submission

SHOWN = 20  # names of students in a line
# What marks are made from. Where it has changed, other marks are no contradiction.
MADE_FROM = {"submission": "the submission", "checks": "the checks", "seed": f"the course's secret ({SECRET})"}


@dataclass(frozen=True)
class Finding:
    """One submission, derived again.

    changed : what is another than at grading, so that nothing could be compared. differs : (question, points in the
    gradebook, points now). under : conditions that are others than at grading. failed : why there are no marks now.
    """

    student: str
    changed: tuple[str, ...] = ()
    differs: tuple[tuple[str, float, float], ...] = ()
    under: tuple[str, ...] = ()
    failed: str | None = None

    @property
    def compared(self) -> bool:
        return not self.changed and self.failed is None

    def __str__(self) -> str:
        told = [f"{name} has {old:g} points in the gradebook and {new:g} now" for name, old, new in self.differs]
        if self.changed:
            told.append(f"since it was graded {' and '.join(self.changed)} changed: grade it again")
        if self.failed:
            told.append(f"the grader failed: {self.failed}")
        return f"{self.student}: {'; '.join([*told, *self.under])}"


@dataclass(frozen=True)
class Verification:
    """What deriving a sample of marks again has shown."""

    ps: str
    graded: int  # how many there were to choose from
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether no mark contradicts the gradebook."""
        return not any(finding.differs or finding.failed for finding in self.findings)

    def __str__(self) -> str:
        names = [finding.student for finding in self.findings]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        chosen = "all" if len(names) == self.graded else "chosen at random"
        lines = [f"{self.ps}: {len(names)} of {self.graded} graded submissions, {chosen}: "
                 f"{', '.join(names[:SHOWN])}{more}"]  # fmt: skip
        lines += [str(each) for each in self.findings if each.differs or each.under or not each.compared]
        compared = [finding for finding in self.findings if finding.compared]
        same = sum(not finding.differs for finding in compared)
        told = "identical" if same == len(compared) else f"{same} identical, {len(compared) - same} not"
        told = f"{len(compared)} of {len(names)} derived again: {told}" if compared else "Nothing was derived again."
        return "\n".join([*lines, told])


def verify_class(
    course: Course,
    ps: str,
    most: int = 10,
    *,
    trust: bool = False,
    progress: bool = True,
    jobs: int = 1,
    scheduler: str | None = None,
) -> Verification:
    """Examine a random sample of at most so many graded submissions again. See `grade_class` for the rest.

    Raises:
        CourseError: if nothing is graded, or it cannot be examined here.
    """
    course.problem_set(ps)
    if not trust and scheduler is None:
        sandbox.insist_on_walls()
    handed_in = [each for each in submissions.find(course, ps) if each.folder is not None]
    graded = [each for each in handed_in if receipts.read(course.root / "autograded" / each.student.id / ps)]
    if not graded:
        raise CourseError(f"Nothing of {ps} is graded. `make grade PS={ps}` does that.")
    chosen = random.SystemRandom().sample(graded, min(most, len(graded)))
    with (
        Gradebook(course, ps, trust) as gradebook,
        Crew(min(jobs, len(chosen)), scheduler, not trust) as crew,
        tqdm(total=len(chosen), desc=f"{ps} again", unit="submission", disable=not progress) as bar,
    ):
        given = Given.of(gradebook, paper_for(gradebook, crew), str(submissions.due(course, ps)), regrade=False)
        findings = []
        for finding in crew.run(derive_or_say_why(gradebook, submission, given) for submission in chosen):
            findings.append(finding)
            bar.update()
    return Verification(ps, len(graded), tuple(sorted(findings, key=lambda finding: finding.student)))


def derive_or_say_why(gradebook: Gradebook, submission: Submission, given: Given):
    """A task for a crew, as `grade_or_say_why` is."""
    try:
        return (yield from derive(gradebook, submission, given))
    except Exception as error:
        return Finding(submission.student.id, failed=in_a_line(error))


def derive(gradebook: Gradebook, submission: Submission, given: Given):
    student = submission.student.id
    receipt = receipts.read(gradebook.autograded(submission.student))
    rebuilt = take_in(submission.folder, gradebook.ps, given).text
    # `seed_for` would make a secret where there is none, and here nothing is written.
    there = (gradebook.course.root / SECRET).is_file()
    seed = seed_for(gradebook.course.root, student, gradebook.ps) if there else ""
    now = receipts.made_from(rebuilt, given.paper.source, seed)
    changed = tuple(words for name, words in MADE_FROM.items() if receipt.get(name, now[name]) != now[name])
    if changed:
        return Finding(student, changed)
    text = yield examine, given.paper, student, seed, rebuilt
    notebook = compact.loads(text)
    marks = gradebook.transact(lambda opened: tables.automatic(opened.db.connection(), gradebook.ps, student))
    differs = []
    for question, cells in verdicts.questions(notebook).items():
        new = {cell.metadata.nbgrader["grade_id"]: determine_grade(cell)[0] for cell in cells}
        if any(marks[name] != new[name] for name in new):
            differs.append((question, *(sum(each[name] or 0 for name in new) for each in (marks, new))))
    return Finding(student, differs=tuple(differs), under=tuple(others(receipt, notebook.metadata["gradschool"])))


def others(receipt: dict, now: dict):
    """Under which other conditions marks were derived again."""
    known = {"isolation": "isolation", "walls": "walls", "python": "Python"}
    before, after = (
        {words: each.get(name) for name, words in known.items()} | each.get("versions", {}) for each in (receipt, now)
    )
    for name, value in after.items():
        if before.get(name) != value:
            yield f"{name} was {before.get(name)} and is {value}"
