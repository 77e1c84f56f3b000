"""Where the work on a class is done: in this process, in several of this machine, or on a Dask cluster.

A task is a generator that yields calls, (function, *arguments), and is sent what each returns: between two calls it
runs here, so that only one process writes to the gradebook; the calls run wherever the crew is.
"""

import os
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from functools import partial

from gradschool.course.layout import CourseError


class WorkerDied(Exception):
    """The process that worked on a submission ended, and once more when it worked on nothing else."""


class Crew:
    """Runs calls for tasks. A context manager: those that work for it end with it.

    jobs : how many processes; with 1 everything happens in this one. scheduler : the address of a Dask scheduler,
    whose workers have this package installed.

    Raises:
        CourseError: if there is no Dask, or nobody answers at the address.
    """

    def __init__(self, jobs=1, scheduler=None):
        self.jobs, self.scheduler, self.client = jobs, scheduler, None
        self.executor, self.at_once = self._executor()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.executor.shutdown(wait=False, cancel_futures=True)
        if self.client is not None:
            self.client.close()

    def run(self, tasks):
        """Work on the tasks, some at once, and give what each returns as soon as it has."""
        tasks, under_way, suspects = iter(tasks), {}, deque()
        more = True
        while more or under_way or suspects:
            while more and not suspects and len(under_way) < self.at_once:
                task = next(tasks, None)
                more = task is not None
                if more:
                    yield from self._go_on(task, partial(next, task), under_way)
            if suspects and not under_way:  # one at a time: who breaks its process now breaks nobody else's
                self.executor, self.at_once = self._executor()
                task, call = suspects.popleft()
                under_way[self.executor.submit(*call)] = task, call
                yield from self._gather(under_way, suspects, alone=True)
            elif under_way:
                yield from self._gather(under_way, suspects)

    def _gather(self, under_way, suspects, alone=False):
        """Go on with the tasks whose calls have come back."""
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            task, call = under_way.pop(future)
            try:
                step = partial(task.send, future.result())
            except BrokenExecutor:
                if not alone:
                    suspects.append((task, call))
                    continue
                self.executor, self.at_once = self._executor()
                step = partial(task.throw, WorkerDied("the process that graded it ended, twice"))
            except Exception as error:
                step = partial(task.throw, error)
            yield from self._go_on(task, step, under_way)

    def _go_on(self, task, step, under_way):
        try:
            call = step()
        except StopIteration as end:
            yield end.value
        else:
            try:
                under_way[self.executor.submit(*call)] = task, call
            except BrokenExecutor as broken:  # since a moment ago
                failed = Future()
                failed.set_exception(broken)
                under_way[failed] = task, call

    def _executor(self):
        """Somebody to do the calls, and how many of them to have under way so that nobody waits."""
        if self.scheduler is not None:
            self.client = self.client or _client(self.scheduler)
            return self.client.get_executor(pure=False, retries=2), 2 * max(sum(self.client.nthreads().values()), 1)
        if self.jobs == 1:
            return Here(), 1
        return ProcessPoolExecutor(self.jobs, mp_context=_context(), initializer=_begin), 2 * self.jobs


class Here(Executor):
    """Does a call at once, in this process."""

    def submit(self, function, /, *arguments):
        future = Future()
        try:
            future.set_result(function(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


def cores():
    """How many processes can run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _context():
    """How processes are started: afresh, with nothing of this one's database or threads."""
    import multiprocessing

    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["gradschool.grade.examine"])
    return context


def _begin():
    """In each process of a crew: Ctrl-C is for the one that leads, and nobody outlives it."""
    import multiprocessing
    import signal
    import threading
    from multiprocessing.connection import wait as wait_for

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leader = multiprocessing.parent_process()

    def follow():
        wait_for([leader.sentinel])
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _client(address):
    try:
        from distributed import Client
    except ImportError:
        raise CourseError("--scheduler needs Dask: pip install 'gradschool[cluster]'") from None
    try:
        return Client(address, timeout=20)
    except (OSError, TimeoutError, ValueError) as error:
        raise CourseError(f"No Dask scheduler answers at {address}: {error}") from None
