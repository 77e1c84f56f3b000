"""A student's own copies, in `work/`.

The rule is that nothing a student changed is ever overwritten. What we last put there is remembered by its
hash; a file that still has that hash is ours to renew, any other is theirs, and a newer release goes beside it.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from gradschool.course.layout import Course, Unit, first_heading

MANIFEST = ".gradschool.json"
START = "start.md"


@dataclass(frozen=True)
class Copied:
    """What happened to one file of `work/`: "new", "renewed", or "beside" a copy that the student changed."""

    what: str
    path: Path
    kept: Path | None = None

    def __str__(self) -> str:
        if self.what == "beside":
            return f"{self.kept} is yours and stays as it is. Its newer release is beside it: {self.path.name}"
        return f"{self.what}: {self.path}"


def update(course: Course) -> list[Copied]:
    """Bring `work/` up to date and return what was done. Files that the student changed are left alone."""
    work = course.work
    work.mkdir(exist_ok=True)
    manifest = read_manifest(work)
    done = []
    for name, content in contents(course).items():
        entry = place(work, name, content, manifest)
        if entry:
            done.append(entry)
            write_manifest(work, manifest)  # after every file: an interrupted run forgets nothing
    return done


def contents(course: Course) -> dict[str, bytes]:
    """Every file that belongs in `work/`, by its name there."""
    files = {START: start_page(course).encode()}
    for unit in course.units():
        for text in unit.readings:
            notebook = text.with_suffix(".ipynb")
            files[f"{unit.folder.name}/{notebook.name}"] = notebook.read_bytes()
        for text in unit.problem_sets:
            released = course.release / text.stem / f"{text.stem}.ipynb"
            files[f"{unit.folder.name}/{released.name}"] = released.read_bytes()
    return files


def place(work: Path, name: str, content: bytes, manifest: dict[str, str]) -> Copied | None:
    """Put one file into `work/`, or its newer release beside it; None if there is nothing to do."""
    path, digest, known = work / name, sha256(content), manifest.get(name)
    if path.exists():
        found = sha256(path.read_bytes())
        if digest in (found, known):
            # Either it is this very release, or the student's own version of it.
            manifest[name] = digest
            return None
        if found != known:
            beside = free_name(path)
            write(beside, content)
            manifest[name] = digest
            return Copied("beside", beside, kept=path)
    what = "renewed" if path.exists() else "new"
    write(path, content)
    manifest[name] = digest
    return Copied(what, path)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def free_name(path: Path, label: str = "new release") -> Path:
    """A name beside `path` that nothing has yet: "ps1 (new release).ipynb", then "(new release 2)"."""
    count = 1
    while True:
        candidate = path.with_name(f"{path.stem} ({label if count == 1 else f'{label} {count}'}){path.suffix}")
        if not candidate.exists():
            return candidate
        count += 1


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read_manifest(work: Path) -> dict[str, str]:
    """What we last put into `work/`. An unreadable manifest counts as empty: every file is then the student's."""
    try:
        manifest = json.loads((work / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def write_manifest(work: Path, manifest: dict[str, str]) -> None:
    write(work / MANIFEST, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())


def start_page(course: Course) -> str:
    """Every unit with links to its lecture and its problem sets, for whoever opens `work/` without `make lab`.

    JupyterLab opens on a page that also knows what passes: start_page.py.
    """
    rows = "\n".join(start_row(unit) for unit in course.units())
    return f"""# Gradient School

Derivatives by machine, built by hand. Read a lecture, run its cells, then do its problem set.

| Unit | Lecture | Problem sets |
|---|---|---|
{rows}

**How to work.** Run a cell with Shift+Enter. In a problem set, write your answer where it says
`YOUR CODE HERE`, then run the check below it. A check says at once whether the answer is right and, if it
can, why not. *Validate* in the toolbar runs the whole notebook afresh.

**How far you are.** `make progress` runs your problem sets and says which questions pass; so does the tab *Start*
that `make lab` opens.

**How to start a problem set over.** Rename your notebook and run `make lab` again: a fresh copy takes its place.
Your own files in this folder are never overwritten. When a problem set is released anew after you have
started, the newer one is put beside yours.
"""


def start_row(unit: Unit) -> str:
    def links(texts: tuple[Path, ...]) -> str:
        folder = unit.folder.name
        return " · ".join(f"[{first_heading(text)}]({folder}/{text.with_suffix('.ipynb').name})" for text in texts)

    return f"| {unit.number} | {links(unit.readings)} | {links(unit.problem_sets)} |"
