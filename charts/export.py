"""Sheets as files without a visitor's browser: Kaleido, an optional extra, draws them with an installed Chromium."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go

from charts import style

SCALE = {"png": 2, "svg": 1}


class CannotDraw(Exception):
    """Kaleido, a browser or Chinese fonts are missing; the message says which, and what to do."""


def draw(figures: Mapping[str, go.Figure], form: str, save: Callable[[str, bytes], None]) -> None:
    """Every sheet as PNG, at twice its size, or SVG, each given to `save` as soon as it is there. Raises CannotDraw
    before the first."""
    try:
        import kaleido
    except ImportError as error:
        raise CannotDraw("Kaleido is not installed: pip install -r requirements-export.txt") from error
    asyncio.run(_draw(kaleido, figures, form, save))


async def _draw(kaleido: Any, figures: Mapping[str, go.Figure], form: str, save: Callable[[str, bytes], None]) -> None:
    try:
        # MathJax would be fetched from elsewhere.
        browser = kaleido.Kaleido(n=1, mathjax=False)
        await browser.open()
    except Exception as error:
        raise CannotDraw(f"no Chromium or Chrome could be started (BROWSER_PATH may name one): {error}") from error
    try:
        if await _picture(browser, _sign("山"), "png") == await _picture(browser, _sign("西"), "png"):
            raise CannotDraw("Chinese would print as boxes: install a font such as fonts-noto-cjk")
        for name, figure in figures.items():
            save(name, await _picture(browser, figure, form))
    finally:
        await browser.close()


async def _picture(browser: Any, figure: go.Figure, form: str) -> bytes:
    size = {"width": figure.layout.width, "height": figure.layout.height}
    try:
        return bytes(await browser.calc_fig(figure.to_dict(), {"format": form, "scale": SCALE[form], **size}))
    except Exception as error:
        raise CannotDraw(f"the browser stopped while it drew: {error!r}") from error


def _sign(sign: str) -> go.Figure:
    """One sign alone: two of them make the same picture only where both are the box of a missing glyph."""
    figure = go.Figure(layout={"width": 60, "height": 60, "font": {"family": style.FONT, "size": 40}})
    figure.update_xaxes(visible=False).update_yaxes(visible=False)
    return figure.add_annotation(text=sign, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False)
