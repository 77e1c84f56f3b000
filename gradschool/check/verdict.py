"""What a check found."""

from dataclasses import dataclass, replace

RIGHT, WRONG, KINK, NOTHING, COULD_NOT_RUN = "right", "wrong", "kink", "nothing tested", "could not run"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a check found, in words and plain values.

    ok : the answer stands.
    kind : "right", "wrong", "kink" (right: where the function has a kink, the answer lies between the slopes
        on its two sides), "nothing tested" or "could not run".
    answer, claim : what was tested: the answer's name, and what it is said to do, as in "is the gradient of
        f".
    cause : a short name for the reason, None if it is not known: "sign turned", "wrong shape", ...
    where : which parameter, which entries.
    came, expected : values, as text; None for a hidden check.
    why : the cause in a sentence.
    ask : a question that helps to find it.
    notes : further facts, a sentence each.
    evaluations : how many times the reference function was called.
    """

    ok: bool
    kind: str
    answer: str
    claim: str
    cause: str | None = None
    where: str | None = None
    came: str | None = None
    expected: str | None = None
    why: str | None = None
    ask: str | None = None
    notes: tuple = ()
    hidden: bool = False
    evaluations: int = 0

    def __str__(self):
        from .panel import text

        return text(self)

    __repr__ = __str__

    def _repr_html_(self):
        from .panel import html

        return html(self)


class CheckFailed(AssertionError):
    """An answer did not stand. `verdict` says why, and so does the message."""

    def __init__(self, verdict, shown=False):
        super().__init__(str(verdict))
        self.verdict, self.shown = verdict, shown

    def __reduce__(self):
        return CheckFailed, (self.verdict, self.shown)

    def _render_traceback_(self):
        """What IPython prints in place of a traceback: one line, where the panel above has said the rest.

        The line must stand by itself all the same: nbgrader's Validate shows this and no panel.
        """
        lines = str(self.verdict).splitlines()
        if not self.shown:
            return lines
        reason = (self.verdict.why or "").partition(". ")[0].rstrip(".: ")
        return [f"CheckFailed: {lines[0]}" + (f" {reason}." if reason else "")]


def deliver(verdict):
    """Hand a verdict to the notebook: return it if the answer stands, show it and raise if it does not."""
    if verdict.ok:
        return verdict
    if verdict.hidden:
        verdict = replace(verdict, came=None, expected=None, why=_without_message(verdict))
    raise CheckFailed(verdict, shown=_show(verdict))


def _without_message(verdict):
    """The reason of a hidden verdict. An exception's own words can tell the hidden inputs, so its type must do."""
    if verdict.cause != "exception" or verdict.why is None:
        return verdict.why
    return verdict.why.partition(":")[0]


def _show(verdict):
    """Display the panel, where there is a notebook to display it in."""
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        return False
    if get_ipython() is None:
        return False
    display(verdict)
    return True
