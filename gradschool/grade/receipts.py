"""What is kept with each mark: what it was made from, and how.

    autograded/<student>/<ps>/receipt.json

Whoever has the same submission, checks, secret and versions can derive the marks again; `verify` does. The seed of the
random points is in it only as a hash: who knew the seed would know the points.
"""

import hashlib
import json
import platform
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from nbformat import NotebookNode

from gradschool.course import workspace
from gradschool.grade.rooms import sandbox

RECEIPT = "receipt.json"
PACKAGES = ("gradschool", "nbgrader", "numpy", "scipy", "autograd", "scikit-learn")


def conditions(walls: bool) -> dict:
    """How this process examines: its isolation, and what runs in it and in its rooms."""
    return {
        "isolation": sandbox.WALLS if walls else sandbox.NO_WALLS,
        "walls": sandbox.in_words(walls),
        "versions": versions(),
        "python": platform.python_version(),
    }


@lru_cache
def versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found


def write(folder: Path, fingerprint: str, known: dict, examined: NotebookNode) -> None:
    """The receipt of marks. Written last: where there is one, grading went through.

    fingerprint : of all that makes it necessary to grade again. known : see `made_from`.
    """
    receipt = {"fingerprint": fingerprint, **known, **examined.metadata.get("gradschool", {})}
    write_whole(folder / RECEIPT, json.dumps(receipt, indent=1) + "\n")


def made_from(submission: str, checks: str, seed: str) -> dict[str, str]:
    """Hashes of what marks are made from: the rebuilt notebook, the notebook with the checks, the seed."""
    return {"submission": sha256(submission), "checks": sha256(checks), "seed": sha256(seed)}


def read(folder: Path) -> dict | None:
    """The receipt in a folder; None if there is none that can be read."""
    try:
        receipt = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return receipt if isinstance(receipt, dict) else None


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    workspace.write(path, text.encode("utf-8"))
