"""Why checks failed: the reasons that they name, with equal reasons counted as one.

A failed check of gradschool.check says in its text `Why: ...`. Numbers and entries in a reason differ from student
to student, so they are left out where reasons are compared, and shown only where all have the same ones.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from nbconvert.filters import strip_ansi
from nbformat import NotebookNode

from gradschool.check.causes import CAUSES
from gradschool.grade import verdicts
from gradschool.grade.verdicts import Cause, Verdict

LONGEST = 240  # characters of a reason: an exception's words are the student's
MISFIT = re.compile(r"(?:At \S+ it|It) returned .*? is wanted\.?", re.DOTALL)
NUMBER = re.compile(r"(?<![A-Za-z_])[-+]?\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?")
RAN = (Cause.WRONG, Cause.NOT_JUDGED, Cause.NOTHING_TESTED)
NAMED = (*RAN, Cause.COULD_NOT_RUN)


@dataclass(frozen=True)
class Failure:
    """One failed check of one student: the reason in a short title, "" if the check could name none."""

    question: str
    cell: str
    kind: Cause
    title: str = ""
    more: str = ""

    @property
    def key(self) -> str:
        """The same for reasons that differ in numbers and entries only. (Factor 2 is a reason of its own.)"""
        if known(self.title):
            return self.title.casefold()
        return NUMBER.sub("…", re.sub(r"\[[^\]]*\]", "[…]", self.title)).casefold()

    @property
    def rank(self) -> int:
        """How much it tells: 0 for a misconception that the question knows, then what any check can name, then a
        value of another shape, or an exception; 3 for nothing."""
        if not self.title:
            return 3
        if self.kind is Cause.COULD_NOT_RUN or MISFIT.match(self.title):
            return 2
        return int(general(self.title))


@dataclass
class Group:
    """One reason: who failed for it, by question. `more` is what one of the checks said besides."""

    kind: Cause
    titles: set[str] = field(default_factory=set)
    more: str = ""
    students: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # questions by student

    @property
    def title(self) -> str:
        if len(self.titles) == 1:
            return next(iter(self.titles))
        return NUMBER.sub("…", re.sub(r"\[[^\]]*\]", "[…]", min(self.titles)))

    @property
    def questions(self) -> dict[str, int]:
        """How many students by question, the most first."""
        counts: dict[str, int] = defaultdict(int)
        for questions in self.students.values():
            for question in questions:
                counts[question] += 1
        return dict(sorted(counts.items(), key=lambda item: -item[1]))


def failure(question: str, cell: NotebookNode, verdict: Verdict) -> Failure | None:
    """What a graded cell without points has to say; None where its verdict says it all (a time-out, a death)."""
    if verdict.cause not in NAMED:
        return None
    name = cell.metadata.nbgrader["grade_id"]
    errors = verdicts.errors(cell)
    message = strip_ansi(errors[-1].evalue) if errors else ""
    if errors and errors[-1].ename == "CheckFailed":
        why = re.search(r"^\s*Why:\s*(.*)$", message, re.MULTILINE)
        reason = why[1].strip() if why else ""
    elif verdict.cause is Cause.WRONG:
        reason = verdicts.first_line(message)  # what an `assert` says
    else:
        reason = verdict.detail
    return Failure(question, name, verdict.cause, *split(reason, verdict.cause))


def split(reason: str, kind: Cause) -> tuple[str, str]:
    """A reason's title, and what comes after it.

    Of an exception only the type is the title: its words differ, and hidden checks leave them out. Where a value has
    the wrong shape and the question knows why, what it knows is the title.
    """
    reason = reason[:LONGEST]
    misfit = MISFIT.match(reason)
    if misfit:
        rest = reason[misfit.end() :].strip()
        return (rest.removesuffix("."), misfit[0]) if rest else (misfit[0].removesuffix("."), "")
    if kind is Cause.COULD_NOT_RUN:
        title, _, more = reason.partition(":")
        return (title, more.strip()) if re.fullmatch(r"[\w.]+", title) else (reason, "")
    title, stop, more = re.match(r"(.*?)(\.\s+(?=[A-Z])|\.?$)(.*)", reason, re.DOTALL).groups()
    return title, more if stop else ""


def known(title: str) -> bool:
    """Whether it is, word for word, a cause that gradschool.check knows for every question."""
    return title[:1].lower() + title[1:] in CAUSES


def general(title: str) -> bool:
    """The same, with any number in it."""
    return known(title) or title.startswith("Factor ")


def telling(failures: Iterable[Failure]) -> list[Failure]:
    """Of the failures of one student in one question, those that tell the most: the visible check and the hidden one
    often fail for one reason, which one of them names more exactly."""
    failures = sorted(failures, key=lambda one: bool(one.more))  # of equal reasons the last one stays
    best = min((one.rank for one in failures), default=3)
    return list({one.key: one for one in failures if one.rank == best}.values())


def groups(failures: dict[str, list[Failure]]) -> list[Group]:
    """Every reason with its students, the most frequent first; those without a named reason are left out."""
    found: dict[tuple[Cause, str], Group] = {}
    for student, theirs in failures.items():
        by_question = defaultdict(list)
        for one in theirs:
            by_question[one.question].append(one)
        for question, ones in by_question.items():
            for one in telling(ones):
                if one.title:
                    group = found.setdefault((one.kind, one.key), Group(one.kind))
                    group.titles.add(one.title)
                    group.more = group.more or one.more
                    group.students[student].append(question)
    return sorted(found.values(), key=lambda group: (-len(group.students), group.title))


def unnamed(failures: dict[str, list[Failure]]) -> dict[str, list[str]]:
    """By question, the students whose answer is wrong for a reason that no check of the question could name."""
    found = defaultdict(list)
    for student, theirs in failures.items():
        for question in dict.fromkeys(one.question for one in theirs):
            if all(not one.title for one in theirs if one.question == question):
                found[question].append(student)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))
