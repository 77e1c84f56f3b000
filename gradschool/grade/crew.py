"""Where the work on a class is done: in this process, in several of this machine, or on a Dask cluster.

A task is a generator that yields calls, (function, *arguments), and is sent what each returns: between two calls it
runs here, so that only one process writes to the gradebook; the calls run wherever the crew is.

A process that ends in the middle of a call takes nobody's marks along. Whoever was under way then is tried again, one
at a time: who ends its process now ends nobody else's, and is given up after so many tries.
"""

import contextlib
import os
import threading
import time
from collections import deque
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from functools import partial

from gradschool.course.layout import CourseError
from gradschool.grade.rooms import sandbox

TRIES = 2  # for a call by itself, after it was under way when a process ended
AT_HAND = 2  # calls under way for each process, so that none waits for the next one
ANSWER = 20  # seconds that a scheduler has for an answer, and its first worker to be there


class WorkerDied(Exception):
    """The process that worked on a submission ended, and again when it worked on nothing else."""


class Crew:
    """Runs calls for tasks. A context manager: those that work for it end with it, at once if there was an error.

    jobs : how many processes; with 1 everything happens in this one. scheduler : the address of a Dask scheduler,
    whose workers have this package installed. walls : whether the calls need a sandbox where they run.

    Raises:
        CourseError: if there is no Dask, nobody answers at the address, or a worker there cannot do the work.
    """

    def __init__(self, jobs=1, scheduler=None, walls=True):
        if scheduler is not None:
            self.place = Cluster(scheduler, walls)
        else:
            self.place = Here() if jobs == 1 else Pool(jobs)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        self.place.close(now=kind is not None)

    def run(self, tasks):
        """Work on the tasks, some at once, and give what each returns as soon as it has."""
        tasks, under_way, suspects = iter(tasks), {}, deque()
        more = True
        while more or under_way or suspects:
            while more and not suspects and len(under_way) < self.place.at_once:
                task = next(tasks, None)
                more = task is not None
                if more:
                    yield from self._go_on(task, partial(next, task), under_way)
            if suspects and not under_way:
                yield from self._go_on(*suspects.popleft(), under_way)
            elif under_way:
                yield from self._gather(under_way, suspects)

    def _gather(self, under_way, suspects):
        """Go on with the tasks whose calls have come back."""
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            task, call, alone = under_way.pop(future)
            try:
                step = partial(task.send, future.result())
            except BrokenExecutor:
                self.place.renew()
                if alone < TRIES:
                    suspects.append((task, partial(_same, call), alone + 1))
                    continue
                died = f"the process that graded it ended, {TRIES + 1} times in a row"
                step = partial(task.throw, WorkerDied(died))
            except Exception as error:
                step = partial(task.throw, self.place.explained(error))
            yield from self._go_on(task, step, under_way)

    def _go_on(self, task, step, *more):
        *alone, under_way = more
        try:
            call = step()
        except StopIteration as end:
            yield end.value
        else:
            under_way[self.place.submit(call)] = task, call, *(alone or [0])


def _same(call):
    return call
