"""The lectures as one PDF, for print: the texts of the site, run once, through Sphinx and XeLaTeX.

Figures are vector graphics where there are any. Where the site has a widget, print has the picture that stands still.
"""

import base64
import hashlib
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

from gradschool.course import site
from gradschool.course.layout import Course, CourseError

NAME = "gradient-school"
PROGRAMS = ("latexmk", "xelatex", "rsvg-convert")
PACKAGES = (
    "latexmk texlive-xetex texlive-latex-recommended texlive-latex-extra texlive-fonts-recommended fonts-dejavu "
    "librsvg2-bin"
)
NEEDS = f"PDF needs TeX, and {{}} is missing. Debian and Ubuntu: apt install --no-install-recommends {PACKAGES}"
PICTURE = re.compile(r'<img src="data:image/(svg\+xml|png);base64,([^"]+)" alt="([^"]*)"')
SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
DECLARED = re.compile(r"(--[\w-]+):([^;]*);")
FALLBACK = re.compile(r"var\(--[\w-]+, *([^()]*)\)")
PREAMBLE = r"""
\setmainfont{DejaVu Serif}[Scale=0.88]
\setsansfont{DejaVu Sans}[Scale=0.88]
\setmonofont{DejaVu Sans Mono}[Scale=0.78]
\emergencystretch=3em
"""


def build_pdf(course: Course) -> Path:
    """Build the PDF and return its path. Only lectures that changed are run.

    Raises:
        CourseError: if TeX or Sphinx is missing, or a step fails; the message says which.
    """
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        raise CourseError(NEEDS.format(" and ".join(missing)))
    build = course.root / "build"
    source, tex = build / "print-source", build / "print"
    stage(course, source)
    write_tex(course, source, tex)
    run = subprocess.run(
        ["latexmk", "-xelatex", "-interaction=nonstopmode", "-halt-on-error", "-silent", f"{NAME}.tex"],
        cwd=tex, capture_output=True, text=True, errors="replace",
    )  # fmt: skip
    if run.returncode:
        raise CourseError(f"TeX stopped: {first_error(tex / f'{NAME}.log')}. All that it said is in {tex}.")
    return tex / f"{NAME}.pdf"


def stage(course: Course, source: Path) -> None:
    """The lectures, one after the other, and nothing else."""
    shutil.rmtree(source, ignore_errors=True)
    lectures = [unit.lecture for unit in course.units()]
    for text in lectures:
        copy = source / site.name(text, course.root)
        copy.parent.mkdir(parents=True)
        shutil.copy2(text, copy)
    names = "\n".join(site.name(text.with_suffix(""), course.root) for text in lectures)
    contents = f"# Gradient School\n\n```{{toctree}}\n:maxdepth: 2\n\n{names}\n```\n"
    (source / "index.md").write_text(contents, encoding="utf-8")


def write_tex(course: Course, source: Path, tex: Path) -> None:
    try:
        from sphinx.application import Sphinx
        from sphinx.errors import SphinxError
        from sphinx.util.docutils import docutils_namespace, patch_docutils
    except ModuleNotFoundError:
        raise CourseError(site.EXTRA) from None
    settings = {
        "project": "Gradient School",
        "author": "The Gradient School authors",
        "extensions": ["myst_nb", __name__],
        "myst_enable_extensions": ["amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath"],
        "myst_dmath_double_inline": True,
        "myst_heading_anchors": 4,
        "nb_execution_mode": "cache",
        "nb_execution_cache_path": str(site.outputs(course, course.root / "build" / "site-outputs")),
        "nb_execution_timeout": 300,
        "nb_execution_in_temp": True,
        "nb_execution_raise_on_error": True,
        "nb_merge_streams": True,
        "latex_engine": "xelatex",
        "latex_use_xindy": False,
        "latex_documents": [("index", f"{NAME}.tex", "Gradient School", "The Gradient School authors", "manual")],
        "latex_toplevel_sectioning": "chapter",
        "latex_elements": {
            "papersize": "a4paper", "fontpkg": PREAMBLE, "pointsize": "10pt", "babel": "", "polyglossia": "",
            "fncychap": "", "extraclassoptions": "openany,oneside", "printindex": "",
            "sphinxsetup": "hmargin={22mm,22mm}, vmargin={24mm,24mm}",
        },
        "suppress_warnings": ["myst.xref_missing"],  # what is not printed cannot be linked to; the site checks links
    }  # fmt: skip
    try:
        with patch_docutils(), docutils_namespace():
            Sphinx(source, None, tex, course.root / "build" / "print-doctrees", "latex", settings).build()
    except SphinxError as error:
        raise CourseError(f"the lectures could not be written for TeX: {error}") from error


def first_error(log: Path) -> str:
    """What TeX stopped at, from its log."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.is_file() else []
    return next((line.lstrip("! ") for line in lines if line.startswith("!")), "it does not say why")


# ---- what Sphinx does to a lecture on its way to TeX


def without_variables(svg: str) -> str:
    """An SVG whose style sheet says every colour itself: rsvg-convert knows no custom properties of CSS."""
    svg = FALLBACK.sub(r"\1", svg)
    for name, value in DECLARED.findall(svg):
        svg = svg.replace(f"var({name})", value.strip())
    return svg


def picture_file(folder: Path, kind: str, picture: bytes) -> str:
    """Put a picture where TeX finds it; its name there. An SVG becomes a PDF."""
    stem = f"picture-{hashlib.sha256(picture).hexdigest()[:16]}"
    if kind == "png":
        (folder / f"{stem}.png").write_bytes(picture)
        return f"{stem}.png"
    if not (folder / f"{stem}.pdf").is_file():
        command = ["rsvg-convert", "--format", "pdf", "--output", str(folder / f"{stem}.pdf")]
        plain = without_variables(picture.decode("utf-8")).encode("utf-8")
        subprocess.run(command, input=plain, check=True, capture_output=True)
    return f"{stem}.pdf"


def setup(app):
    """This module is a Sphinx extension as well. Sphinx is imported here, for not everybody has it."""
    from docutils import nodes
    from sphinx.transforms.post_transforms import SphinxPostTransform

    class Print(SphinxPostTransform):
        """HTML becomes what paper can show. Before MyST-NB chooses among the forms of an output."""

        default_priority = 3

        def run(self, **kwargs):
            containers = list(self.document.findall(nodes.container))
            for bundle in (node for node in containers if node.get("nb_element") == "mime_bundle"):
                pictures = [node for raw in bundle.findall(nodes.raw) for node in self.pictures(raw.astext())]
                if pictures:
                    bundle.replace_self(pictures)
            for raw in list(self.document.findall(nodes.raw)):
                summary = SUMMARY.search(raw.astext())
                if summary:
                    text = unescape(re.sub(r"<[^>]+>", "", summary[1]).strip())
                    raw.replace_self(nodes.paragraph("", "", nodes.strong("", text)))

        def pictures(self, html):
            for kind, data, alt in PICTURE.findall(html):
                name = picture_file(Path(app.outdir), kind, base64.b64decode(data))
                yield nodes.image("", uri=name, candidates={"*": name}, alt=unescape(alt))

    app.add_post_transform(Print)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
