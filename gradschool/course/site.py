"""The course as a site: every lecture run, every problem set as released, from the same text.

The site's source is staged in `build/site-source`, where no text with solutions ever lies; Sphinx makes
`build/site` of it. `site/conf.py` says what the pages look like.
"""

import hashlib
import io
import os
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from gradschool.course.layout import Course, CourseError

EXTRA = "Building the site needs more than the course does. Install it with: pip install -e .[site]"
WIDGETS = "_static/widgets"  # scripts and styles of what can be dragged, where conf.py looks for them
NOT_FOR_READERS = {"cli.py", "course", "grade"}  # parts of the package that no lecture shows


def build_site(course: Course) -> Path:
    """Build the site and return its folder. Only lectures that changed are run.

    Raises:
        CourseError: if Sphinx is missing, a lecture fails, or a page has a fault; the message says which.
    """
    try:
        import math_core  # noqa: F401  (site/_ext uses it)
        from myst_nb.core.execute import ExecutionError
        from sphinx.application import Sphinx
        from sphinx.errors import SphinxError
        from sphinx.util.docutils import docutils_namespace, patch_docutils
    except ModuleNotFoundError:
        raise CourseError(EXTRA) from None

    build = course.root / "build"
    output, source, read = build / "site", build / "site-source", build / "site-doctrees"
    try:
        with alone(build), patch_docutils(source), docutils_namespace():
            stage(course, source)
            keep_kernels_apart(build / "site-kernel")
            settings = {
                "course": course,
                "made_by": digest(sorted((course.root / "site" / "_ext").glob("*.py"))),
                "nb_execution_cache_path": str(outputs(course, build / "site-outputs")),
            }
            sphinx = Sphinx(source, source, output, read, "html", settings, Progress(), warningiserror=True)
            sphinx.build()
    except ExecutionError as error:
        raise CourseError(f"{Path(str(error)).relative_to(source)} does not run:\n{error.__cause__}") from error
    except SphinxError as error:
        raise CourseError(f"the site could not be built: {error}") from error
    if sphinx.statuscode:
        raise CourseError("the site was built with the warnings above. Mend them: a reader would see their faults.")
    return output


@contextmanager
def alone(build: Path) -> Iterator[None]:
    """One build at a time; a second one waits. The lock is SQLite's: it goes with its process, on every system."""
    build.mkdir(exist_ok=True)
    with closing(sqlite3.connect(build / "site-lock.db", timeout=1800)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


class Progress(io.StringIO):
    """Of all that Sphinx says about its work, what takes long."""

    def write(self, text: str) -> int:
        if found := re.search(r"site-source[/\\](\S+): Execut(ing|ed) notebook(?:.* in ([\d.]+) seconds)?", text):
            print(f"running {found[1]} ..." if found[2] == "ing" else f"  {found[3]} s", flush=True)
        return len(text)


def keep_kernels_apart(folder: Path) -> None:
    """Give the lectures' kernels settings of their own: no start-up file of the user's, and no talk about sockets."""
    settings = folder / "profile_default" / "ipython_kernel_config.py"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text('c.IPKernelApp.log_level = "ERROR"\n', encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(folder)


def pages(course: Course) -> dict[str, Path]:
    """Every file of the site's source: its name there, and the file that it is a copy of."""
    site = course.root / "site"
    files = {name(path, site): path for path in site.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    files |= {f"{WIDGETS}/{path.name}": path for path in (course.root / "gradschool" / "show" / "static").iterdir()}
    for unit in course.units():
        for text in unit.readings:
            files |= {name(path, course.root): path for path in (text, text.with_suffix(".ipynb"))}
        for text in unit.problem_sets:
            released = course.release / text.stem / f"{text.stem}.ipynb"
            files[name(released, course.root)] = released
    return files


def name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def stage(course: Course, source: Path) -> None:
    """Bring `source` up to date. A file that has not changed keeps its date, so that Sphinx leaves its page alone.

    Raises:
        CourseError: if a notebook has not been built yet.
    """
    files = pages(course)
    for file, origin in files.items():
        copy = source / file
        if not origin.is_file():
            raise CourseError(f"{name(origin, course.root)} is missing. `make release` builds it.")
        if not copy.is_file() or copy.read_bytes() != origin.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(origin, copy)
    for copy in [path for path in source.rglob("*") if path.is_file() and name(path, source) not in files]:
        copy.unlink()


def outputs(course: Course, kept: Path) -> Path:
    """Where lectures' outputs are kept from one build to the next: another place once the package has changed.

    What a lecture shows depends on its own cells, by which its outputs are found again, and on the package and the
    libraries that they call.
    """
    current = kept / digest(shown(course))
    for other in kept.glob("*"):
        if other != current:
            shutil.rmtree(other)
    return current


def digest(files: Iterable[Path]) -> str:
    """A short name for the content of some files."""
    content = hashlib.sha256()
    for path in files:
        content.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest()[:16]


def shown(course: Course) -> Iterator[Path]:
    """All that a lecture's outputs depend on, besides the lecture."""
    yield course.root / "requirements.lock"
    package = course.root / "gradschool"
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        if path.is_file() and "__pycache__" not in inside and inside[0] not in NOT_FOR_READERS:
            yield path
