"""Pages that others open: formulas without a network, and nothing that runs or fetches."""

import re

import pytest

from gradschool.check import CheckFailed, check_value
from gradschool.grade.pages import clean_html, mathml, render

NASTY = r"""# <script>document.title = "pwned"</script>Title
<img src=x onerror="document.title='pwned'"> ![track](http://127.0.0.1:9/pixel.png)
[bad](javascript:alert(1)) <a href=" jAvascript:alert(1)">a</a> <a href="&#106;avascript:alert(1)">b</a>
<a href="data:text/html,<script>alert(1)</script>">c</a> <a href="//127.0.0.1:9/x">d</a> <a href="file:///etc">e</a>
$\href{javascript:alert(1)}{x}$ $\style{background:url(http://127.0.0.1:9/)}{x}$
<style>@import "http://127.0.0.1:9/a.css";</style><link rel="stylesheet" href="http://127.0.0.1:9/b.css">
<iframe src="http://127.0.0.1:9/"></iframe><object data="http://127.0.0.1:9/"></object>
<base href="http://127.0.0.1:9/">
<svg onload="alert(1)"><image href="http://127.0.0.1:9/i.png"/><use href="http://127.0.0.1:9/#a"/></svg>
<p style="color: red; background: url(http://127.0.0.1:9/p.png)">p</p>
<p style="color: \75rl(http://127.0.0.1:9/)">q</p>
<math><mtext><table><mglyph><style><img src=x onerror="alert(1)"></style></mglyph></table></mtext></math>
<form action="http://127.0.0.1:9/"><input formaction="javascript:alert(1)"><button>go</button></form>
<video src="http://127.0.0.1:9/v" poster="http://127.0.0.1:9/p"></video>
<meta http-equiv=refresh content="0;url=//127.0.0.1:9">
<details open ontoggle="document.title='pwned'"><summary>more</summary>text</details>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<!-- --!><img src=x onerror=alert(1)> -->
"""

LOADS = re.compile(
    r"<(?!a\b)[^>]*\b(?:src|href|data|poster|action|formaction|srcset)\s*=\s*[\"']?\s*(?!data:image/)[^\"'>\s]"
)
RUNS = re.compile(
    r"<script|<iframe|<object|<embed|<base|<meta|<link|<form|\son\w+\s*=|javascript:", re.IGNORECASE
)


def assert_inert(page):
    """Nothing in the page runs or loads; plain links to the web are fine."""
    tags = re.sub(r">[^<]*<", "><", page)
    assert not RUNS.search(tags), RUNS.search(tags)
    assert not LOADS.search(tags), LOADS.search(tags)
    assert not re.search(r"<[^>]*style=[\"'][^\"']*(?:url|\\)", tags)


def test_nothing_that_a_student_writes_runs_or_loads():
    page = render(NASTY, {})
    assert_inert(page)
    assert "@import" not in page and "Title" in page and "more" in page
    assert_inert(clean_html(NASTY))


def test_what_is_harmless_stays():
    page = render("A [link](https://example.org), *stress*, `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", {})
    for part in (
        '<a href="https://example.org">link</a>',
        "<em>stress</em>",
        "<code>code</code>",
        "<td>1</td>",
    ):
        assert part in page
    picture = {"plot.png": {"image/png": "aGk="}}
    assert 'src="data:image/png;base64,aGk="' in render("![p](attachment:plot.png)", picture)
    assert "the picture was not handed in" in render("![p](attachment:plot.png)", {})


def test_the_panel_of_a_check_keeps_its_looks():
    with pytest.raises(CheckFailed) as failed:
        check_value(lambda x: -x, at=(1.5,), equals=1.5)
    shown = failed.value.verdict._repr_html_()
    assert clean_html(shown) == shown
    assert_inert(re.sub(r"<style>.*?</style>", "", clean_html(shown), flags=re.DOTALL))
    assert "<style>" not in clean_html(shown.replace("color:", "colour:", 1))


@pytest.mark.parametrize(
    "tex, part",
    [
        (r"\frac{a}{b} < 1", "<mfrac>"),
        (r"\lim_{h \to 0} f", "<munder><mo>lim</mo>"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "<mtable"),
        (r"\operatorname{Im} f(x + ih)", "<mo>Im</mo>"),
        (r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}", "<mtext>else</mtext>"),
    ],
)
def test_formulas_are_mathml(tex, part):
    page = render(f"$${tex}$$", {})
    assert part in page and 'display="block"' in page and "$" not in page
    assert "(1)" not in page, "numbered, which nobody asked for"


@pytest.mark.parametrize(
    "tex", [r"\nosuchcommand x", r"\frac{a", r"\begin{foo}x\end{bar}", "a & b}", "{" * 2000]
)
def test_a_formula_that_is_not_understood_shows_as_it_was_written(tex):
    shown = mathml(tex, display="inline")
    assert shown.startswith(("<code>", "<math"))
    assert tex[:5].replace("&", "&amp;") in shown or "<math" in shown


def test_every_formula_of_the_course_is_understood():
    from mini_course import REPOSITORY

    texts = [path.read_text(encoding="utf-8") for path in sorted(REPOSITORY.glob("course/*/ps*.md"))]
    prose = [re.sub(r"```.*?```", "", text, flags=re.DOTALL) for text in texts]
    formulas = [
        tex
        for text in prose
        for tex in re.findall(r"\$\$(.+?)\$\$|(?<![\\`\w])\$([^$\n]+)\$", text, re.DOTALL)
    ]
    assert formulas
    for display, inline in formulas:
        assert mathml(display or inline, "block" if display else "inline").startswith("<math"), (
            display or inline
        )
