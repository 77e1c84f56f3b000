"""Calls of one check cell that go to the room together.

A message to the room and back takes longer than most answers do. So a check cell is first run with an agenda: a check
notes what it would call, takes the answer for right, and when the cell has ended all calls are made by one message. If
an answer turns out not to be right the cell is run again, without an agenda, and that run counts. So nothing that is
found here can be wrong but that everything is right; and that is found by the same comparisons.

A call can be put off only if nobody sees that it has not been made yet. It has its arguments as they were, for they are
packed at once. It may call back functions that keep nothing: what they hold is looked at, before and afterwards.
"""

from gradschool.check import plain
from gradschool.check.disclosed import state_of
from gradschool.grade.rooms.exam import complete

MOST_BYTES = 2**20  # of the arrays of one call


class Agenda:
    """What has been put off for a room."""

    def __init__(self, room):
        self.room = room
        self.groups, self.buffers, self.callbacks, self.seconds = [], [], [], 0.0
        self.judges, self.states = [], []  # of the groups; of the callbacks

    def put_off(self, name, task, calls, quick, patience):
        """See `check.call.put_off`."""
        known = len(self.callbacks)
        self.room.callbacks = self.callbacks
        group, buffers = self.room.packed(name, task, calls, quick, patience)
        states = [state_of(callback) for callback in self.callbacks[known:]]
        if None in states or sum(map(len, buffers)) > MOST_BYTES:
            del self.callbacks[known:]
            return None

        self.states += states

        def agreed(stands):
            self.groups.append(group)
            self.buffers += buffers
            self.seconds += len(calls) * patience
            self.judges.append(lambda replies: complete(replies, calls, quick) and stands(replies))

        return agreed

    def all_right(self):
        """Make the calls. Whether everything is right; if not, nothing is known."""
        if not self.groups:
            return True
        self.room.callbacks = self.callbacks
        found = self.room.ask_for(self.groups, self.buffers, self.seconds)
        return (
            found is not None
            and len(found) == len(self.judges)
            and all(judge(replies) for judge, replies in zip(self.judges, found, strict=True))
            and all(plain.same(state_of(each), state) for each, state in zip(self.callbacks, self.states, strict=True))
        )
