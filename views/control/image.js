// One control for the image of a chart, of a chart to be chosen, or of all charts of a filter. Opened, it asks the server
// for the sheet, which comes as data, draws it here to be seen, and saves what is seen. All charts of a filter are not
// shown: they are asked for when they are to be saved, and go into a ZIP.

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
  return Plotly.toImage({ data, layout }, { format, ...size });
};

const bytes = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());

const save = (parts, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(parts));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

const fill = (text, words) => text.replace(/{(\w+)}/g, (_, key) => words[key]);
const part = (own, selector) => own.root.querySelector(selector);
const say = (own, text) => { part(own, "[role=status]").textContent = text; };

const fail = (own, words, error) => {
  own.asked = own.saving = undefined;
  say(own, words);
  if (error) console.warn("image control:", error.message);
};

// What was asked a moment ago is on its way; after that the server may have been started anew and know nothing of it.
const MOMENT = 10000, PATIENCE = 60000;
const ask = (own, question) => {
  const key = JSON.stringify(question), at = performance.now(); // a clock that nobody sets back
  if (own.asked?.key === key && at - own.asked.at < MOMENT) return;
  const asked = { id: `${at} ${Math.random()}`, key, at };
  own.asked = asked;
  say(own, own.data.words.busy);
  own.send("asked", { id: asked.id, ...question });
  setTimeout(() => { if (own.asked === asked) fail(own, own.data.words.unmade); }, PATIENCE);
};

// The files of all charts of a filter, one after the other into a ZIP.
const pack = async (own, { files, zip: name, format }) => {
  const { words, script } = own.data, bar = part(own, "progress"), done = [], total = files.length;
  bar.hidden = false;
  bar.max = total;
  try {
    for (const { name: file, sheet, text } of files) {
      bar.value = done.length;
      say(own, fill(words.step, { done: done.length + 1, total, file }));
      done.push([file, sheet ? await bytes(await picture(script, sheet, format)) : new TextEncoder().encode(text)]);
    }
    save(zip(done), name);
    say(own, fill(words.done, { file: name }));
  } catch (error) {
    fail(own, words.failed, error);
  }
  bar.hidden = true;
};

// The frame for a sheet, with its picture or still without.
const frame = (own, { width, height }, address, alt = "") => {
  const image = part(own, "img"), { style } = part(own, ".preview");
  style.setProperty("--wide", width);
  style.setProperty("--high", height);
  image.hidden = !address;
  image.alt = alt;
  address ? image.src = address : image.removeAttribute("src");
};

const chosen = ({ chart, shape }) => ({ chart, shape });

// Goes on from what there is to what is wanted: a sheet that is not there is asked for, one that is there is shown, and
// saved where somebody waits for it. Whoever has chosen another since gets the one saved and the other shown.
const follow = async (own) => {
  const { words, script, shapes, charts } = own.data, { saving } = own, question = saving?.question ?? chosen(own);
  const seen = JSON.stringify(chosen(own)), sheet = own.sheets.get(JSON.stringify(question));
  if (own.seen !== seen) {
    own.seen = undefined;
    frame(own, shapes[own.shape]);
    if (charts) share(own, []);
  }
  if (!sheet) return ask(own, question);
  own.saving = undefined;
  try {
    const address = await (sheet.drawn ??= picture(script, sheet.sheet, "svg"));
    const current = own.sheets.get(JSON.stringify(chosen(own))) === sheet;
    if (current && own.seen !== seen) {
      const { width, height } = JSON.parse(sheet.sheet).layout;
      own.seen = seen;
      frame(own, { width, height }, address, sheet.alt);
      if (charts) share(own, sheet.shared);
      say(own, fill(words.shown, { width: 2 * width, height: 2 * height }));
    }
    if (saving) {
      const name = `${sheet.name}.${saving.format}`;
      save([await bytes(saving.format === "svg" ? address : await picture(script, sheet.sheet, saving.format))], name);
      say(own, fill(words.done, { file: name }));
    }
    if (!current) follow(own);
  } catch (error) {
    sheet.drawn = undefined;
    fail(own, words.failed, error);
  }
};

const copied = async (field) => {
  field.select();
  // Without https there is no clipboard to write to, but what is selected can still be copied.
  try { await navigator.clipboard.writeText(field.value); return true; } catch { return document.execCommand("copy"); }
};

const element = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });

const share = (own, shared) => {
  const { words, charts } = own.data, box = part(own, ".share");
  box.hidden = !shared.length;
  box.classList.toggle("chosen", Boolean(charts));
  box.replaceChildren(element("summary", words.share), ...shared.map(([name, text, key]) => {
    const label = element("label", ""), field = element("input", "", { readOnly: true, value: text });
    const button = element("button", words.copy, { type: "button" });
    button.dataset.copy = key;
    button.onclick = async () => say(own, (await copied(field)) ? words.copied : words.uncopied);
    label.append(element("span", name), field, button);
    return label;
  }));
};

const build = (own) => {
  const { words, shapes, charts, shared, zipped, script, chart } = own.data, box = part(own, ".image");
  const show = () => { if (box.open && !zipped) follow(own); };
  own.shape ??= Object.keys(shapes)[0];
  if (charts && !charts.some(([value]) => value === own.chart)) [[own.chart]] = charts;
  part(own, ".image summary").textContent = words.open;
  part(own, ".hint").textContent = words.hint;
  part(own, ".chart").hidden = !charts;
  part(own, ".chart span").textContent = chart;
  part(own, ".preview").hidden = Boolean(zipped);
  part(own, "select").replaceChildren(...(charts ?? []).map(([value, name]) =>
    element("option", name, { value, selected: value === own.chart })));
  part(own, "select").onchange = ({ target }) => { own.chart = target.value; show(); };
  part(own, "fieldset").replaceChildren(element("legend", words.shape), ...Object.entries(shapes).map(([value, one]) => {
    const label = element("label", ""), checked = value === own.shape;
    const field = element("input", "", { type: "radio", name: "shape", value, checked });
    field.onchange = () => { own.shape = value; show(); };
    label.append(field, one.name);
    return label;
  }));
  for (const button of own.root.querySelectorAll("[data-format]")) button.onclick = () => {
    const { format } = button.dataset;
    if (zipped) return ask(own, { shape: own.shape, format });
    own.saving = { question: chosen(own), format };
    say(own, words.busy);
    follow(own);
  };
  // Both at once: the sheet from the server, and what draws it.
  box.ontoggle = () => { if (box.open && !zipped) load(script).catch(() => {}); show(); };
  share(own, shared);
  show();
};

const known = new WeakMap();

export default function ({ parentElement: root, data: { answer, ...data }, setTriggerValue: send }) {
  const own = known.get(root) ?? { root }, built = JSON.stringify(data), anew = own.built !== built;
  known.set(root, Object.assign(own, { data, send }));
  // What was drawn of other data, or for another filter, is not shown again.
  if (anew) Object.assign(own, { built, sheets: new Map(), seen: undefined });
  const { key } = (answer && answer.id === own.asked?.id && own.asked) || {};
  if (key) own.asked = undefined;
  if (key && answer.sheet) own.sheets.set(key, { ...answer });
  // Built anew only where something changed, else a key press would lose its place.
  if (anew) build(own);
  if (!key) return;
  if (answer.files) pack(own, answer);
  else if (answer.sheet) follow(own);
  else fail(own, data.words.unmade);
}
