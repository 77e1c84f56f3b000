"""Calls of one check cell that go to the room together.

A message to the room and back takes longer than most answers do. So a check cell is first run with an `Agenda`: a check
notes what it would call, takes the answer for right, and when the cell has ended all calls are made by one message. If
something turns out not to be right the cell is run again, one check after the other, and that run counts. So nothing
can be found here but that everything is right; and that is found by the same comparisons.

A call can be put off only if nobody sees that it has not been made yet. It has its arguments as they were, for they are
packed at once. It may call back functions that keep nothing: what they hold is looked at, before and afterwards. And
nothing overtakes it: where a call cannot be put off, those that have been are made first.
"""

from dataclasses import dataclass

from gradschool.check import plain
from gradschool.check.disclosed import state_of
from gradschool.grade.rooms.exam import complete

MOST_BYTES = 2**20  # of the arrays of one call


@dataclass
class Item:
    """Calls in turn, for one check. group, buffers : as they travel; known : how many callbacks were there before.
    stands : says of the replies whether the answer stands."""

    group: list
    buffers: list
    known: int
    calls: list
    quick: float
    patience: float
    stands: object = None
    replies: list | None = None

    def right(self):
        return complete(self.replies, self.calls, self.quick) and self.stands(self.replies)


class Agenda:
    """What has been put off for a room."""

    def __init__(self, room):
        self.room, self.items, self.callbacks, self.states = room, [], [], []
        self.made, self.right = 0, True
        self.open = False  # whether anything has been put off

    def put_off(self, name, task, calls, quick, patience):
        """See `check.call.put_off`."""
        known = len(self.callbacks)
        self.room.callbacks = self.callbacks
        item = Item(*self.room.packed(name, task, calls, quick, patience), known, calls, quick, patience)
        states = [state_of(callback) for callback in self.callbacks[known:]]
        if None in states or sum(map(len, item.buffers)) > MOST_BYTES:
            del self.callbacks[known:]
            return None
        self.states += states
        self.open = True

        def agreed(stands):
            item.stands = stands
            self.items.append(item)

        return agreed

    def make_calls(self):
        """Those that have not been made yet."""
        waiting = self.items[self.made :]
        self.made = len(self.items)
        if not waiting:
            return
        self.room.callbacks = self.callbacks
        buffers = [data for item in waiting for data in item.buffers]
        seconds = sum(len(item.calls) * item.patience for item in waiting)
        found = self.room.ask_for([item.group for item in waiting], buffers, seconds) or []
        for item, replies in zip(waiting, found, strict=False):
            item.replies = replies
        self.right = self.right and len(found) == len(waiting) and all(item.right() for item in waiting)

    def all_right(self):
        """Whether everything that was put off is right, and nobody could see that it was put off."""
        self.make_calls()
        return self.right and not self.seen()

    def seen(self):
        """Whether a callback has kept something."""
        return any(not plain.same(state_of(each), was) for each, was in zip(self.callbacks, self.states, strict=True))


class Recollection:
    """For the second run: what the calls of the first one gave. They are not made again, for an answer may remember;
    but for those that a callback may have to be told of once more."""

    open = False

    def __init__(self, agenda):
        self.room, self.items = agenda.room, iter([] if agenda.seen() else agenda.items)
        self.next = next(self.items, None)

    def put_off(self, name, *parts):
        """Nothing is, but the room has the replies ready if these calls were made."""
        if self.next is not None and self.next.replies is not None:
            self.room.callbacks = [None] * self.next.known
            if self.room.packed(name, *parts) == (self.next.group, self.next.buffers):
                self.room.ready, self.next = self.next.replies, next(self.items, None)

    def make_calls(self):
        """There are none."""

    def all_right(self):
        return True
