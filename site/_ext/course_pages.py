"""What every lecture and problem set gets on the site: its place in the contents, and how to open it for real.

`course` is a configuration value, the `Course` that the site is made of.
"""

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.directives.other import TocTree

from gradschool.course.layout import first_heading

HINTS = '<button type="button" class="gs-hints" hidden>Open all hints</button>'


def lecture_page(unit):
    return f"course/{unit.folder.name}/{unit.lecture.stem}"


def problem_set_page(text):
    return f"release/{text.stem}/{text.stem}"


def notebooks(course):
    """The page of each lecture and problem set, and the name that its notebook has in work/."""
    found = {}
    for unit in course.units():
        folder = unit.folder.name
        found |= {f"course/{folder}/{text.stem}": f"{folder}/{text.stem}.ipynb" for text in unit.readings}
        found |= {problem_set_page(text): f"{folder}/{text.stem}.ipynb" for text in unit.problem_sets}
    return found


class CourseContents(TocTree):
    """`course-contents`: the units in their order, each under the short half of its lecture's title."""

    def run(self):
        lines = [f"{unit.number}. {short(unit.title)} <{lecture_page(unit)}>" for unit in self.config.course.units()]
        self.content = StringList(lines, source="course-contents")
        return super().run()


def short(title):
    return title.split(":")[0]


def put_below_lecture(app, page, source):
    """Sphinx reads a page: a lecture has its unit's other pages below it, and then comes the next lecture."""
    for unit in app.config.course.units():
        if page == lecture_page(unit):
            lines = [f"{short(first_heading(text))} </course/{unit.folder.name}/{text.stem}>" for text in unit.extras]
            lines += [f"{short(first_heading(text))} </{problem_set_page(text)}>" for text in unit.problem_sets]
            if lines:
                source[0] += "\n```{toctree}\n:hidden:\n\n" + "\n".join(lines) + "\n```\n"


def say_how_to_open(app, doctree):
    """Sphinx has read a page: below its title goes where to find it in JupyterLab."""
    page = app.env.docname
    notebook = notebooks(app.config.course).get(page)
    if not notebook:
        return
    problem_set = page.startswith("release/")
    why = "To answer the questions" if problem_set else "This page shows the notebook as it ran. To run it yourself"
    text = nodes.paragraph("", f"{why}, type ")
    text += [nodes.literal("", "make lab"), nodes.Text(" in the course's folder and open ")]
    text += [nodes.literal("", notebook), nodes.Text(" in JupyterLab; or "), download(page, notebook), nodes.Text(".")]
    note = nodes.container("", text, classes=["gs-open"])
    if problem_set:
        note += nodes.raw("", HINTS, format="html")
    title = next(iter(doctree.findall(nodes.title)))
    title.parent.insert(title.parent.index(title) + 1, note)


def download(page, notebook):
    reference = addnodes.download_reference("", "", reftarget=f"/{page}.ipynb", refdoc=page, refwarn=True)
    reference += nodes.Text(f"download {notebook.rsplit('/')[-1]}")
    return reference


def leave_widgets_out(app, page, template, context, doctree):
    """Sphinx writes a page: the widgets' state, which only a widget manager could read, stays out of it."""
    app.env.nb_metadata.get(page, {}).get("js_files", {}).pop("ipywidgets_state", None)


def setup(app):
    app.add_config_value("course", None, "env")
    app.add_config_value("made_by", "", "env")  # a change of our extensions makes every page anew
    app.add_directive("course-contents", CourseContents)
    app.connect("source-read", put_below_lecture)
    app.connect("doctree-read", say_how_to_open, priority=400)  # before Sphinx collects what a page refers to
    app.connect("html-page-context", leave_widgets_out, priority=400)  # before MyST-NB puts it in
    return {"parallel_read_safe": True, "parallel_write_safe": True}
