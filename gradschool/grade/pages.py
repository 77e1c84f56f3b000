"""Markdown and HTML of a notebook, as it may stand on a page that somebody else opens.

`nbgrader_config.py` puts these two filters in place of nbconvert's own, for feedback and for the formgrader:
formulas become MathML, which every browser shows without loading anything, and nothing is left that runs,
or that is fetched from somewhere, whoever wrote it.
"""

import html
import re
from functools import cache, lru_cache

import bleach
import latex2mathml.converter
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from gradschool.check import check_shape

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del", "details",
    "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u",
    "ul", "var",
}
MATH_TAGS = {
    "math", "menclose", "merror", "mfenced", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover",
    "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub",
    "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none",
}

# Attributes that say how a thing looks. None of them can hold an address or a script.
ATTRIBUTES = {
    "align", "class", "colspan", "dir", "height", "id", "lang", "open", "role", "rowspan", "title",
    "width",
}
MATH_ATTRIBUTES = {
    "accent", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle",
    "fence", "form", "frame", "largeop", "linethickness", "lspace", "mathbackground", "mathcolor",
    "mathsize", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowalign",
    "rowlines", "rowspacing", "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset",
    "xmlns",
}
STYLES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left",
    "border-radius", "border-right", "border-top", "color", "display", "font-family", "font-size",
    "font-style", "font-weight", "height", "line-height", "margin", "margin-bottom", "margin-left",
    "margin-right", "margin-top", "max-width", "min-width", "overflow", "padding", "padding-bottom",
    "padding-left", "padding-right", "padding-top", "text-align", "text-decoration", "vertical-align",
    "white-space", "width",
}


@cache
def panel_style() -> str:
    """The style sheet that the panel of a check brings along: the one that may stay, because it is known."""
    shown = check_shape(float, at=(1.0,), shape=())._repr_html_()
    return re.search(r"<style>.*?</style>", shown, re.DOTALL)[0]


def allowed(tag: str, name: str, value: str) -> bool:
    """Whether a tag may keep an attribute."""
    name = name.lower()
    if name == "href":
        return tag == "a" and value.strip().lower().startswith(("http://", "https://", "mailto:", "#"))
    if name == "src":
        return tag == "img" and value.startswith("data:image/")
    if name == "alt":
        return tag == "img"
    if name == "style":
        # The style sanitizer knows properties, not values, and a value can fetch: url(...), also as
        # \75rl(...)
        return not set(value) & set("(\\")
    return name in (MATH_ATTRIBUTES if tag in MATH_TAGS else ATTRIBUTES) or name.startswith("aria-")


CLEANER = bleach.sanitizer.Cleaner(
    tags=TAGS | MATH_TAGS,
    attributes=allowed,
    protocols={"http", "https", "mailto", "data"},  # data: only for pictures, see allowed()
    strip=True,
    strip_comments=True,
    css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES),
)


def clean_html(element) -> str:
    """HTML with everything taken out that could run or load something.

    The content of <script> and <style> goes with its tag; other tags that are not allowed leave their text.
    """
    text = element.decode("utf-8", "replace") if isinstance(element, bytes) else str(element)
    style = panel_style() if panel_style() in text else ""
    text = re.sub(r"<(script|style)\b.*?</\1\s*>", "", text, flags=re.DOTALL | re.IGNORECASE)
    return style + CLEANER.clean(text)


@pass_context
def markdown2html(context, source: str) -> str:
    """Markdown as HTML that may stand on anybody's page, with MathML for its formulas."""
    attachments = context.get("cell", {}).get("attachments", {})
    if attachments:
        return render(source, attachments)
    return render_cached(source)


def render(source: str, attachments: dict) -> str:
    renderer = Renderer(escape=False, attachments=attachments, exclude_anchor_links=True)
    page = MarkdownWithMath(renderer=renderer).render(source)
    # nbgrader's pages have Bootstrap's style, which leaves tables without a class bare.
    return clean_html(page.replace("<table>", '<table class="table table-condensed" style="width: auto;">'))


@lru_cache(maxsize=1000)
def render_cached(source: str) -> str:
    """The same: most Markdown of a class is the release's, once for each student."""
    return render(source, {})


class Renderer(IPythonRenderer):
    """nbconvert's own, but for formulas and for pictures that are not there."""

    def block_math(self, body: str) -> str:
        return mathml(body, display="block")

    def inline_math(self, body: str) -> str:
        return mathml(body, display="inline")

    def latex_environment(self, name: str, body: str) -> str:
        return mathml(f"\\begin{{{name}}}{body}\\end{{{name}}}", display="block")

    def image(self, text: str, url: str, title: str | None = None) -> str:
        name = url.removeprefix("attachment:")
        if url.startswith("attachment:") and name not in self.attachments:
            return html.escape(f"[{text or name}: the picture was not handed in]")
        return super().image(text, url, title)


def mathml(tex: str, display: str) -> str:
    """A TeX formula as MathML, or as the TeX itself where it is not understood."""
    tex = tex.strip()
    # Two things that latex2mathml does not know: aligned, and that in a display the limit stands below lim.
    known = re.sub(r"\\(begin|end)\{aligned\}", r"\\\1{align*}", tex)
    if display == "block":
        known = re.sub(r"\\(lim|max|min|sup|inf)\s*_", r"\\\1\\limits_", known)
    try:
        converted = latex2mathml.converter.convert(known, display=display)
    except Exception:  # a student's TeX can break the converter in any way
        converted = "\\"
    # It hands on a command that it does not know as if it were an identifier.
    return converted if "\\" not in converted else f"<code>{html.escape(tex)}</code>"
