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

from gradschool.course import progress
from gradschool.course.layout import Course, first_heading

PS1 = "01_finite_differences/ps1.ipynb"
PS2 = "03_forward_mode/ps2.ipynb"

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


def open_start_page(page, lab):
    page.goto(f"{lab.url}/lab?token=secret&reset")
    page.locator(".gs-units").wait_for()


def serious_violations(page, selector):
    """What axe-core finds in an element that keeps people out."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    found = axe.Axe().run(page, context=selector).response["violations"]
    return [(violation["id"], [node["html"] for node in violation["nodes"]])
            for violation in found if violation["impact"] in ("serious", "critical")]


@pytest.fixture
def half_of_ps2(clone, lab):
    """A learner's ps2 with answers to its first three questions, one of them wrong; afterwards it is as before."""
    copy, kept = clone / "work" / PS2, clone / "work" / progress.FILE
    before = copy.read_bytes()
    source = json.loads((ROOT / "source" / "ps2" / "ps2.ipynb").read_text(encoding="utf-8"))["cells"]
    answers = [cell for cell in source if cell["metadata"].get("nbgrader", {}).get("solution")][:3]
    texts = {cell["id"]: re.sub(r" *### (BEGIN|END) SOLUTION\n?", "", "".join(cell["source"])) for cell in answers}
    texts[answers[1]["id"]] = "def derivative_by_paths(partials, start, end):\n    return 0.0"
    notebook = json.loads(before)
    for cell in notebook["cells"]:
        cell["source"] = texts.get(cell["id"], cell["source"])
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    kept.unlink(missing_ok=True)
    yield copy
    copy.write_bytes(before)
    kept.unlink(missing_ok=True)


def test_the_start_page_lists_the_units_with_links(page, lab):
    open_start_page(page, lab)
    links = page.locator(".gs-units > tbody > tr > td > a, .gs-set > a").all_inner_texts()
    units = Course(ROOT).units()
    assert links == [first_heading(text) for unit in units for text in (*unit.readings, *unit.problem_sets)]
    assert "Begin" in page.locator(".gs-next").inner_text()
    page.screenshot(path=PICTURES / "start_page.png")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_start_page_shows_what_passes_and_looks_again(new_page, lab, scheme, half_of_ps2):
    page, elsewhere = new_page(scheme), []
    page.on("request", lambda request: None if request.url.startswith((lab.url, "data:", "blob:"))
            else elsewhere.append(request.url))
    open_start_page(page, lab)
    status, rows = page.locator(".gs-status"), page.locator(".gs-set[data-set='ps2'] tbody tr")
    assert "there are answers in ps2" in status.inner_text()
    assert rows.first.inner_text().split("\t")[1:] == ["? not looked at", "10 min"]
    before = half_of_ps2.read_bytes()

    page.evaluate("""() => {
        window.said = new Set();
        const listen = () => window.said.add(document.querySelector(".gs-status")?.textContent);
        new MutationObserver(listen).observe(document.body, { childList: true, subtree: true, characterData: true });
    }""")
    page.locator(".gs-look-again").focus()
    page.keyboard.press("Enter")
    page.locator(".gs-status", has_text="Nothing has changed since").wait_for()
    said = page.evaluate("[...window.said]")
    assert any("Looking at ps2: " in (words or "") for words in said), said
    states = [row.split("\t")[1] for row in rows.all_inner_texts()]
    assert states == ["● passed", "◐ not yet", "● passed", *["○ untouched"] * 4]
    assert half_of_ps2.read_bytes() == before
    assert page.evaluate("document.activeElement.className") == "gs-look-again", "the focus stays on the button"
    assert "2 at" in page.locator(".gs-plot").get_attribute("aria-label")
    assert contrast(page, ".gs-page") >= 4.5
    assert serious_violations(page, ".gs-start") == []
    page.screenshot(path=PICTURES / f"start_page_looked_{scheme}.png")
    page.locator(".gs-plot").scroll_into_view_if_needed()
    page.screenshot(path=PICTURES / f"start_page_plot_{scheme}.png")
    assert elsewhere == []


def test_the_start_page_leads_to_the_next_question_and_knows_of_what_is_saved(page, lab, half_of_ps2):
    open_start_page(page, lab)
    page.locator(".gs-look-again").click()
    page.locator(".gs-status", has_text="Nothing has changed since").wait_for()
    page.locator(".gs-next a", has_text="Question 2. Sum over the paths").click()
    wait_for_notebook(page, lab)
    heading = page.locator(".jp-NotebookPanel h2", has_text="Question 2")
    heading.wait_for()
    for _ in range(50):  # the notebook draws cells a while after it has scrolled
        time.sleep(0.2)
        if 0 < heading.bounding_box()["y"] < 450:
            break
    page.screenshot(path=PICTURES / "start_page_next.png")
    assert 0 < heading.bounding_box()["y"] < 450

    answer_cell = page.locator(".jp-NotebookPanel .jp-CodeCell", has_text="def derivative_by_paths").first
    answer_cell.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\n# not yet")
    page.keyboard.press("Control+s")
    page.locator(".lm-TabBar-tab", has_text="Start").click()
    page.locator(".gs-status", has_text="ps2 has changed since").wait_for()

    # What is not saved yet is saved by the look, and seen.
    page.locator(".lm-TabBar-tab", has_text="ps2.ipynb").click()
    answer_cell.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\nraise SystemError")
    page.locator(".lm-TabBar-tab", has_text="Start").click()
    page.locator(".gs-look-again").click()
    page.locator(".gs-status", has_text="Nothing has changed since").wait_for()
    assert "raise SystemError" in half_of_ps2.read_text(encoding="utf-8")


def test_a_link_to_a_notebook_is_not_covered_by_the_start_page(page, lab):
    open_notebook(page, lab, PS1)
    page.locator(".lm-TabBar-tab", has_text="Start").wait_for()
    assert page.locator(".jp-NotebookPanel").is_visible() and not page.locator(".gs-units").is_visible()
    page.locator(".lm-TabBar-tab", has_text="Start").locator(".lm-TabBar-tabCloseIcon").click()
    page.keyboard.press("Control+Shift+C")
    palette = page.locator(".lm-CommandPalette")
    palette.get_by_placeholder("SEARCH").fill("Start page")
    palette.locator(".lm-CommandPalette-itemLabel", has_text="Start page").click()
    page.locator(".gs-units").wait_for()


def test_a_student_sees_failures_then_answers_and_sees_success(page, lab):
    open_start_page(page, lab)
    page.locator(f".gs-set > a[data-path='{PS1}']").click()
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
