"""How the course looks as a site. `make site` stages this folder with the course and gives it to Sphinx.

Nothing on a page is fetched from elsewhere: formulas are MathML made here, scripts and fonts come with the theme,
and what would load from another host (MathJax, RequireJS and the widget manager, Thebe) is not switched on.
"""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

project = "Gradient School"
author = "The Gradient School authors"
copyright = "The Gradient School authors. Code: BSD 3-Clause. Text and figures: CC BY 4.0"
version = release = version_of("gradschool")
language = "en"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    *(path.stem for path in sorted((HERE / "_ext").glob("*.py"))),
]
exclude_patterns = ["course/**/*.ipynb"]  # built from the texts beside them; here for readers to take along

myst_enable_extensions = ["amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_dmath_double_inline = True
myst_heading_anchors = 4
html_math_renderer = "mathml"

nb_execution_mode = "cache"
nb_execution_excludepatterns = ["release/*/*.ipynb"]  # a problem set has no answers yet, so it stops at its first check
nb_execution_timeout = 300
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_merge_streams = True
nb_output_stderr = "error"
# A widget's own HTML, which needs no kernel, instead of the widget, which needs one and a script from elsewhere.
nb_mime_priority_overrides = [("html", "text/html", 0)]
nb_ipywidgets_js = {}

autodoc_member_order = "bysource"
autodoc_typehints = "signature"

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
templates_path = ["_templates"]
html_favicon = "_static/favicon.svg"
html_context = {"default_mode": "auto"}
html_sidebars = {"**": ["course-logo.html", "search-button-field.html", "course-nav.html"]}
WIDGETS = sorted((HERE / "_static" / "widgets").glob("*.css"))
html_css_files = [*(f"widgets/{path.name}" for path in WIDGETS), "gradschool.css"]
html_js_files = [(name, {"type": "module"}) for name in ("gradschool.js", "widgets/kernelless.js")]
html_copy_source = False
html_show_sphinx = False
html_last_updated_fmt = None
html_theme_options = {
    "home_page_in_toc": True,
    "show_navbar_depth": 2,
    "max_navbar_depth": 3,
    "use_download_button": False,
    "use_fullscreen_button": False,
    "logo": {"text": project},
    "navbar_persistent": [],
    "search_bar_text": "Search the course",
    "toc_title": "On this page",
    "footer_content_items": ["copyright.html"],
    "primary_sidebar_end": [],
}
