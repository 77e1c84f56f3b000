"""Grading: what was handed in becomes marks, feedback and a table, and nothing handed in can stop the class.

The way of one submission:

    submitted/          what the student handed in; only ever read
      submissions.py    who handed in what, when, and under which id
      intake.py         rebuilds the notebook from the released one and the text of the student's answers
      crew.py           takes it to where there is time for it: another process (processes.py), or a cluster
      examine.py        runs it and makes its feedback page, by the steps that nbgrader_config.py names
      rooms/            the student's cells in a sandbox, the checks outside it, plain values between them
      preprocessors.py  the steps that are ours
      gradebook.py      puts its marks into nbgrader's database, in one transaction, by the statements of tables.py
    autograded/, gradebook.db
      verdicts.py       why each point was lost
      pages.py          how feedback shows Markdown and outputs, with no script and nothing to fetch
    feedback/, grades.csv

`classroom.py` goes through the class and makes `results.py`; `report/` writes them as a table, spreadsheets and a
page; `collect.py` brings in an LMS zip. `gradebook.py` is the only module that opens nbgrader's database; between
processes and in autograded/ a notebook is text as `compact.py` has it. For `nbgrader autograde` and the formgrader,
nbgrader takes the same steps in its own order.

A submission runs in an exam room of its own: a process under bubblewrap that sees the interpreter, the libraries and
nothing of the course. Check cells run in the process that examines, and meet the answers as proxies. So a hostile
notebook can neither read solutions nor change marks, and what it breaks is its own. rooms/sandbox.py says what two
rooms share. Where no sandbox can be had, grading stops, unless the instructor says that the submissions are trusted.
"""
