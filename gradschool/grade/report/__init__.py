"""What grading found out about a class, for people and for other programs to read.

    words.py         one student's work in sentences
    terminal.py      the table that `make grade` prints
    spreadsheet.py   grades.csv
    reading.py       the graded class again, from what grading left: nothing runs
    causes.py        why checks failed, equal reasons as one
    analysis.py      marks and questions in numbers, and the checks that look wrong
    lms.py           marks as Moodle and Canvas import them
    page.py          the class report, one HTML file
    make.py          `make report`: all of these files

Only the first three are loaded with the package; they are what grading itself needs.
"""

from gradschool.grade.report.spreadsheet import safe_cell, write_csv
from gradschool.grade.report.terminal import table
from gradschool.grade.report.words import duration, remarks

__all__ = ["duration", "remarks", "safe_cell", "table", "write_csv"]
