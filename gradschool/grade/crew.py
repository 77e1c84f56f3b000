"""Where the work on a class is done: in this process, in several of this machine, or on a Dask cluster.

A task is a generator that yields calls, (function, *arguments), and is sent what each returns: between two calls it
runs here, so that only one process writes to the gradebook; the calls run wherever the crew is.

A process that ends in the middle of a call takes nobody's marks along. Whoever was under way then is tried again, one
at a time: who ends its process now ends nobody else's, and is given up after so many tries.
"""

import contextlib
import os
import pickle
import threading
import time
from collections import deque
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    wait,
)
from functools import partial

from gradschool.course.layout import CourseError
from gradschool.grade import processes
from gradschool.grade.rooms import questions, sandbox

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

    def insist_that_it_travels(self, thing, name):
        """Raises CourseError if calls are done elsewhere and this cannot get there."""
        if isinstance(self.place, Here):
            return
        try:
            pickle.dumps(thing)
        except Exception as error:
            raise CourseError(
                f"{name} holds something that cannot be sent to other processes ({error}). Put what you defined there "
                "into a module that they can import, or grade with JOBS=1."
            ) from None

    def prepare(self, *call):
        """Have a call done once in each process, while this one does something else. What comes of it nobody asks."""
        self.place.prepare(call)

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
                task, call, tries = suspects.popleft()
                self._send(task, call, tries, under_way)
            elif under_way:
                yield from self._gather(under_way, suspects)

    def _gather(self, under_way, suspects):
        """Go on with the tasks whose calls have come back."""
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            task, call, tries = under_way.pop(future)
            try:
                step = partial(task.send, future.result())
            except BrokenExecutor:
                self.place.replace(future)
                if tries < TRIES:
                    suspects.append((task, call, tries + 1))
                    continue
                died = WorkerDied(f"the process that graded it ended, {TRIES + 1} times in a row")
                step = partial(task.throw, died)
            except Exception as error:
                step = partial(task.throw, self.place.explained(error))
            yield from self._go_on(task, step, under_way)

    def _go_on(self, task, step, under_way):
        try:
            call = step()
        except StopIteration as end:
            yield end.value
        else:
            self._send(task, call, 0, under_way)

    def _send(self, task, call, tries, under_way):
        """tries : how often the call has been sent by itself; 0 if others are under way with it."""
        under_way[self.place.submit(call)] = task, call, tries


class Here:
    """This process: a call is done at once."""

    at_once = 1

    def prepare(self, call):
        """It would only be done sooner."""

    def submit(self, call):
        function, *arguments = call
        future = Future()
        try:
            future.set_result(function(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future

    def explained(self, error):
        return error

    def close(self, now):
        pass


class Pool:
    """So many processes of this machine."""

    def __init__(self, jobs):
        self.jobs, self.at_once = jobs, AT_HAND * jobs
        self.context = processes.context()
        # Nobody writes to it: when this process lets go of its end, or is gone, the others see that and end.
        self.theirs, self.lifeline = self.context.Pipe(duplex=False)
        self.executor = self._executor()

    def _executor(self):
        turn = self.context.Value("i", 0)
        return ProcessPoolExecutor(self.jobs, self.context, initializer=_begin, initargs=(self.theirs, turn, self.jobs))

    def prepare(self, call):
        for _ in range(self.jobs):
            self.executor.submit(*call)

    def submit(self, call):
        try:
            future = self.executor.submit(*call)
        except BrokenExecutor as broken:  # since a moment ago
            future = Future()
            future.set_exception(broken)
        future.executor = self.executor
        return future

    def replace(self, future):
        """Other processes, if those that the future was waiting for still are the ones that get the calls."""
        if future.executor is self.executor:
            self.executor.shutdown()
            self.executor = self._executor()

    def explained(self, error):
        return error

    def close(self, now):
        if now:
            self.lifeline.close()
        self.executor.shutdown(cancel_futures=True)
        self.lifeline.close()
        self.theirs.close()


def _begin(lifeline, turn, jobs):
    """In each process of a pool: Ctrl-C is for the one that leads, and nobody outlives it."""
    import signal

    _stay_on_a_core(turn, jobs)
    questions.replaceable = True
    # Not SIG_IGN and not blocked: both would be handed down to the exam rooms.
    signal.signal(signal.SIGINT, lambda *_: None)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})

    def follow():
        with contextlib.suppress(OSError):
            lifeline.poll(None)
        sandbox.abandon()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _stay_on_a_core(turn, jobs):
    """If there is a process for each core, keep this one, and with it its rooms, on one.

    A check and the answer that it calls take turns, thousands of times. On one core the next one is there at once; on
    two, one of them has to be woken up each time.
    """
    if hasattr(os, "sched_setaffinity") and jobs == processes.cores():
        with turn.get_lock():
            mine, turn.value = turn.value, turn.value + 1
        allowed = sorted(os.sched_getaffinity(0))
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, {allowed[mine % len(allowed)]})


class Cluster:
    """The workers of a Dask scheduler. What happens when one of them ends is Dask's business: others do its calls."""

    def __init__(self, address, walls):
        self.address = address
        self.client = _client(address)
        try:
            self._look_at_workers(walls)
            self.executor = self.client.get_executor(pure=False, retries=2)
        except BaseException:
            self.client.close()
            raise

    def _look_at_workers(self, walls):
        """Raises CourseError if there are none, or one that cannot do the work."""
        try:
            self.client.wait_for_workers(1, timeout=ANSWER)
        except TimeoutError:
            raise CourseError(f"The Dask scheduler at {self.address} has no workers.") from None
        ours = about_here(walls)
        for worker, theirs in self.client.run(about_here, walls, on_error="return").items():
            if isinstance(theirs, Exception):
                raise CourseError(f"The Dask worker {worker} cannot grade: {type(theirs).__name__}: {theirs}")
            if theirs["trouble"]:
                raise CourseError(f"There is no sandbox for other people's code at {worker}: {theirs['trouble']}.")
            if theirs["versions"] != ours["versions"]:
                there, here = (", ".join(each["versions"]) for each in (theirs, ours))
                raise CourseError(f"The Dask worker {worker} has {there}; here it is {here}.")
        self.looked, self.workers = time.monotonic(), len(self.client.nthreads())

    @property
    def at_once(self):
        """Workers come and go."""
        if time.monotonic() > self.looked + 5:
            self.looked, self.workers = time.monotonic(), len(self.client.nthreads())
        return AT_HAND * max(self.workers, 1)

    def prepare(self, call):
        """Which worker gets it is for the scheduler to say."""

    def submit(self, call):
        return self.executor.submit(_in_turn, *call)

    def explained(self, error):
        """Raises CourseError if nobody is there any more."""
        from distributed import KilledWorker

        if isinstance(error, CancelledError):
            raise CourseError(f"The Dask scheduler at {self.address} is gone. What was graded is kept.") from None
        if isinstance(error, KilledWorker):
            return WorkerDied("the Dask workers that graded it ended, one after the other")
        return error

    def close(self, now):
        self.executor.shutdown(wait=False)
        self.client.close()


_turn = threading.Lock()


def _in_turn(function, *arguments):
    """A worker may have several threads, and grading needs a process: it changes the environment and sys.stdout."""
    with _turn:
        questions.replaceable = True  # a worker has a nanny
        return function(*arguments)


def about_here(walls):
    """Whether and with what this machine can grade."""
    from gradschool.grade.receipts import versions

    trouble = sandbox.why_no_walls() if walls else None
    return {"trouble": trouble, "versions": [f"{name} {number}" for name, number in versions().items()]}


def _client(address):
    try:
        from distributed import Client
    except ImportError:
        raise CourseError("--scheduler needs Dask: pip install 'gradschool[cluster]'") from None
    try:
        return Client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise CourseError(f"No Dask scheduler answers at {address}: {error}") from None
