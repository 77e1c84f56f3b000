"""The site's own pages: glossary and its links, map, reference, and what the texts claim about the code."""

import base64
import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("myst_parser")
pytest.importorskip("sphinx")
from docutils import nodes

ROOT = Path(__file__).parents[1]
SITE = ROOT / "site"
PUBLIC = ("reverse", "forward", "differences", "check", "show")


@pytest.fixture
def extension(monkeypatch):
    """One of the site's own extensions, as a module."""
    monkeypatch.syspath_prepend(str(SITE / "_ext"))
    return importlib.import_module


@pytest.fixture
def built(tmp_path, extension):
    """build(extensions, **pages): a small site of these pages; its HTML by page, and what Sphinx had to say."""
    from io import StringIO

    from sphinx.application import Sphinx
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    def build(extensions, **pages):
        source = tmp_path / "source"
        for name, text in pages.items():
            path = source / f"{name.replace('__', '/')}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")
        said = StringIO()
        settings = {"extensions": ["myst_parser", *extensions], "myst_enable_extensions": ["dollarmath"],
                    "myst_heading_anchors": 3, "html_theme": "basic", "suppress_warnings": ["toc.not_included"],
                    "html_math_renderer": "mathjax"}  # fmt: skip
        with patch_docutils(), docutils_namespace():
            Sphinx(source, None, tmp_path / "out", tmp_path / "doctrees", "html", settings, None, said).build()
        found = {name: (tmp_path / "out" / f"{name.replace('__', '/')}.html").read_text("utf-8") for name in pages}
        return found, said.getvalue()

    return build


def terms_linked(html):
    return re.findall(r'<a class="[^"]*gs-term[^"]*" href="([^"]*)">([^<]*)</a>', html)


GLOSSARY = """# Words

```{glossary}
mode
  A way.

forward mode
  One way; not a mode of dress.

tape
  A record.

penalty
pen
  What is added.
```
"""


def test_the_first_use_of_a_word_leads_to_the_glossary(built):
    page = """# Modes and tapes

Forward
mode, then a Mode, then a mode again. Two tapes, and a tape. Penalties? A `tape`, a [pen](https://example.org), a
pen-knife, an open model, $mode$.

| pen |
|---|
| nothing |

A pen.
"""
    pages, said = built(["glossary_links"], index=page, words=GLOSSARY)
    assert said == ""
    found = terms_linked(pages["index"])
    assert [(address.split("#")[1], " ".join(text.split())) for address, text in found] == [
        ("term-forward-mode", "Forward mode"), ("term-mode", "Mode"), ("term-tape", "tapes"), ("term-pen", "pen"),
    ]  # fmt: skip
    assert all(address.startswith("words.html#") for address, _ in found)
    for address, _ in found:
        assert f'id="{address.split("#")[1]}"' in pages["words"]


def test_the_glossary_does_not_link_to_itself(built):
    pages, _ = built(["glossary_links"], index="# Home\n\nNothing.\n", words=GLOSSARY + "\nA tape.\n")
    assert terms_linked(pages["words"]) == []


def test_links_from_a_folder_lead_back_up_and_follow_the_glossary(built):
    pages, _ = built(["glossary_links"], index="# Home\n", words=GLOSSARY, course__one="# One\n\nA tape, and a drum.\n")
    assert terms_linked(pages["course__one"]) == [("../words.html#term-tape", "tape")]
    more = GLOSSARY.replace("tape\n", "drum\n  What is beaten.\n\ntape\n")
    pages, _ = built(["glossary_links"], index="# Home\n", words=more, course__one="# One\n\nA tape, and a drum.\n")
    assert [text for _, text in terms_linked(pages["course__one"])] == ["tape", "drum"]


def test_a_page_may_keep_words_out(extension):
    links = extension("glossary_links")
    container = nodes.container("", nodes.paragraph("", "a tape"), classes=["gs-no-terms"])
    assert links.left_alone(container[0][0])
    assert not links.left_alone(nodes.paragraph("", "a tape")[0])


def test_the_glossary_has_what_the_course_speaks_of():
    body = re.search(r"```{glossary}\n(.*?)```", (SITE / "glossary.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    entries = re.findall(r"((?:^\S.*\n)+)((?:^(?:  .*)?\n?)+)", body, re.MULTILINE)
    terms = [term for names, _ in entries for term in names.splitlines()]
    assert len(terms) == len(set(terms)) >= 50
    firsts = [names.splitlines()[0].lower() for names, _ in entries]
    assert firsts == sorted(firsts)
    for names, text in entries:
        assert re.search(r"\[Unit (\d)\]\(course/0\1_", text), f"{names.strip()} does not say where it is explained"
    known = {term.lower() for term in terms}
    assert {"primal", "tangent", "adjoint", "cotangent", "jvp", "vjp", "tape", "logit", "hinge", "margin"} <= known


# ---- the map

MAP = """# Map

```{course-map}
slope | 1 units | Slopes | first | |
sum | 2 units | Sums & more | second | slope
all | 2 units | All | second | slope sum
```
"""
LECTURES = {"course__01_units__units": "# One\n\n## First\n", "course__02_units__units": "# Two\n\n## Second\n"}


def test_the_map_is_drawn_with_links_and_told_in_words(built):
    text = MAP.replace("| |\n", "|\n")
    pages, said = built(["course_map"], index=text, **LECTURES)
    assert said == ""
    html = pages["index"]
    drawing = re.search(r"<svg.*</svg>", html, re.DOTALL)[0]
    assert re.findall(r'<a href="([^"]*)">', drawing) == [
        "course/01_units/units.html#first", "course/02_units/units.html#second", "course/02_units/units.html#second",
    ]  # fmt: skip
    assert re.findall(r"middle\">([^<]*)<", drawing) == ["1 · Slopes", "2 · Sums &amp; more", "2 · All"]
    assert drawing.count("marker-end") == 3
    words = [re.sub(r"<[^>]+>", "", item) for item in re.findall(r"<li>.*?</li>", html, re.DOTALL)]
    assert [" ".join(item.split()) for item in words if "needs" in item] == [
        "Slopes (unit 1): needs nothing.", "Sums &amp; more (unit 2): needs Slopes.",
        "All (unit 2): needs Slopes and Sums &amp; more.",
    ]  # fmt: skip


def test_a_section_that_is_not_there_is_noticed(built):
    _, said = built(["course_map"], index=MAP.replace("| |\n", "|\n").replace("first", "nowhere"), **LECTURES)
    assert "nowhere" in said


@pytest.mark.parametrize(("line", "why"), [
    ("a | 1 units | A | first | b", "needs b, which no line above"),
    ("a | 1 units | A | first |\na | 1 units | B | first |", "two ideas called a"),
    ("a | 1 | A | first |", "an idea is"),
    ("a | 1 units | A", "an idea is"),
])  # fmt: skip
def test_a_wrong_line_of_the_map_is_refused(extension, line, why):
    with pytest.raises(ValueError, match=why):
        extension("course_map").read(line.splitlines(), ValueError)


def test_boxes_of_the_map_do_not_overlap(extension):
    drawn = extension("course_map")
    text = re.search(r"```{course-map}\n(.*?)```", (SITE / "map.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    ideas = drawn.read(text.splitlines(), ValueError)
    assert {idea.unit for idea in ideas} == set("12345678")
    svg = drawn.picture(ideas, ["#"] * len(ideas))
    boxes = [tuple(map(float, box)) for box in
             re.findall(r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"', svg)]  # fmt: skip
    assert len(boxes) == len(ideas)
    for k, (x, y, w, h) in enumerate(boxes):
        for u, v, p, q in boxes[:k]:
            assert x + w <= u or u + p <= x or y + h <= v or v + q <= y


# ---- the package's reference


def test_docstrings_become_rst(extension):
    as_rst = extension("docstrings").as_rst
    assert as_rst(["Says *this* of `x` and y_.", "", "    f(*x)", "", "Then more."]) == [
        r"Says \*this\* of ``x`` and y\_.", "", "::", "", "    f(*x)", "", "Then more.",
    ]  # fmt: skip
    lines = ["Sum.", "", "x, y : arrays, of", "    one shape. z : stays in the text", "at : *two*. on : three."]
    assert as_rst(lines) == [
        "Sum.", "", "``x``, ``y``", "    arrays, of", "    one shape. z : stays in the text", "``at``",
        r"    \*two\*.", "``on``", "    three.",
    ]  # fmt: skip
    assert as_rst(["Sum.", "x : a", "Returns b."]) == ["Sum.", "", "``x``", "    a", "", "Returns b."]


@pytest.mark.parametrize("name", PUBLIC)
def test_the_reference_names_what_is_public(name):
    module = importlib.import_module(f"gradschool.{name}")
    text = (SITE / "api" / f"{name}.md").read_text(encoding="utf-8")
    listed = re.findall(rf"\.\. auto\w+:: gradschool\.{name}\.(\w+)", text)
    assert len(listed) == len(set(listed))
    public = getattr(module, "__all__", None) or [
        key for key, value in vars(module).items()
        if not key.startswith("_") and getattr(value, "__module__", "") == module.__name__
    ]  # fmt: skip
    classes = {"Playground", "SecantWidget", "StepperWidget"}  # what a function makes, and nobody calls
    elsewhere = {"primitive", "stop_gradient", "logsumexp"} if name == "forward" else set()
    assert set(listed) == set(public) - classes - elsewhere
    for key in listed:
        assert getattr(module, key).__doc__, f"{key} has no docstring"


# ---- what the texts claim


def test_the_answer_bank_is_as_large_as_the_page_says():
    text = (SITE / "making.md").read_text(encoding="utf-8")
    said = [int(found) for found in re.findall(r"^\| .*? \| (\d+) \|$", text, re.MULTILINE)]
    bank = ROOT / "tests" / "bank"
    counted = [len([path for path in bank.glob("ps*/*/") if path.name != "__pycache__"]),
               len(list(bank.glob("ps*/*/right_*.py"))), len(list(bank.glob("ps*/*/wrong_*.py")))]  # fmt: skip
    assert said == counted


def test_the_limits_are_those_that_the_page_gives():
    from gradschool.grade.preprocessors import ExecuteInTwoRooms

    text = (SITE / "grading.md").read_text(encoding="utf-8")
    said = {name: float(value) for name, value in re.findall(r"^\| `(\w+)` \| (\d+) \|", text, re.MULTILINE)}
    traits = ExecuteInTwoRooms.class_own_traits(config=True)
    numbers = {name: trait.default_value for name, trait in traits.items() if not isinstance(trait.default_value, bool)}
    settings = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8")
    assert said["timeout"] == float(re.search(r"ExecuteInTwoRooms\.timeout = (\d+)", settings)[1])
    assert said == {name: float(value) for name, value in numbers.items() if name in said}
    assert {"timeout", "memory", "processes", "cpu", "file", "disk"} <= set(said)


def test_pages_name_commands_that_there_are():
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in ("making", "instructors", "grading"):
        named = set(re.findall(r"(?:^|`)make ([a-z-]+)", (SITE / f"{page}.md").read_text("utf-8"), re.MULTILINE))
        assert named <= targets, page


def test_a_plugin_for_late_work_is_one_that_nbgrader_takes():
    """The one that the page for instructors shows, run."""
    text = (SITE / "instructors.md").read_text(encoding="utf-8")
    names = {}
    exec(re.search(r"```python\n(from nbgrader.plugins.*?)```", text, re.DOTALL)[1], names)
    penalty = names["TenPercentADay"]().late_submission_penalty
    assert penalty("somebody", 20.0, 60) == pytest.approx(2)
    assert penalty("somebody", 20.0, 86401) == pytest.approx(4)
    assert penalty("somebody", 20.0, 100 * 86400) == 20


# ---- print


def test_without_tex_one_line_says_what_to_install(monkeypatch):
    from gradschool.course import pdf
    from gradschool.course.layout import Course, CourseError

    monkeypatch.setattr(pdf.shutil, "which", lambda name: None if name == "xelatex" else name)
    with pytest.raises(CourseError) as raised:
        pdf.build_pdf(Course(ROOT))
    assert re.fullmatch(r"PDF needs TeX, and xelatex is missing\. Debian and Ubuntu: apt install .*texlive-xetex.*",
                        str(raised.value))  # fmt: skip


def test_print_takes_the_lectures_alone(tmp_path):
    from gradschool.course import pdf
    from gradschool.course.layout import Course

    pdf.stage(Course(ROOT), tmp_path / "print")
    files = sorted(path.relative_to(tmp_path / "print").as_posix() for path in (tmp_path / "print").rglob("*.md"))
    assert len(files) == 9
    assert not [name for name in files if "ps" in Path(name).stem and Path(name).stem != "make_moons"]
    assert (tmp_path / "print" / "index.md").read_text("utf-8").count("\ncourse/") == 8


@pytest.mark.skipif(shutil.which("rsvg-convert") is None, reason="no rsvg-convert; on Debian: apt install librsvg2-bin")
def test_pictures_of_an_output_become_files(tmp_path):
    from gradschool.course import pdf

    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
    html = f'<img src="data:image/svg+xml;base64,{base64.b64encode(svg).decode()}" alt="A &lt;box&gt;" style="x">'
    (kind, data, alt), = pdf.PICTURE.findall(html)
    name = pdf.picture_file(tmp_path, kind, base64.b64decode(data))
    assert (tmp_path / name).read_bytes().startswith(b"%PDF")
    assert alt == "A &lt;box&gt;"
    assert pdf.picture_file(tmp_path, "png", b"bytes").endswith(".png")


def test_a_graph_keeps_its_colours_in_print():
    """rsvg-convert paints black what it is told by a custom property."""
    from gradschool import show
    from gradschool.course import pdf
    from gradschool.show import graph

    html = graph.drawing(show.trace(lambda x, y: x * y, 2.0, 5.0))._repr_mimebundle_()["text/html"]
    svg = base64.b64decode(pdf.PICTURE.findall(html)[0][1]).decode("utf-8")
    plain = pdf.without_variables(svg)
    assert "var(" in svg
    assert "var(" not in plain
    assert ".gs-card { fill: #ffffff; }" in plain


def test_tex_is_quoted_where_it_stopped(tmp_path):
    from gradschool.course import pdf

    log = tmp_path / "x.log"
    log.write_text("This is XeTeX\n! Undefined control sequence.\nl.5 \\oops\n", encoding="utf-8")
    assert pdf.first_error(log) == "Undefined control sequence."
    assert pdf.first_error(tmp_path / "none") == "it does not say why"


LECTURE = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
    format_version: 0.13
    jupytext_version: 1.19.6
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---

# Nudge: a lecture for print

Greek β, a formula $\\bar v$, and a question.

<details><summary>Answer &amp; reason</summary>

Seven.

</details>

```{code-cell} ipython3
import matplotlib.pyplot as plt
from gradschool import show

fig, ax = plt.subplots()
ax.plot([0, 1], label="a line")
show.figure(fig, alt="A line.")
print("it ran")
```

```{code-cell} ipython3
show.stepper(show.trace(lambda x, y: x * y, 2.0, 5.0, names=("x", "y")))
```
"""


@pytest.mark.slow
def test_a_lecture_comes_out_on_paper(tmp_path):
    """The whole way, with TeX, for a course of one short lecture."""
    from gradschool.course import pdf

    if any(shutil.which(program) is None for program in pdf.PROGRAMS):
        pytest.skip("no TeX here")
    text = tmp_path / "course" / "01_nudge" / "nudge.md"
    text.parent.mkdir(parents=True)
    text.write_text(LECTURE, encoding="utf-8")
    (tmp_path / "gradschool").mkdir()
    (tmp_path / "requirements.lock").write_text("", encoding="utf-8")
    # In a process of its own, as `make pdf` is: what other tests have told Sphinx and docutils stays with them.
    build = "from gradschool.course import layout, pdf; from pathlib import Path; import sys\n"
    build += "print(pdf.build_pdf(layout.Course(Path(sys.argv[1]))))"
    done = subprocess.run([sys.executable, "-c", build, str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    made = Path(done.stdout.splitlines()[-1])
    assert made.read_bytes().startswith(b"%PDF")
    tex = (made.parent / "gradient-school.tex").read_text(encoding="utf-8")
    assert r"\chapter{Nudge: a lecture for print}" in tex
    assert r"\sphinxstylestrong{Answer \& reason}" in tex
    assert "it ran" in tex
    assert tex.count(r"\sphinxincludegraphics{{picture-") == 2
    assert "var(" not in tex
