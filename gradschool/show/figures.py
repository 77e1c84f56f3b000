"""Show a Matplotlib figure together with its alternative text."""

from base64 import b64encode
from html import escape
from io import BytesIO

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.figure import Figure


def figure(fig: Figure, *, alt: str) -> None:
    """Display ``fig`` with ``alt`` as its alternative text, and close it.

    JupyterLab drops the alt text that an output's metadata carries, so the picture travels as HTML, an
    ``<img>`` with its ``alt``: notebook, site and exported page all show that. PDF exporters take no HTML;
    for them a PNG goes along, with the same text in the metadata that they read. Where there is no picture
    at all, the text stands alone.

    Raises ValueError where ``alt`` is empty: a reader who cannot see the figure would be left with nothing.
    """
    if not alt.strip():
        raise ValueError('a figure needs its alternative text: figure(fig, alt="what the picture shows")')
    alt = " ".join(alt.split())
    svg, png = rendered(fig, "svg"), rendered(fig, "png")
    plt.close(fig)  # else the inline backend shows it a second time, without its text
    display(
        {"text/html": image("svg+xml", svg, alt), "image/png": png, "text/plain": f"Figure: {alt}"},
        metadata={"image/png": {"alt": alt}},
        raw=True,
    )


def image(kind: str, base64: str, alt: str) -> str:
    """An ``<img>`` that carries its picture with it. ``kind`` is the picture's type: ``png`` or ``svg+xml``."""
    source = f"data:image/{kind};base64,{base64}"
    return f'<img src="{source}" alt="{escape(alt)}" style="max-width: 100%; height: auto;">'


def rendered(fig: Figure, kind: str) -> str:
    """``fig`` as an image of that kind in base64, without a date: the same figure gives the same text."""
    image = BytesIO()
    fig.savefig(image, format=kind, metadata={"Date": None} if kind == "svg" else None)
    return b64encode(image.getvalue()).decode("ascii")
