"""The course as a site: built once, from the checkout, and looked at as files and in a browser.

Lectures that have been run since they last changed are not run again: `make site` and these tests share their outputs.
"""

import functools
import http.server
import re
import shutil
import subprocess
import sys
import threading
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from browsing import IN_A_BROWSER, PICTURES, ROOT

from gradschool.check import CheckFailed, check_value
from gradschool.course import site as building
from gradschool.course.layout import Course, CourseError

COURSE = Course(ROOT)
LECTURES = [f"course/{text.parent.name}/{text.stem}.html" for unit in COURSE.units() for text in unit.readings]
PROBLEM_SETS = [f"release/{name}/{name}.html" for name in COURSE.problem_sets()]
LECTURE, STEPPER, PLAYGROUND = LECTURES[0], LECTURES[1], LECTURES[-1]
PROBLEM_SET = PROBLEM_SETS[0]
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]  # one build, whatever the number of workers


@pytest.fixture(scope="module")
def site():
    """The built site's folder."""
    pytest.importorskip("myst_nb")
    command = [sys.executable, "-m", "gradschool.cli", "site"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=1800)
    assert run.returncode == 0, run.stdout + run.stderr
    return ROOT / "build" / "site"


class Page(HTMLParser):
    """What the tests ask of a page's HTML."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.loaded, self.pictures, self.words = set(), [], [], [], []
        self.tags, self.following, self.code = Counter(), None, 0
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags[tag] += 1
        self.code += tag in ("pre", "code", "script", "style")
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
        if tag in ("script", "img", "iframe", "link", "source", "video", "audio"):
            self.loaded += [attributes[name] for name in ("src", "href") if name in attributes]
        if tag == "a" and "right-next" in attributes.get("class", ""):
            self.following = attributes["href"]
        if tag == "img" or (tag == "svg" and attributes.get("role") == "img"):
            self.pictures.append(attributes)

    def handle_endtag(self, tag):
        self.code -= tag in ("pre", "code", "script", "style")

    def handle_data(self, data):
        if not self.code:
            self.words.append(data)


@pytest.fixture(scope="module")
def pages(site):
    """Each page's address within the site, and what is on it."""
    files = [path for path in site.rglob("*.html") if "_static" not in path.parts]
    return {path.relative_to(site).as_posix(): Page(path) for path in files}


class TestPages:
    def test_there_is_one_for_every_lecture_and_problem_set(self, pages):
        assert {"index.html", *LECTURES, *PROBLEM_SETS} <= set(pages)

    def test_solutions_and_hidden_checks_are_on_none(self, site):
        for path in [*site.rglob("*.html"), *site.rglob("*.ipynb"), *site.rglob("*.js")]:
            text = path.read_text(encoding="utf-8")
            assert "BEGIN SOLUTION" not in text and "BEGIN HIDDEN" not in text, path

    def test_nothing_is_loaded_from_elsewhere(self, pages):
        for name, page in pages.items():
            assert [url for url in page.loaded if urlsplit(url).scheme not in ("", "data")] == [], name

    def test_every_picture_has_alternative_text(self, pages):
        for name, page in pages.items():
            silent = [p for p in page.pictures if not (p.get("alt") or p.get("aria-label") or "").strip()]
            assert silent == [], f"{name}: {str(silent)[:300]}"

    def test_every_lecture_shows_its_figures(self, pages):
        for name in LECTURES[:-1]:
            assert len(pages[name].pictures) >= 2, name
        assert all(pages[name].tags["math"] for name in LECTURES)

    def test_no_formula_is_left_as_tex(self, pages):
        for name in [*LECTURES, *PROBLEM_SETS]:
            left = [words for words in pages[name].words if any(tex in words for tex in ("\\frac", "\\partial", "$"))]
            assert left == [], name

    def test_every_link_and_anchor_within_the_site_leads_somewhere(self, site, pages):
        broken = []
        for name, page in pages.items():
            for link in page.links:
                if urlsplit(link).scheme or link == "#":
                    continue
                target, anchor = urldefrag(urljoin(name, link))
                target = unquote(target) or name
                known = target in pages or (site / target).is_file()
                if not known or (anchor and target in pages and unquote(anchor) not in pages[target].ids):
                    broken.append((name, link))
        assert broken == []

    def test_next_leads_through_the_whole_course_in_order(self, pages):
        name, seen = "index.html", []
        while pages[name].following:
            name = urljoin(name, pages[name].following)
            seen.append(name)
        wanted = []
        for unit in COURSE.units():
            wanted += [f"course/{unit.folder.name}/{text.stem}.html" for text in unit.readings]
            wanted += [f"release/{text.stem}/{text.stem}.html" for text in unit.problem_sets]
        assert seen[: len(wanted)] == wanted

    def test_each_says_how_to_open_it_in_jupyterlab(self, site, pages):
        for unit in COURSE.units():
            for text in [*unit.readings, *unit.problem_sets]:
                folder = f"release/{text.stem}" if text in unit.problem_sets else f"course/{unit.folder.name}"
                html = (site / folder / f"{text.stem}.html").read_text(encoding="utf-8")
                note = re.sub("<[^>]+>", "", html.split('class="gs-open', 1)[1].split("</div>", 1)[0])
                assert "make lab" in note and f"{unit.folder.name}/{text.stem}.ipynb" in note


class TestBuilding:
    @pytest.fixture
    def course(self, tmp_path):
        """A course of one lecture, with this site's settings."""
        unit = tmp_path / "course" / "01_sums"
        unit.mkdir(parents=True)
        (tmp_path / "nbgrader_config.py").touch()
        (tmp_path / "requirements.lock").touch()
        for folder in ("_ext", "_static", "_templates"):
            shutil.copytree(ROOT / "site" / folder, tmp_path / "site" / folder)
        shutil.copy(ROOT / "site" / "conf.py", tmp_path / "site")
        shutil.copytree(ROOT / "gradschool" / "show", tmp_path / "gradschool" / "show")
        (tmp_path / "site" / "index.md").write_text("# Small\n\n```{course-contents}\n```\n", encoding="utf-8")
        course = Course(tmp_path)
        write_lecture(course, "print(1 + 1)")
        return course

    def test_a_lecture_is_run_once_and_again_when_a_cell_changed(self, course):
        first, second = build(course), build(course)
        assert "running course/01_sums/sums.md" in first.stdout and first.returncode == 0, first.stderr
        assert "running" not in second.stdout and second.returncode == 0
        write_lecture(course, "print(2 + 2)")
        assert "running course/01_sums/sums.md" in build(course).stdout

    def test_a_lecture_that_fails_stops_the_build_and_is_named(self, course):
        write_lecture(course, "print(1 / 0)")
        run = build(course)
        assert run.returncode == 1
        assert "gradschool: course/01_sums/sums.md does not run" in run.stderr
        assert "ZeroDivisionError" in run.stderr

    def test_a_link_that_leads_nowhere_stops_the_build(self, course):
        lost = "---\norphan: true\n---\n# Lost\n\n[there](no.md)\n"
        (course.root / "site" / "lost.md").write_text(lost, encoding="utf-8")
        run = build(course)
        assert run.returncode == 1 and "no.md" in run.stderr

    def test_a_page_that_is_taken_away_goes(self, course):
        extra = course.root / "site" / "extra.md"
        extra.write_text("# Extra\n", encoding="utf-8")
        building.stage(course, course.root / "build" / "site-source")
        assert (course.root / "build" / "site-source" / "extra.md").is_file()
        extra.unlink()
        building.stage(course, course.root / "build" / "site-source")
        assert not (course.root / "build" / "site-source" / "extra.md").exists()

    def test_outputs_of_an_older_package_are_not_used(self, course, tmp_path):
        before = building.outputs(course, tmp_path / "kept")
        (course.root / "gradschool" / "show" / "secant.py").write_text("# another\n", encoding="utf-8")
        assert building.outputs(course, tmp_path / "kept") != before

    def test_without_sphinx_it_says_what_to_install(self, course, monkeypatch):
        monkeypatch.setitem(sys.modules, "myst_nb.core.execute", None)
        with pytest.raises(CourseError, match=r"pip install -e \.\[site\]"):
            building.build_site(course)


HEADER = (ROOT / "course/01_finite_differences/finite_differences.md").read_text(encoding="utf-8").split("# ", 1)[0]


def write_lecture(course, cell):
    text = course.units()[0].lecture if list(course.text.glob("*/*.md")) else course.text / "01_sums" / "sums.md"
    text.write_text(f"{HEADER}# Sums\n\n```{{code-cell}} ipython3\n{cell}\n```\n", encoding="utf-8")
    text.with_suffix(".ipynb").write_text("{}", encoding="utf-8")


def build(course):
    command = [sys.executable, "-m", "gradschool.cli", "site"]
    return subprocess.run(command, cwd=course.root, capture_output=True, text=True, encoding="utf-8", timeout=300)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(site):
    """Where the site is served, on this machine."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


# What is not on this machine goes through here, and gets no further. (A route of playwright's would do the same, and
# switch off the browser's cache: every page would load every script anew.)
NOWHERE = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"}


class Visit:
    """A page of the site in a browser, and what went wrong there: requests that left the site, errors, warnings."""

    def __init__(self, browser, address, **options):
        self.context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}, "proxy": NOWHERE} | options))
        self.page = self.context.new_page()
        self.scripts = options.get("java_script_enabled", True)
        self.address, self.faults = address, []
        self.page.on("request", self.watch)
        self.page.on("console", self.listen)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def watch(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"left the site: {request.url}")

    def listen(self, said):
        if said.type in ("error", "warning"):
            self.faults.append(f"{said.text} ({said.location['url']})")

    def open(self, name):
        self.page.goto(self.address + name)
        if self.scripts:
            self.page.wait_for_function("!document.querySelector('.gs-kernelless:not([data-live])')")
        return self.page


@pytest.fixture
def visit(chromium, address):
    """Opens a page; afterwards nothing may have gone wrong on it."""
    visits = []

    def open_page(name, **options):
        visits.append(Visit(chromium, address, **options))
        return visits[-1].open(name)

    open_page.go = lambda name: visits[-1].open(name)
    yield open_page
    for each in visits:
        each.context.close()
    assert [fault for each in visits for fault in each.faults] == []


def style(page, selector, name):
    return page.locator(selector).first.evaluate(f"(one) => getComputedStyle(one).{name}")


AXE_PAGES = ["index.html", LECTURE, STEPPER, PROBLEM_SET, PLAYGROUND, "glossary.html", "map.html", "api/reverse.html"]


def panel():
    """What a check shows of a wrong answer, as HTML."""
    try:
        check_value(lambda x: x + 1, at=(1.0,), equals=3.0, misconceptions={"one was added": 2.0})
    except CheckFailed as failed:
        return failed.verdict._repr_html_()


class InABrowser:
    pytestmark = IN_A_BROWSER


class TestEveryPage(InABrowser):
    def test_no_request_leaves_the_site_and_nothing_fails(self, visit, pages):
        visit("index.html")
        for name in sorted(pages):
            visit.go(name).wait_for_timeout(50)

    def test_a_telephone_does_not_scroll_sideways(self, visit, pages):
        page = visit("index.html", viewport={"width": 390, "height": 844})
        wide = {}
        for name in sorted(pages):
            visit.go(name)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 390:
                wide[name] = width
        assert wide == {}


class TestSearch(InABrowser):
    def test_it_finds_the_lecture_and_takes_the_reader_there(self, visit):
        page = visit("search.html?q=secant")
        result = page.locator("#search-results a", has_text="Finite differences").first
        result.click()
        page.wait_for_url("**/finite_differences.html*")

    def test_it_opens_by_its_keys_and_searches_on_enter(self, visit):
        page = visit("index.html")
        page.keyboard.press("Control+k")
        page.keyboard.type("adjoint")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=adjoint*")
        page.locator("#search-results li").first.wait_for()


class TestLightAndDark(InABrowser):
    def test_the_button_goes_through_both_and_the_choice_stays(self, visit):
        page = visit("index.html", color_scheme="light")
        assert page.evaluate("document.documentElement.dataset.theme") == "light"
        page.locator(".theme-switch-button").click()
        page.locator(".theme-change-button[data-mode=dark]").click()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert style(page, "html", "colorScheme") == "dark"
        page.reload()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"

    def test_it_follows_the_system(self, visit):
        page = visit(LECTURE, color_scheme="dark")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"

    def test_figures_are_white_cards_and_widgets_are_dark(self, visit):
        page = visit(LECTURE, color_scheme="dark")
        assert style(page, ".cell_output img", "filter") == "none"
        assert style(page, ".cell_output .text_html", "backgroundColor") == "rgba(0, 0, 0, 0)"
        assert style(page, ".gs-kernelless", "colorScheme") == "dark"


class TestWidgets(InABrowser):
    """They work where there is no kernel. What they do is tested in tests/test_show*.py."""

    def test_the_start_page_has_something_to_drag(self, visit):
        page = visit("index.html")
        slider = page.locator(".gs-kernelless[data-live] input[type=range]")
        slider.focus()
        before = page.locator(".gs-live").inner_text()
        for _ in range(8):
            page.keyboard.press("ArrowLeft")
        assert page.locator(".gs-live").inner_text() != before

    def test_the_stepper_steps(self, visit):
        page = visit(STEPPER)
        widget = page.locator(".gs-kernelless[data-widget=stepper][data-live]").first
        before = widget.locator(".gs-live").inner_text()
        widget.get_by_role("button", name="Next").click()
        assert widget.locator(".gs-live").inner_text() != before

    def test_the_playground_trains(self, visit):
        page = visit(PLAYGROUND)
        widget = page.locator(".gs-kernelless[data-widget=playground][data-live]")
        widget.get_by_role("button", name="Step", exact=True).click()
        widget.get_by_role("status").get_by_text("Step 1.").wait_for()

    def test_without_scripts_there_is_a_still(self, visit):
        page = visit(STEPPER, java_script_enabled=False)
        assert page.locator(".gs-still").first.is_visible()


class TestHints(InABrowser):
    HINTS = "article details"

    def test_one_button_opens_all_and_closes_all_from_the_keyboard(self, visit):
        page = visit(PROBLEM_SET)
        hints = page.locator(self.HINTS)
        count = hints.count()
        assert count >= 10
        button = page.get_by_role("button", name="Open all hints")
        button.focus()
        page.keyboard.press("Enter")
        assert page.locator(f"{self.HINTS}[open]").count() == count
        page.get_by_role("button", name="Close all hints").press("Space")
        assert page.locator(f"{self.HINTS}[open]").count() == 0

    def test_every_problem_set_has_it(self, visit):
        page = visit("index.html")
        for name in PROBLEM_SETS:
            visit.go(name)
            assert page.get_by_role("button", name="Open all hints").is_visible(), name

    def test_without_scripts_each_hint_opens_alone(self, visit):
        page = visit(PROBLEM_SET, java_script_enabled=False)
        assert not page.locator(".gs-hints").is_visible()
        page.locator(f"{self.HINTS} summary").first.click()
        assert page.locator(f"{self.HINTS}[open]").count() == 1


class TestKeyboard(InABrowser):
    def tabs(self, page, most=200):
        """What Tab reaches, in order, until it comes round."""
        page.keyboard.press("Tab")
        reached = []
        while len(reached) < most:
            reached.append(page.evaluate("""(() => { const one = document.activeElement;
                return [one.tagName, one.className, (one.textContent || one.ariaLabel || "").trim().slice(0, 60),
                        one.closest(".gs-kernelless") ? "widget" : ""].join("|"); })()"""))
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement === document.body"):
                break
        return reached

    def test_tab_reaches_everything_in_order(self, visit):
        reached = self.tabs(visit("index.html"))
        wanted = ["Skip to main content", "Search", "1. Finite differences", "Problem set 7", "theme-switch-button"]
        places = [next((k for k, one in enumerate(reached) if want in one), None) for want in wanted]
        assert None not in places and places == sorted(places), (wanted, places, reached)
        assert any("widget" in one for one in reached)
        assert any(one.startswith("SUMMARY") and "What happened" in one for one in reached)

    def test_skipping_leads_to_the_text(self, visit):
        page = visit(LECTURE)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#main-content")

    def test_tab_reaches_the_button_for_hints_and_the_hints(self, visit):
        reached = self.tabs(visit(PROBLEM_SET))
        assert any("gs-hints" in one for one in reached)
        assert sum(one.startswith("SUMMARY") and "Hint" in one for one in reached) >= 10

    def test_what_scrolls_can_be_reached_and_nothing_else_stops_the_tab(self, visit):
        page = visit(LECTURE, viewport={"width": 390, "height": 844})
        stops = page.evaluate("""[...document.querySelectorAll(".gs-math")].map(
            (one) => [one.scrollWidth > one.clientWidth, one.tabIndex === 0])""")
        assert [scrolls for scrolls, _ in stops].count(True) >= 1
        assert all(scrolls == reached for scrolls, reached in stops)


class TestAccessibility(InABrowser):
    def serious(self, page):
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        # Without preload: axe would fetch style sheets itself, and look for imported ones where they are not.
        found = axe.run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
        return [
            f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes'][:5]]}"
            for one in found if one["impact"] in ("serious", "critical")
        ]

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("name", AXE_PAGES)
    def test_axe_finds_nothing_serious(self, visit, name, scheme):
        assert self.serious(visit(name, color_scheme=scheme)) == []

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_nor_on_the_panel_of_a_check(self, visit, scheme):
        page = visit("index.html", color_scheme=scheme)
        page.evaluate("(html) => { document.querySelector('article').innerHTML = '<h1>A panel</h1>' + html; }", panel())
        assert page.get_by_text("one was added").count() >= 1
        assert self.serious(page) == []

    def test_nor_with_all_hints_open(self, visit):
        page = visit(PROBLEM_SET)
        page.get_by_role("button", name="Open all hints").click()
        assert self.serious(page) == []


class TestPrinting(InABrowser):
    def test_paper_has_the_text_and_the_answers_and_no_menus(self, visit):
        page = visit(LECTURE)
        page.emulate_media(media="print")
        for selector in (".bd-sidebar-primary", ".bd-sidebar-secondary", ".bd-header-article", ".prev-next-footer"):
            assert not page.locator(selector).first.is_visible(), selector
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("article details:not([open])").count() == 0
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator("article details[open]").count() == 0

    def test_a_dark_page_is_printed_light(self, visit):
        page = visit(LECTURE, color_scheme="dark")
        shown = style(page, "article p", "color")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("document.documentElement.dataset.theme") == "light"
        assert style(page, "article p", "color") != shown
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"

    def test_it_makes_a_pdf(self, visit):
        pdf = visit(LECTURE).pdf(path=PICTURES / "site_lecture.pdf", format="A4")
        assert len(pdf) > 100_000


class TestPictures(InABrowser):
    """For a person to look at."""

    @pytest.mark.parametrize("name, page, options", [
        ("index", "index.html", {}),
        ("index_dark", "index.html", {"color_scheme": "dark"}),
        ("index_mobile", "index.html", {"viewport": {"width": 390, "height": 844}}),
        ("lecture", LECTURE, {}),
        ("lecture_dark", LECTURE, {"color_scheme": "dark"}),
        ("lecture_mobile", LECTURE, {"viewport": {"width": 390, "height": 844}}),
        ("stepper", STEPPER, {}),
        ("problem_set", PROBLEM_SET, {}),
        ("playground", PLAYGROUND, {}),
        ("playground_dark", PLAYGROUND, {"color_scheme": "dark"}),
    ])
    def test_take(self, visit, name, page, options):
        shown = visit(page, **options)
        shown.wait_for_timeout(300)
        shown.screenshot(path=PICTURES / f"site_{name}.png")
