"""Look at a learner's problem sets: run each in a fresh kernel and see which questions pass their visible checks.

Nothing is written but the record of it; the learner's notebooks are read and never touched.
"""

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager

from gradschool.course.layout import Course
from gradschool.course.progress import Cell, Copy, Seen, Standing, State, read_record, save, standings

SECONDS_A_CELL = 30
SECONDS_TO_STOP = 5
RESTARTS = 3


class KernelLost(Exception):
    """The kernel died, or went on after it was told to stop."""


async def look(
    course: Course,
    tell: Callable[[str], None] = print,
    everything: bool = False,
    seconds: float = SECONDS_A_CELL,
) -> list[str]:
    """Look at what changed since the last look, or at everything; return the problem sets that were looked at.

    `tell` hears, in words, where the look is. `seconds` is the longest that one cell may take.
    """
    looked = []
    for standing in standings(course, read_record(course.work)):
        if (everything and standing.copy) or to_be_looked_at(standing):
            save(course.work, standing.of.name, await look_at(standing.copy, tell, seconds))
            looked.append(standing.of.name)
    return looked


def look_now(course: Course, tell: Callable[[str], None] = print, everything: bool = False) -> list[str]:
    """The same, where no event loop runs yet."""
    # Kernels are talked to through sockets that the default loop of Windows cannot wait for.
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        return runner.run(look(course, tell, everything))


def to_be_looked_at(standing: Standing) -> bool:
    """Whether it changed, or gave trouble last time, which a busy machine may have been to blame for."""
    return standing.changed or bool(standing.copy and standing.seen and standing.seen.troubles)


async def look_at(copy: Copy, tell: Callable[[str], None], seconds: float) -> Seen:
    """Run one copy and see what passes."""
    touched, digest = copy.touched, copy.digest
    ran, troubles = set(), ()
    if touched:
        ran, troubles = await Run(copy, tell, seconds).to_the_end()
    questions = {
        question.name: State.PASSED if ran.issuperset(question.checks) else State.OPEN
        for question in copy.of.questions
        if question.name in touched
    }
    return Seen(copy.path.name, digest, datetime.now().astimezone(), questions, tuple(troubles))


class Run:
    """One run of a copy. A cell that takes the kernel down with it is left out, and the rest is run again."""

    def __init__(self, copy: Copy, tell: Callable[[str], None], seconds: float) -> None:
        self.copy, self.tell, self.seconds = copy, tell, seconds
        self.left_out: set[int] = set()
        self.troubles: dict[int, str] = {}

    async def to_the_end(self) -> tuple[set[str], Iterable[str]]:
        """The names of the cells that ran without an error, and what else there is to say."""
        program = self.copy.program
        for _ in range(1 + RESTARTS):
            ran = set()
            async with Kernel(self.copy.path.parent) as kernel:
                if await self.through(program, kernel, ran):
                    break
        return ran, self.troubles.values()

    async def through(self, program: list[Cell], kernel: "Kernel", ran: set[str]) -> bool:
        """Run the program, adding to `ran`; whether the kernel lived to the end of it."""
        places, told = list(self.places(program)), ""
        for index, cell in enumerate(program):
            if index in self.left_out:
                continue
            if places[index] != told:
                told = places[index]
                self.tell(f"Looking at {self.copy.of.name}: {told} ...")
            try:
                if await kernel.run(cell.source, self.seconds):
                    ran.add(cell.name)
            except TimeoutError:
                self.troubles[index] = f"{places[index]} did not come to an end within {self.seconds:g} s"
                self.left_out.add(index)  # should there be another run, it would only take as long again
            except KernelLost as lost:
                self.troubles[index] = f"{places[index]} {lost}"
                self.left_out.add(index)
                return False
        return True

    def places(self, program: list[Cell]) -> Iterable[str]:
        """Where each cell stands, in the learner's words."""
        titles = {question.name: question.title.split(".")[0] for question in self.copy.of.questions}
        place = "the first cells"
        for cell in program:
            place = titles.get(cell.name, place)
            yield place


class Kernel:
    """A fresh Python kernel in a folder, for as long as the `async with` lasts."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.manager = folder, AsyncKernelManager(kernel_name="python3")

    async def __aenter__(self) -> "Kernel":
        # The history that IPython keeps is the learner's own; a warning about the transport is nobody's concern here.
        quiet = ["--HistoryManager.enabled=False", "--log-level=ERROR"]
        await self.manager.start_kernel(cwd=str(self.folder), extra_arguments=quiet)
        self.client = self.manager.client()
        self.client.start_channels()
        try:
            await self.client.wait_for_ready(timeout=60)
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_) -> None:
        self.client.stop_channels()
        await self.manager.shutdown_kernel(now=True)

    async def run(self, source: str, seconds: float) -> bool:
        """Whether a cell runs without an error.

        Raises:
            TimeoutError: if it took too long and was stopped; the kernel goes on.
            KernelLost: if the kernel cannot go on.
        """
        reply = asyncio.ensure_future(
            self.client.execute_interactive(
                source, store_history=False, allow_stdin=False, stop_on_error=False, output_hook=lambda message: None
            )
        )
        try:
            if await self.answered(reply, seconds):
                return reply.result()["content"]["status"] == "ok"
            await self.manager.interrupt_kernel()
            if await self.answered(reply, SECONDS_TO_STOP):
                raise TimeoutError
            raise KernelLost("could not be stopped")
        finally:
            reply.cancel()

    async def answered(self, reply: asyncio.Future, seconds: float) -> bool:
        """Wait for a reply, but not for that of a dead kernel."""
        clock = asyncio.get_running_loop().time
        end = clock() + seconds
        while (left := end - clock()) > 0:
            done, _ = await asyncio.wait({reply}, timeout=min(left, 0.5))
            if done:
                return True
            if not await self.manager.is_alive():
                raise KernelLost("ended the kernel")
        return False
