"""The start page: what to do next, what passes, and how that came about, as a page and as text."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import quote

import jinja2

from gradschool.course.layout import Course, Unit, first_heading
from gradschool.course.progress import Moment, Question, Record, Standing, State, read_record, standings

# A shape and a word for each state: colour is never the only sign.
MARKS = {State.PASSED: "●", State.OPEN: "◐", State.UNTOUCHED: "○", State.UNSEEN: "?"}
MEANINGS = {
    State.PASSED: "its visible checks pass",
    State.OPEN: "a check fails or could not run",
    State.UNTOUCHED: "the answer is as released",
    State.UNSEEN: "answered since the last look",
}
LETTERS = {State.PASSED: "x", State.OPEN: "/", State.UNTOUCHED: " ", State.UNSEEN: "?"}
# Named here, so that the page is in one language wherever it is read.
MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")


@dataclass(frozen=True)
class Link:
    """A way into a notebook of `work/`, at one of its cells or at its top."""

    text: str
    path: str
    cell: str = ""

    @property
    def address(self) -> str:
        """For a click that asks for a new tab of the browser; other clicks are JupyterLab's."""
        return f"lab/tree/{quote(self.path)}"


@dataclass(frozen=True)
class Row:
    """One unit on the page."""

    number: int
    readings: list[Link]
    sets: list[Standing]


def page(course: Course, looking: str = "", now: datetime | None = None) -> str:
    """The page as HTML. `looking` says where a look is that is going on."""
    now = now or datetime.now().astimezone()
    record = read_record(course.work)
    standing = {one.of.name: one for one in standings(course, record)}
    rows = [row(unit, standing) for unit in course.units()]
    every = list(standing.values())
    return template().render(
        rows=rows,
        upcoming=upcoming(every),
        begun=any(one.begun for one in every),
        status=looking or status(every, record, now),
        looking=bool(looking),
        looked=record.last_look is not None,
        total=sum(len(one.of.questions) for one in every),
        passed=sum(one.passed for one in every),
        plot=plot(record.history, sum(len(one.of.questions) for one in every), now),
    )


@cache
def template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(
        link_to=link_to, question_link=question_link, set_summary=set_summary, troubles=troubles,
        MARKS=MARKS, MEANINGS=MEANINGS,
    )
    return environment.get_template("start_page.html.j2")


def text(course: Course, now: datetime | None = None) -> str:
    """The same for a terminal."""
    record = read_record(course.work)
    every = standings(course, record)
    lines = []
    for one in every:
        lines.append(f"{one.of.name}  {one.of.title}: {set_summary(one)}")
        if one.begun:
            lines += [f"     [{LETTERS[one.states[q.name]]}] {q.title}: {one.states[q.name].value}"
                      for q in one.of.questions]
        lines += [f"     {trouble}" for trouble in troubles(one)]
    following = upcoming(every)
    if following:
        one, question = following
        lines += ["", f"Next: {question.title}, in {one.of.name}. {minutes(question.minutes)}".rstrip()]
    return "\n".join([*lines, status(every, record, now or datetime.now().astimezone())])


def row(unit: Unit, standing: dict[str, Standing]) -> Row:
    folder = unit.folder.name
    readings = [Link(first_heading(text), f"{folder}/{text.stem}.ipynb") for text in unit.readings]
    return Row(unit.number, readings, [standing[text.stem] for text in unit.problem_sets])


def link_to(one: Standing) -> Link:
    name = one.copy.path.name if one.copy else f"{one.of.name}.ipynb"
    return Link(one.of.title, f"{one.of.folder.name}/{name}")


def question_link(one: Standing, question: Question) -> Link:
    cell = one.copy.heading_id(question.name) if one.copy else ""
    return Link(question.title, link_to(one).path, cell)


def set_summary(one: Standing) -> str:
    """ "3 of 8 passed, 1 not yet, about 55 minutes left"."""
    counted = [f"{one.passed} of {len(one.of.questions)} passed"]
    for state in (State.OPEN, State.UNSEEN):
        count = sum(found is state for found in one.states.values())
        counted += [f"{count} {state.value}"] * bool(count)
    if one.minutes_left:
        counted.append(f"{minutes(one.minutes_left).lower()}{' left' if one.begun else ''}")
    return ", ".join(counted)


def minutes(count: int) -> str:
    if count > 90:
        hours = round(count / 30) / 2
        return f"About {hours:g} hours"
    return f"About {count} minutes" if count else ""


def troubles(one: Standing) -> list[str]:
    """What else a learner should know of a problem set."""
    said = [one.trouble] if one.trouble else []
    if one.copy and one.copy.path.stem != one.of.name:
        said.append(f"Of your copies, {one.copy.path.name} was saved last and is the one that counts here.")
    if one.seen and not one.changed:
        said += [f"At the last look {trouble[:1].lower()}{trouble[1:]}." for trouble in one.seen.troubles]
    return said


def upcoming(every: list[Standing]) -> tuple[Standing, Question] | None:
    """Where to go on: in the unfinished problem set that was saved last, or else in the first; None at the end."""
    unfinished = [one for one in every if one.copy and not one.done]
    if not unfinished:
        return None
    begun = [one for one in unfinished if one.begun]
    one = max(begun, key=lambda one: one.copy.path.stat().st_mtime_ns) if begun else unfinished[0]
    return one, next(q for q in one.of.questions if one.states[q.name] is not State.PASSED)


def status(every: list[Standing], record: Record, now: datetime) -> str:
    """When the last look was, and what it can no longer know."""
    changed = [one.of.name for one in every if one.changed]
    if record.last_look is None:
        return f"Never looked at so far; there are answers in {listed(changed)}." if changed else (
            "Never looked at so far. Answer a question, then come back.")
    looked = f"Looked at {day_and_time(record.last_look, now)}"
    if not changed:
        return f"{looked}. Nothing has changed since."
    return f"{looked}; {listed(changed)} {'has' if len(changed) == 1 else 'have'} changed since."


def listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def day_and_time(then: datetime, now: datetime) -> str:
    """ "14:02 today", "14:02 yesterday", "14:02 on 3 October"; with the year where it is another one."""
    if then.date() == now.date():
        day = "today"
    elif then.date() == (now - timedelta(days=1)).date():
        day = "yesterday"
    else:
        day = f"on {then.day} {MONTHS[then.month - 1]}" + (f" {then.year}" if then.year != now.year else "")
    return f"{then:%H:%M} {day}"


@dataclass(frozen=True)
class Plot:
    """The steps from nothing to everything, in the units of an SVG picture."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    path: str
    dots: list[tuple[float, float]]
    ticks: list[tuple[float, str]]
    levels: list[tuple[float, int]]
    last: tuple[float, float, int]
    words: str


def plot(history: list[Moment], total: int, now: datetime) -> Plot | None:
    """The number of questions passed over time; None as long as there is nothing to draw."""
    if not history:
        return None
    width, height, left, right, top, bottom = 640, 240, 46, 600, 18, 196
    begin = history[0].at
    end = max(now, history[-1].at, begin + timedelta(minutes=1))
    highest = max(total, *(moment.total for moment in history))

    def across(at: datetime) -> float:
        return round(left + (right - left) * ((at - begin) / (end - begin)), 1)

    def up(count: float) -> float:
        return round(bottom - (bottom - top) * count / highest, 1)

    dots = [(across(moment.at), up(moment.total)) for moment in history]
    path = f"M{left} {up(0)}" + "".join(f"H{x}V{y}" for x, y in dots) + f"H{right}"
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if highest / step <= 6)
    return Plot(
        width, height, left, right, top, bottom, path, dots,
        ticks=[(across(at), label) for at, label in time_ticks(begin, end)],
        levels=[(up(count), count) for count in range(0, highest + 1, step) if highest - count >= step / 2]
        + [(up(highest), highest)],
        last=(right, dots[-1][1], history[-1].total),
        words=in_words(history, total, now),
    )


def time_ticks(begin: datetime, end: datetime) -> list[tuple[datetime, str]]:
    """Four times from begin to end, each with its label; fewer where labels would repeat."""
    span, labelled = end - begin, {}
    for k in range(4):
        at = begin + span * k / 3
        day = f"{at.day} {MONTHS[at.month - 1][:3]}"
        label = f"{at:%H:%M}" if span < timedelta(hours=20) else day
        labelled.setdefault(label, at)
    return [(at, label) for label, at in labelled.items()]


def in_words(history: list[Moment], total: int, now: datetime) -> str:
    """The plot for whoever does not see it: its last few steps."""
    steps = ", ".join(f"{moment.total} at {day_and_time(moment.at, now)}" for moment in history[-5:])
    return f"A step line of the questions passed over time: {steps}; of {total} in all."
