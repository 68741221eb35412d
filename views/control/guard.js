// Streamlit writes on its root whether the server is there. While it is not the page says so and takes no clicks, which
// would be lost. When it is back the page is made anew first: a server that was started again knows nothing of this
// page, neither its downloads nor which choice is newer, that of the address or that of a click.
const PATIENCE = 20000, SOON = 500;
const bar = document.createElement("p");
bar.className = "guard";
bar.setAttribute("role", "status");
let words, ask, run, away = false, asked, late;

const say = (text) => {
  bar.textContent = text;
  // Beside what is shut, else it were shut with it.
  if (!bar.isConnected) document.body.append(bar);
  document.querySelector("[data-testid=stMain]").inert = true;
};

const release = () => {
  clearTimeout(late);
  asked = undefined;
  bar.remove();
  document.querySelector("[data-testid=stMain]").inert = false;
};

const follow = (app) => {
  const state = app.dataset.testConnectionState;
  if (state === "CONNECTED" && away) {
    away = false;
    asked = run;
    say(words.back);
    late = setTimeout(() => say(words.reload), PATIENCE);
    ask();
  } else if (state !== "CONNECTED") {
    away = true;
    clearTimeout(late);
    say(state === "DISCONNECTED_FOREVER" ? words.reload : words.away);
  }
};

const app = document.querySelector("[data-test-connection-state]");
new MutationObserver(() => follow(app)).observe(app, { attributeFilter: ["data-test-connection-state"] });
app.dataset.guarded = "yes"; // from here on the page is watched

export default function ({ data, setTriggerValue }) {
  ask = () => setTriggerValue("again", Date.now());
  ({ words, run } = data);
  if (data.soon) setTimeout(ask, SOON);
  window.runOfPage = run;
  if (asked && asked !== run && !away) release();
}
