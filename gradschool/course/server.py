"""What JupyterLab's own server adds for the start page: the page itself, and a look at the learner's answers."""

import asyncio

from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado import web

from gradschool.course import start_page
from gradschool.course.layout import Course
from gradschool.course.looking import look


class Looking:
    """The one look that may go on at a time, and where it is."""

    def __init__(self, course: Course) -> None:
        self.course, self.words, self.task = course, "", None

    @property
    def going_on(self) -> bool:
        return self.task is not None and not self.task.done()

    def begin(self) -> None:
        if not self.going_on:
            self.say("Looking ...")
            self.task = asyncio.create_task(look(self.course, self.say))

    def say(self, words: str) -> None:
        self.words = words

    def page(self) -> dict:
        """What the browser shows; a look that failed by itself says so once more than in the server's log."""
        failed = self.task is not None and self.task.done() and not self.task.cancelled() and self.task.exception()
        words = self.words if self.going_on else f"The look came to no end: {failed!r}" if failed else ""
        return {"html": start_page.page(self.course, words), "looking": self.going_on}


class StartHandler(APIHandler):
    def initialize(self, looking: Looking) -> None:
        self.looking = looking

    @web.authenticated
    async def get(self) -> None:
        self.finish(self.looking.page())

    @web.authenticated
    async def post(self) -> None:
        """Begin a look, if none is going on."""
        self.looking.begin()
        self.set_status(202)
        self.finish(self.looking.page())


def _jupyter_server_extension_points() -> list[dict]:
    return [{"module": "gradschool.course.server"}]


def _load_jupyter_server_extension(server) -> None:
    address = url_path_join(server.web_app.settings["base_url"], "gradschool/start")
    server.web_app.add_handlers(".*$", [(address, StartHandler, {"looking": Looking(Course.here())})])
