"""Grading: what was handed in becomes marks, feedback and a table, and nothing handed in can stop the class.

The way of one submission:

    submitted/          what the student handed in; only ever read
      submissions.py    who handed in what, when, and under which id
      intake.py         rebuilds the notebook from the released one and the text of the student's answers
    .grading-*/         the rebuilt notebook, alone in its folder; removed at the end
      preprocessors.py  what nbgrader runs it through (named in nbgrader_config.py)
      rooms/            the student's cells in a sandbox, the checks outside it, plain values between them
    autograded/, gradebook.db
      verdicts.py       why each point was lost
      pages.py          how feedback shows Markdown and outputs, with no script and nothing to fetch
    feedback/, grades.csv

`classroom.py` goes through the class and makes `results.py`; `examine.py` is what `crew.py` has done elsewhere, in
other processes or on a cluster. `report/` writes the results as a table, a spreadsheet and a page, `collect.py` brings in an LMS zip. `gradebook.py` is the only module that talks to nbgrader's
database and converters.

A submission runs in an exam room of its own: a process under bubblewrap that sees the interpreter, the libraries and
nothing of the course. Check cells run in the process that grades, and meet the answers as proxies. So a hostile
notebook can neither read solutions nor change marks, and what it breaks is its own. rooms/sandbox.py says what two
rooms share. Where no sandbox can be had, grading stops, unless the instructor says that the submissions are trusted.
"""
