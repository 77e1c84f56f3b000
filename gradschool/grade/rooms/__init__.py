"""Two rooms: a student's code runs in one, and what it is worth is decided in the other.

    wire.py       what can cross between them: plain values and nothing else
    functions.py  but for this: functions that are no secret, which go into the exam room by their code
    inside.py     the exam room: runs cells, answers calls
    sandbox.py    the outer walls, and what there is where walls cannot be had
    warm.py       the process behind them that has imported everything, and forks a room for each submission
    walls.py      the inner walls, which a room puts up for itself: namespaces, no capabilities, few system calls
    cgroups.py    limits on all processes of a room together
    exam.py       the examiner's side of a room: asks, waits no longer than it must, believes nothing
    questions.py  takes a notebook through both rooms, cell by cell

Check cells run in the examiner's room, in the process that grades. The names that an answer defines are bound there
to proxies, which a check of gradschool.check can call and which offer nothing else. So marks come from values that
crossed the wire and were judged on this side; nothing that the other side prints, patches or claims adds a point.
"""
