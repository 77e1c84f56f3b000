"""The text/html of a widget: a still for every page, and all that a page of ours needs to bring the widget to life.

A notebook shows the widget itself. A page that knows nothing of it (GitHub, nbconvert, a feedback page) shows the
still. The course's site loads `static/kernelless.js`, which reads the data and puts the live widget in the still's
place.
"""

import json


def page(widget, still, data):
    """The still as HTML, marked for `kernelless.js`, with the data that it needs.

    widget : "stepper", "secant" or "playground". data : what JSON can carry. Raises ValueError where it cannot.
    """
    text = json.dumps(data, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c")  # no text in the data can end the script, nor begin a comment
    return (
        f'<div class="gs-kernelless" data-widget="{widget}"><div class="gs-still">{still}</div>'
        f'<script type="application/json">{text}</script></div>'
    )
