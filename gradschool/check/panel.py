"""A verdict as people see it: an HTML panel in JupyterLab, plain text elsewhere."""

from html import escape

# By kind: headline, sign and look. The sign and the words say what the colour says.
_KINDS = {
    "right": ("Right", "✓", "good"),
    "kink": ("Right, at a kink", "✓", "good"),
    "wrong": ("Wrong", "✗", "bad"),
    "could not run": ("Could not run", "!", "bad"),
    "nothing tested": ("Nothing was tested", "?", "doubt"),
}
_CAME_TO_NOTHING = (None, "exception", "too slow")  # of what could not run; the rest ran, and gave what has no verdict
MORE_FOLLOWS = "More checks follow at grading."


def text(verdict):
    """The verdict in plain text: one line if the answer stands."""
    headline, _, _ = _look(verdict)
    first = " ".join([f"{headline}: {_sentence(verdict)}", *_asides(verdict)])
    if verdict.ok:
        return first
    rows = [f"  {name + ':':<14}{words}" for name, words in _rows(verdict)]
    return "\n".join([first, *rows, *(f"  {note}" for note in verdict.notes)])


def html(verdict):
    """The verdict as an HTML fragment with a style of its own."""
    headline, sign, look = _look(verdict)
    asides = "".join(f" {escape(aside)}" for aside in _asides(verdict))
    first = (
        f'<p><span aria-hidden="true">{sign} </span><strong>{headline}</strong>: '
        f"{escape(_sentence(verdict))}{asides}</p>"
    )
    body = ""
    if not verdict.ok:
        body = "<dl>" + "".join(_row(name, words) for name, words in _rows(verdict)) + "</dl>"
        body += "".join(f'<p class="note">{escape(note)}</p>' for note in verdict.notes)
    role = "status" if verdict.ok else "alert"
    section = f'<section class="gradschool-verdict {look}" role="{role}">{first}{body}</section>'
    return f"<style>{_STYLE}</style>{section}"


def _look(verdict):
    headline, sign, look = _KINDS[verdict.kind]
    ran = verdict.kind == "could not run" and verdict.cause not in _CAME_TO_NOTHING
    return ("Could not be judged" if ran else headline), sign, look


def _sentence(verdict):
    if verdict.ok:
        return f"{verdict.answer} {verdict.claim}."
    return f"{verdict.answer} should {_infinitive(verdict.claim)}."


def _infinitive(claim):
    verb, _, rest = claim.partition(" ")
    return f"{ {'is': 'be', 'does': 'do'}.get(verb, verb.removesuffix('s')) } {rest}"


def _asides(verdict):
    """What follows the first sentence, if the answer stands."""
    if not verdict.ok:
        return []
    return [*verdict.notes, *([] if verdict.hidden else [MORE_FOLLOWS])]


def _rows(verdict):
    """(name, words) of what there is to say, if the answer does not stand."""
    rows = {
        "Where": verdict.where,
        "Came": verdict.came,
        "Expected": verdict.expected,
        "Why": verdict.why,
        "Ask yourself": verdict.ask,
    }
    return [(name, words) for name, words in rows.items() if words]


def _row(name, words):
    look = ' class="value"' if name in ("Came", "Expected") else ""
    return f"<dt>{name}</dt><dd{look}>{escape(words)}</dd>"


# JupyterLab's theme gives text and borders their colours; elsewhere they follow the page.
_STYLE = """
.gradschool-verdict {
  --good: #0a6b4b; --bad: #a83200; --doubt: #5b4ba0;
  color: var(--jp-ui-font-color1, inherit);
  font: var(--jp-ui-font-size1, 14px)/1.5 var(--jp-ui-font-family, system-ui, sans-serif);
  border: 1px solid var(--jp-border-color2, #8886); border-left: 5px solid; border-radius: 4px;
  padding: .5em .9em; max-width: 60em;
}
@media (prefers-color-scheme: dark) {
  .gradschool-verdict { --good: #4cc9a0; --bad: #ff9a6b; --doubt: #b9a9ff }
}
body[data-jp-theme-light="true"] .gradschool-verdict { --good: #0a6b4b; --bad: #a83200; --doubt: #5b4ba0 }
body[data-jp-theme-light="false"] .gradschool-verdict { --good: #4cc9a0; --bad: #ff9a6b; --doubt: #b9a9ff }
.gradschool-verdict.good { border-left-color: var(--good) }
.gradschool-verdict.bad { border-left-color: var(--bad) }
.gradschool-verdict.doubt { border-left-color: var(--doubt); border-left-style: double }
.gradschool-verdict p { margin: 0 }
.gradschool-verdict dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em; margin: .5em 0
0 } .gradschool-verdict dt, .gradschool-verdict .note { color: var(--jp-ui-font-color2, inherit) }
.gradschool-verdict dd { margin: 0; min-width: 0; overflow-wrap: anywhere }
.gradschool-verdict .value { font-family: var(--jp-code-font-family, monospace) }
.gradschool-verdict .note { margin-top: .4em }
"""
