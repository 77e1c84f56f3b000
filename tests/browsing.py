"""JupyterLab in a real browser: what the browser tests have in common. A plugin of pytest, named in conftest.py.

Screenshots go to build/screenshots/, to be looked at by a person.
"""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "build" / "screenshots"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
SECONDS = 1000  # playwright counts in milliseconds
IN_A_BROWSER = [  # marks of tests that need one
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; on Debian: apt install chromium"),
]


class Server:
    """JupyterLab as a command of the course starts it, on a copy of the course."""

    def __init__(self, root, command):
        self.root = root
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = (root / f"{command}.log").open("w", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gradschool.cli", command, "--no-browser", "--allow-root", f"--port={port}",
             "--ServerApp.port_retries=0", "--IdentityProvider.token=secret"],
            cwd=root, stdout=self.log, stderr=subprocess.STDOUT)
        for _ in range(300):
            if self.process.poll() is not None:
                break
            try:
                self.get("api/status")
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"JupyterLab did not start: {Path(self.log.name).read_text(encoding='utf-8')}")

    def get(self, path):
        return json.loads(self.ask(path))

    def ask(self, path, method="GET"):
        request = urllib.request.Request(f"{self.url}/{path}?token=secret", method=method)
        for last in (False, False, True):  # a server that is busy may fail once
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return answer.read()
            except urllib.error.HTTPError as error:
                if last or method != "GET" or error.code < 500:
                    raise
            time.sleep(1)

    def close_notebooks(self):
        for session in self.get("api/sessions"):
            self.ask(f"api/sessions/{session['id']}", "DELETE")

    def wait_until_idle(self):
        """Wait until the only kernel has been connected and idle for a second."""
        calm = 0
        for _ in range(600):
            states = [(k["execution_state"], k["connections"] > 0) for k in self.get("api/kernels")]
            calm = calm + 1 if states == [("idle", True)] else 0
            if calm >= 5:
                return
            time.sleep(0.2)
        raise RuntimeError(f"the kernel did not come to rest: {states}")

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.log.close()


@pytest.fixture(scope="session")
def clone(tmp_path_factory):
    """A copy of what a clone holds, so that no developer's work/ or gradebook is touched."""
    root = tmp_path_factory.mktemp("clone")
    for name in ("course", "source", "release"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return root


@pytest.fixture(scope="session")
def lab(clone):
    """JupyterLab on that copy, for all tests of a run."""
    server = Server(clone, "lab")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def chromium():
    """A browser for the tests of one module: while it is open an event loop runs, which other tests cannot have."""
    playwright = pytest.importorskip("playwright.sync_api")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, lab):
    """Opens a page in a colour scheme; afterwards no page and no kernel is left to the next test."""
    pages = []

    def open_page(scheme="light"):
        pages.append(chromium.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme))
        pages[-1].set_default_timeout(60 * SECONDS)
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()
    lab.close_notebooks()


@pytest.fixture
def page(new_page):
    return new_page()


def wait_for_notebook(page, lab):
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for()
    lab.wait_until_idle()


def open_notebook(page, lab, path):
    """Open one notebook and nothing else: `reset` forgets what an earlier test had open."""
    page.goto(f"{lab.url}/lab/tree/{path}?token=secret&reset")
    wait_for_notebook(page, lab)


def run_all(page):
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()


def write_notebook(clone, name, *cells):
    """A notebook of these code cells in the copy's work/, to be opened by its name."""
    described = [
        {"cell_type": "code", "id": f"cell-{k}", "execution_count": None, "metadata": {}, "outputs": [], "source": cell}
        for k, cell in enumerate(cells)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": described, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (clone / "work" / name).write_text(json.dumps(notebook), encoding="utf-8")
