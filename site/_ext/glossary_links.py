"""The first use of each of the glossary's words on a page leads to the glossary.

Only plain text of paragraphs is looked at: no headings, code, formulas, links, nor the heads of tables. Words count
whole, in capitals or not, in the plural too, and the longer of two that fit wins. A page's link has the class
`gs-term`, so that it can look quiet. In a container with the class `gs-no-terms` nothing is linked.
"""

import re

from docutils import nodes
from sphinx import addnodes

LEFT_ALONE = (nodes.reference, nodes.literal, nodes.math, nodes.title, nodes.thead, nodes.raw,
              nodes.topic, nodes.caption, addnodes.pending_xref, addnodes.desc_signature)  # fmt: skip


def terms_of(env):
    """The glossary's words in lower case, each with its page and its place there."""
    return {
        name.lower(): (page, label) for name, _, kind, page, label, _ in env.domains["std"].get_objects()
        if kind == "term"
    }  # fmt: skip


def pattern_of(terms):
    """What finds any of the words; the word itself is in the group, the plural's ending outside."""
    longest_first = sorted(terms, key=len, reverse=True)
    words = "|".join(re.escape(term).replace(r"\ ", r"\s+") for term in longest_first)
    return re.compile(rf"(?<![\w-])({words})(?:e?s)?(?![\w-])", re.IGNORECASE)


def link_first_uses(app, doctree, page):
    """Sphinx has resolved a page's references: each of the glossary's words becomes a link where it comes first."""
    if app.builder.format != "html":
        return
    terms = terms_of(app.env)
    if not terms or page in {home for home, _ in terms.values()}:
        return
    pattern, seen = pattern_of(terms), set()
    for paragraph in list(doctree.findall(nodes.paragraph)):
        join_texts(paragraph)
        for text in list(paragraph.findall(nodes.Text)):
            if not left_alone(text):
                parts = linked(str(text), pattern, terms, seen, lambda home: app.builder.get_relative_uri(page, home))
                if len(parts) > 1:
                    text.parent.replace(text, parts)


def join_texts(element):
    """Make one text of neighbours: Markdown begins a new one with each line, and a word may go over its end."""
    children = []
    for child in element.children:
        if isinstance(child, nodes.Text) and children and isinstance(children[-1], nodes.Text):
            children[-1] = nodes.Text(children[-1] + child)
        else:
            children.append(child)
    element.children = []
    element.extend(children)
    for child in children:
        if isinstance(child, nodes.Element):
            join_texts(child)


def left_alone(node):
    while node is not None:
        if isinstance(node, LEFT_ALONE) or "gs-no-terms" in getattr(node, "attributes", {}).get("classes", ()):
            return True
        node = node.parent
    return False


def linked(text, pattern, terms, seen, address):
    """The text as nodes. seen : the places of the glossary that the page links to already."""
    parts, end = [], 0
    for found in pattern.finditer(text):
        home, label = terms[re.sub(r"\s+", " ", found[1].lower())]
        if label in seen:
            continue
        seen.add(label)
        link = nodes.reference("", found[0], internal=True, refuri=f"{address(home)}#{label}", classes=["gs-term"])
        parts += [nodes.Text(text[end : found.start()]), link]
        end = found.end()
    return [*parts, nodes.Text(text[end:])]


def notice_the_glossary(app, env, docnames):
    """Sphinx is about to read what has changed: is the glossary among it?"""
    before = {home for home, _ in terms_of(env).values()}
    app.glossary_changed = bool(before & set(docnames))


def write_all_again(app, env):
    """Where the glossary has changed, all pages may have other links, though their own text is as it was."""
    return sorted(env.found_docs) if app.glossary_changed else []


def setup(app):
    app.add_css_file("glossary.css")
    app.connect("env-before-read-docs", notice_the_glossary)
    app.connect("env-updated", write_all_again)
    app.connect("doctree-resolved", link_first_uses)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
