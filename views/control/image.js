// One control for the images of a chart or of a whole filter: it asks the server for the sheets, which come as data,
// draws them here, and saves one file, or all of them as a ZIP.

// Streamlit's own charts may have left another release in window.Plotly: ours is kept
// apart and theirs put back, so that an image never depends on which loaded first.
const load = (script) => {
  window.plotlyForImages ??= new Promise((done, fail) => {
    const tag = document.createElement("script");
    tag.src = new URL(script, location.origin + location.pathname.replace(/[^/]*$/, ""));
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

const picture = async (script, sheet, format) => {
  const Plotly = await load(script);
  const { data, layout } = JSON.parse(sheet);
  const size = { width: layout.width, height: layout.height, scale: format === "png" ? 2 : 1 };
  const address = await Plotly.toImage({ data, layout }, { format, ...size });
  return new Uint8Array(await (await fetch(address)).arrayBuffer());
};

const TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  for (let bit = 0; bit < 8; bit++) number = number & 1 ? (number >>> 1) ^ 0xedb88320 : number >>> 1;
  return number;
});
const crc = (bytes) => {
  let found = -1;
  for (const byte of bytes) found = (found >>> 8) ^ TABLE[(found ^ byte) & 255];
  return ~found;
};

// Files as they are: pictures are compressed already. Names are UTF-8; the fields are those of APPNOTE.TXT, 4.3.
const zip = (files) => {
  const parts = [], index = [];
  const now = new Date(), time = (now.getHours() << 11) | (now.getMinutes() << 5) | (now.getSeconds() >> 1);
  const day = ((now.getFullYear() - 1980) << 9) | ((now.getMonth() + 1) << 5) | now.getDate();
  const fields = (list) => {
    const view = new DataView(new ArrayBuffer(list.reduce((sum, [size]) => sum + size, 0)));
    list.reduce((at, [size, value]) => (size === 2 ? view.setUint16(at, value, true)
      : view.setUint32(at, value, true), at + size), 0);
    return new Uint8Array(view.buffer);
  };
  let place = 0, indexed = 0;
  for (const [name, bytes] of files) {
    const title = new TextEncoder().encode(name);
    const common = [[2, 20], [2, 0x800], [2, 0], [2, time], [2, day], [4, crc(bytes)],
      [4, bytes.length], [4, bytes.length], [2, title.length], [2, 0]];
    const head = fields([[4, 0x04034b50], ...common]);
    // Made by Unix (3), a plain file: of any other maker Info-ZIP's unzip takes the names for an old code page.
    const entry = fields([[4, 0x02014b50], [2, 0x0314], ...common, [2, 0], [2, 0], [2, 0], [4, (0o100644 << 16) >>> 0],
      [4, place]]);
    parts.push(head, title, bytes);
    index.push(entry, title);
    place += head.length + title.length + bytes.length;
    indexed += entry.length + title.length;
  }
  const count = files.length;
  return [...parts, ...index, fields([[4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count],
    [4, indexed], [4, place], [2, 0]])];
};

const save = (parts, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

const fill = (text, words) => text.replace(/{(\w+)}/g, (_, key) => words[key]);

const make = async (root, data, answer) => {
  const status = root.querySelector("[role=status]"), bar = root.querySelector("progress"), done = [];
  const total = answer.files.length;
  bar.hidden = total < 2;
  bar.max = total;
  try {
    for (const { name, sheet, text } of answer.files) {
      bar.value = done.length;
      if (total > 1) status.textContent = fill(data.words.step, { done: done.length + 1, total, file: name });
      done.push([name, sheet ? await picture(data.script, sheet, answer.format) : new TextEncoder().encode(text)]);
    }
    const name = answer.zip ?? done[0][0];
    save(answer.zip ? zip(done) : [done[0][1]], name);
    status.textContent = fill(data.words.done, { file: name });
  } catch (error) {
    console.warn("image control:", error.message);
    status.textContent = data.words.failed;
  }
  bar.hidden = true;
};

const copied = async (field) => {
  field.select();
  // Without https there is no clipboard to write to, but what is selected can still be copied.
  try { await navigator.clipboard.writeText(field.value); return true; } catch { return document.execCommand("copy"); }
};

const build = (root, ask, { words, shapes, shared }) => {
  const status = root.querySelector("[role=status]"), element = (name, text, more = {}) =>
    Object.assign(document.createElement(name), { textContent: text, ...more });
  root.querySelector(".image summary").textContent = words.open;
  root.querySelector(".hint").textContent = words.hint;
  root.querySelector(".choices").replaceChildren(...Object.entries(shapes).flatMap(([shape, name]) => [
    element("span", name),
    ...["png", "svg"].map((format) => {
      const button = element("button", format.toUpperCase(), { type: "button", onclick: () => ask(shape, format) });
      Object.assign(button.dataset, { shape, format });
      button.setAttribute("aria-label", `${name} ${format.toUpperCase()}`);
      return button;
    }),
  ]));
  const share = root.querySelector(".share");
  share.hidden = !shared.length;
  share.replaceChildren(element("summary", words.share), ...shared.map(([name, text, key]) => {
    const label = element("label", ""), field = element("input", "", { readOnly: true, value: text });
    const button = element("button", words.copy, { type: "button" });
    button.dataset.copy = key;
    button.onclick = async () => { status.textContent = (await copied(field)) ? words.copied : words.uncopied; };
    label.append(element("span", name), field, button);
    return label;
  }));
};

const known = new WeakMap();

export default function ({ parentElement: root, data, setTriggerValue }) {
  const own = known.get(root) ?? {}, { answer, ...rest } = data;
  known.set(root, own);
  const ask = (shape, format) => {
    const id = `${Date.now()} ${Math.random()}`;
    own.asked = id;
    root.querySelector("[role=status]").textContent = data.words.busy;
    setTriggerValue("asked", { id, shape, format });
    setTimeout(() => {
      if (own.asked === id) root.querySelector("[role=status]").textContent = data.words.failed;
    }, 60000);
  };
  // Built anew only where something changed, else a key press would lose its place.
  const built = JSON.stringify(rest);
  if (own.built !== built) build(root, ask, rest);
  own.built = built;
  if (answer && answer.id === own.asked) {
    own.asked = undefined;
    make(root, rest, answer);
  }
}
