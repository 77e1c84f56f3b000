"""A student's first hour, in a real browser: the start page, the released problem set, Validate, the panels.

Screenshots go to build/screenshots/, to be looked at by a person.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "build" / "screenshots"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
SECONDS = 1000  # playwright counts in milliseconds
PS1 = "01_finite_differences/ps1.ipynb"

MISTAKE = """import numpy as np
from gradschool.check import check_gradient, labels, normal


def loss(w, X, t):
    s = X @ w
    return np.mean(np.log(1 + np.exp(s)) - t * s)


def loss_gradient(w, X, t):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p - t)


check_gradient(loss_gradient, of=loss, at=dict(w=normal(3), X=normal(8, 3), t=labels(8)))"""

pytestmark = [
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
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

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


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of what a clone holds, so that no developer's work/ or gradebook is touched."""
    root = tmp_path_factory.mktemp("course")
    for name in ("course", "source", "release"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return root


@pytest.fixture(scope="module")
def lab(course):
    server = Server(course, "lab")
    yield server
    server.stop()


@pytest.fixture(scope="module")
def chromium():
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


def validate(page):
    """Press Validate; return what the dialog says."""
    page.locator("jp-button.validate-button").click()
    dialog = page.locator(".jp-Dialog", has_text="Validation Results")
    dialog.wait_for(timeout=120 * SECONDS)
    said = dialog.inner_text()
    dialog.get_by_text("Ok", exact=True).click()
    dialog.wait_for(state="hidden")
    return said


def answer(page, index, code):
    """Replace the text of a cell, as a paste does."""
    cell = page.locator(f".jp-NotebookPanel .jp-Cell[data-windowed-list-index='{index}']")
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(code)
    page.keyboard.press("Escape")


def contrast(page, selector):
    """The lowest contrast of text in an element against the nearest opaque background (WCAG 2)."""
    return page.locator(selector).first.evaluate("""panel => {
        const rgb = c => c.match(/[\\d.]+/g).map(Number);
        const light = c => { const [r, g, b] = c.map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
            if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
        const texts = [...panel.querySelectorAll('*')].filter(e => e.getClientRects().length
            && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()));
        return Math.min(...texts.map(e => { const a = light(rgb(getComputedStyle(e).color)) + 0.05,
            b = light(ground(e)) + 0.05; return Math.max(a, b) / Math.min(a, b); }));
    }""")


def test_the_start_page_lists_the_units_with_links(page, lab):
    page.goto(f"{lab.url}/?token=secret")
    page.locator(".jp-MarkdownViewer td a").first.wait_for()
    links = page.locator(".jp-MarkdownViewer td a").all_inner_texts()
    assert [link.split(":")[0] for link in links] == ["Finite differences", "Problem set 1"]
    page.screenshot(path=PICTURES / "start_page.png")


def test_a_student_sees_failures_then_answers_and_sees_success(page, lab):
    page.goto(f"{lab.url}/lab/tree/start.md?token=secret&reset")
    page.locator(f".jp-MarkdownViewer td a[href*='{PS1}']").click()
    wait_for_notebook(page, lab)
    run_all(page)
    page.locator(".jp-NotebookPanel .gradschool-verdict").first.wait_for()
    lab.wait_until_idle()
    page.locator(".gradschool-verdict").first.scroll_into_view_if_needed()
    time.sleep(1)  # the notebook draws cells a moment after it has scrolled
    page.screenshot(path=PICTURES / "ps1_untouched.png")
    said = validate(page)
    assert "failed" in said and "NotImplementedError" in said, said

    cells = json.loads((ROOT / "source" / "ps1" / "ps1.ipynb").read_text(encoding="utf-8"))["cells"]
    for index, cell in enumerate(cells):
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            answer(page, index, re.sub(r" *### (BEGIN|END) SOLUTION\n?", "", "".join(cell["source"])))
    said = validate(page)
    page.screenshot(path=PICTURES / "ps1_answered.png")
    assert "Success" in said and "failed" not in said


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_panel_is_readable(new_page, course, lab, scheme):
    cell = {"cell_type": "code", "id": "panel", "execution_count": None, "metadata": {}, "outputs": [],
            "source": MISTAKE}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": [cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    name = f"panel_{scheme}.ipynb"
    (course / "work" / name).write_text(json.dumps(notebook), encoding="utf-8")
    page = new_page(scheme)
    open_notebook(page, lab, name)
    page.locator(".jp-NotebookPanel .cm-content").first.click()
    page.keyboard.press("Control+Enter")
    panel = ".jp-NotebookPanel .gradschool-verdict"
    page.locator(panel).first.wait_for()
    lab.wait_until_idle()
    assert page.evaluate("document.body.dataset.jpThemeLight") == str(scheme == "light").lower()
    page.screenshot(path=PICTURES / f"panel_{scheme}.png")
    said = page.locator(panel).first.inner_text()
    assert "wrong" in said.lower() and "mean" in said.lower()
    assert contrast(page, panel) >= 4.5


def test_the_widget_of_lecture_1_can_be_dragged_by_keyboard(page, lab):
    open_notebook(page, lab, "01_finite_differences/finite_differences.ipynb")
    run_all(page)
    widget = page.locator(".gs-secant")
    slider, words = widget.get_by_role("slider"), widget.get_by_role("status")
    slider.wait_for()
    slider.scroll_into_view_if_needed()
    before = words.inner_text()
    slider.focus()
    for _ in range(40):
        page.keyboard.press("ArrowLeft")
    page.screenshot(path=PICTURES / "secant_widget.png")
    assert words.inner_text() != before and "1.0e-5" in words.inner_text()


def test_the_formgrader_opens(page, course):
    server = Server(course, "formgrader")
    try:
        page.goto(f"{server.url}/?token=secret")
        page.get_by_text("ps1", exact=True).first.wait_for()
        page.screenshot(path=PICTURES / "formgrader.png")
        assert os.path.exists(course / "gradebook.db")
    finally:
        server.stop()
