// Draws the print figure that comes as data; loads plotly.js on the first click.
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
          format, filename: data.name, width: layout.width, height: layout.height,
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
