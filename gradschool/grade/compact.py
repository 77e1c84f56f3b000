"""Notebooks as text, between processes and in `autograded/`: nbformat's JSON, in one line.

nbformat validates what it writes and what it reads, and writes lines that a person can compare, which Python does
without C's help. Ours are valid, and a class has many.
"""

import json

import nbformat


def dumps(notebook: nbformat.NotebookNode) -> str:
    """The text of a notebook that we made."""
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True)


def loads(text: str) -> nbformat.NotebookNode:
    """A notebook that we wrote."""
    return nbformat.v4.reads(text)
