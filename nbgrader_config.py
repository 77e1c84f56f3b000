"""nbgrader's settings for this course. Every nbgrader command reads them when it is run in this folder."""

from pathlib import Path

import nbgrader

from gradschool import grade

c = get_config()  # noqa: F821  (traitlets puts it here)

c.CourseDirectory.course_id = "gradient-school"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "receipt.json"]

# Autograding: nbgrader's own steps, with three of ours (see gradschool/grade/preprocessors.py).
OURS = "gradschool.grade.preprocessors"
STOCK = "nbgrader.preprocessors"
c.Autograde.sanitize_preprocessors = [
    f"{OURS}.Rebuild",
    f"{STOCK}.ClearOutput",
    f"{STOCK}.DeduplicateIds",
    f"{STOCK}.OverwriteKernelspec",
    f"{STOCK}.OverwriteCells",
    f"{STOCK}.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    f"{OURS}.ExecuteInTwoRooms",
    f"{OURS}.JudgeByErrors",
    f"{STOCK}.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    f"{STOCK}.LimitOutput",
    f"{STOCK}.SaveAutoGrades",
    f"{STOCK}.AssignLatePenalties",
    f"{STOCK}.CheckCellMetadata",
]
c.ExecuteInTwoRooms.timeout = 20  # seconds for one cell; memory, processes, cpu, file and disk can be set as well

# Late work is shown, and not punished unless you say so here, in nbgrader's own way:
# c.LateSubmissionPlugin.penalty_method = "zero", or a plugin of yours as c.AssignLatePenalties.plugin_class.

# Feedback, and the formgrader's pages: nothing runs, nothing is loaded, formulas are MathML.
c.GenerateFeedback.preprocessors = [
    f"{STOCK}.GetGrades",
    f"{OURS}.HideHiddenChecks",
    f"{OURS}.ShowVerdicts",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
c.HTMLExporter.extra_template_basedirs = [
    str(Path(grade.__file__).with_name("templates")),
    str(Path(nbgrader.__file__).with_name("server_extensions") / "formgrader" / "templates"),
]
c.HTMLExporter.filters = {
    "markdown2html": "gradschool.grade.pages.markdown2html",
    "clean_html": "gradschool.grade.pages.clean_html",
}
c.HTMLExporter.sanitize_html = True
c.WidgetsDataTypeFilter.display_data_priority = [
    "text/html",
    "text/markdown",
    "image/svg+xml",
    "image/png",
    "image/jpeg",
    "text/plain",
]

# A zip from Moodle or Canvas: `make collect ZIP=...`, or `nbgrader zip_collect`.
c.ZipCollectApp.collector_plugin = "gradschool.grade.collect.LmsCollector"
