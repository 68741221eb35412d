"""The image control: one worded button per chart, made in the visitor's browser.

It draws a print figure from `charts/` with the plotly.js that the installed wheel
carries; nothing is fetched from elsewhere and the server needs no browser.
"""

import shutil
from importlib.metadata import version
from pathlib import Path

import plotly
import streamlit as st
from plotly.graph_objects import Figure

from charts.range import PRINT_HEIGHT, PRINT_WIDTH
from wording import Language
from wording.texts import say

STATIC = Path(__file__).resolve().parent.parent / "static"
SCRIPT = f"plotly-{version('plotly')}.min.js"


def provide_script() -> None:
    """Put the wheel's plotly.js where Streamlit serves it. Where that fails the control says so."""
    source = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    target = STATIC / SCRIPT
    try:
        if target.exists() and target.stat().st_size == source.stat().st_size:
            return
        STATIC.mkdir(exist_ok=True)
        part = target.with_suffix(".part")
        shutil.copyfile(source, part)
        part.replace(target)
    except OSError as error:
        print(f"images: plotly.js could not be put into {STATIC}: {error}")


_HTML = """
<details>
  <summary></summary>
  <div>
    <button type="button" data-format="png"></button>
    <button type="button" data-format="svg"></button>
  </div>
</details>
<p role="status"></p>
"""

_CSS = """
details { font-family: var(--st-font); font-size: 0.9rem; }
summary, button {
  cursor: pointer; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: 0.5rem; padding: 0.35rem 0.75rem; font: inherit;
}
summary { display: inline-block; list-style: none; }
summary::before { content: "↓ "; }
summary:hover, button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
div { display: flex; flex-wrap: wrap; gap: 0.5rem; padding-top: 0.5rem; }
p { min-height: 1.3em; margin: 0.25rem 0 0; font-family: var(--st-font); font-size: 0.8rem;
    color: var(--st-text-color); }
"""

# The leading comment keeps a line break inside the text: Streamlit takes script text
# without one for the path of a file.
_JS = """// Draws the print figure that comes as data; loads plotly.js on the first click.
// Streamlit's own charts may have left another release in window.Plotly: ours is kept
// apart and theirs put back, so that an image never depends on which loaded first.
const load = (script) => {
  window.plotlyForImages ??= new Promise((done, fail) => {
    const tag = document.createElement("script");
    tag.src = new URL("app/static/" + script, location.origin + location.pathname.replace(/[^/]*$/, ""));
    const theirs = window.Plotly;
    window.Plotly = undefined;
    tag.onload = () => {
      const ours = window.Plotly;
      window.Plotly = theirs;
      ours ? done(ours) : fail(new Error("no Plotly"));
    };
    tag.onerror = () => {
      window.Plotly = theirs;
      fail(new Error("not loaded"));
    };
    document.head.append(tag);
  }).catch((error) => { window.plotlyForImages = undefined; throw error; });
  return window.plotlyForImages;
};

export default function ({ parentElement, data }) {
  const status = parentElement.querySelector("[role=status]");
  parentElement.querySelector("summary").textContent = data.words.open;
  status.textContent = "";
  for (const button of parentElement.querySelectorAll("button")) {
    const format = button.dataset.format;
    button.textContent = data.words[format];
    button.onclick = async () => {
      status.textContent = data.words.busy;
      try {
        const Plotly = await load(data.script);
        const { data: traces, layout } = JSON.parse(data.figure);
        await Plotly.downloadImage({ data: traces, layout }, {
          format, filename: data.name, width: data.width, height: data.height,
          scale: format === "png" ? 2 : 1,
        });
        status.textContent = data.words.done.replace("{file}", `${data.name}.${format}`);
      } catch (error) {
        console.warn("image control:", error.message);
        status.textContent = data.words.failed;
      }
    };
  }
}
"""

_control = st.components.v2.component("image_control", html=_HTML, css=_CSS, js=_JS)


def control(figure: Figure, name: str, language: Language, key: str) -> None:
    """The control for one print figure; `name` is the file name without its ending."""
    words = {word: say(language, f"image.{word}") for word in ("open", "png", "svg", "busy", "failed")}
    words["done"] = say(language, "image.done", file="{file}")
    _control(
        key=key,
        data={
            "figure": figure.to_json(),
            "name": name,
            "script": SCRIPT,
            "words": words,
            "width": PRINT_WIDTH,
            "height": PRINT_HEIGHT,
        },
    )
