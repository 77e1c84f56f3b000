"""Formulas as MathML, made while the site is built: pages need no script for them and load nothing.

math-core follows TeX in spacing, alignment and brackets, which latex2mathml, used for feedback, does not. Feedback
shows what students wrote, and there latex2mathml stays: a formula nested deep enough takes math-core's process down.
"""

import re

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.errors import SphinxError

CONVERTER = LatexToMathML()
LONG = 30  # letters of TeX


def converted(node, block):
    """A formula's MathML. One that cannot be converted stops the build, instead of being seen by a reader."""
    tex = re.sub(r"(\\\\)\[\d+pt\]", r"\1", node.astext())  # extra space between lines is not understood
    try:
        return CONVERTER.convert_with_local_state(tex, displaystyle=block)
    except LatexError as error:
        raise SphinxError(f"{node.source}:{node.line}: there is no MathML for {node.astext()}: {error}") from error


def inline(writer, node):
    formula = converted(node, block=False)
    # A browser breaks no formula between lines, so what may be wider than a telephone gets a place to scroll in.
    writer.body.append(f'<span class="gs-math">{formula}</span>' if len(node.astext()) > LONG else formula)
    raise nodes.SkipNode


def block(writer, node):
    writer.body.append(f'<div class="gs-math">{converted(node, block=True)}</div>\n')
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", (inline, None), (block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
