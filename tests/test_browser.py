"""A student's first hour, in a real browser: the start page, the released problem set, Validate, the panels."""

import json
import os
import re
import time

import pytest
from browsing import (
    IN_A_BROWSER,
    PICTURES,
    ROOT,
    SECONDS,
    Server,
    open_notebook,
    run_all,
    wait_for_notebook,
    write_notebook,
)

from gradschool.course.layout import Course, first_heading

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

pytestmark = IN_A_BROWSER


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
    units = Course(ROOT).units()
    assert links == [first_heading(text) for unit in units for text in (*unit.readings, *unit.problem_sets)]
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
def test_a_panel_is_readable(new_page, clone, lab, scheme):
    name = f"panel_{scheme}.ipynb"
    write_notebook(clone, name, MISTAKE)
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


def test_the_formgrader_opens(page, clone):
    server = Server(clone, "formgrader")
    try:
        page.goto(f"{server.url}/?token=secret")
        page.get_by_text("ps1", exact=True).first.wait_for()
        page.screenshot(path=PICTURES / "formgrader.png")
        assert os.path.exists(clone / "gradebook.db")
    finally:
        server.stop()
