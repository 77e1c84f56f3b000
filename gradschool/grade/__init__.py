"""Grading: what was handed in becomes marks, feedback and a table, and nothing handed in can stop the class.

The way of one submission:

    submitted/          what the student handed in; only ever read
      submissions.py    who handed in what, when, and under which id
      intake.py         rebuilds the notebook from the released one and the text of the student's answers
    .grading-*/         the rebuilt notebook, alone in its folder; removed at the end
      preprocessors.py  what nbgrader runs it through (named in nbgrader_config.py)
    autograded/, gradebook.db
      verdicts.py       why each point was lost
      pages.py          how feedback shows Markdown and outputs, with no script and nothing to fetch
    feedback/, grades.csv

`classroom.py` goes through the class and makes `results.py`, `report.py` writes them as a table and a
spreadsheet, `collect.py` brings in an LMS zip. `gradebook.py` is the only module that talks to nbgrader's
database and converters.

What this does not do yet: **there is no isolation.** A submission runs with the rights of whoever grades
it, on the same machine, in the same process as the checks that judge it. A hostile notebook can read the
solutions and the gradebook, write files, use the network, and talk the checks into a pass. Intake takes
away what needs no sandbox (edited checks, skipped cells, files that shadow a library), and a broken
submission cannot stop the class or hide another's marks. Grade only submissions of people whom you would
let use your account.
"""
