// A link to another view of this app switches in place: the address changes as by any link, so that Back and Forward
// walk over it, and Streamlit is told as it is told of those. A whole new start of the app would cost seconds.
const WAIT = 5000;
const here = (link) => link.origin === location.origin && !link.hasAttribute("download")
  && (link.target || "_self") === "_self" && link.closest("[data-testid=stApp]");
// What the reader had in hand is there again when the page was made anew: the keyboard is on the same link, as long as
// they do nothing else, and the drawer of the filter is open or shut as they left it.
const steps = (node) => {
  const path = [];
  for (; !node.matches(".stHtml"); node = node.parentElement) path.unshift([...node.parentElement.children].indexOf(node));
  return [[...document.querySelectorAll(".stHtml")].indexOf(node), ...path];
};
const near = (all, index) => all[Math.min(index, all.length - 1)];
const at = ([first, ...path]) => path.reduce((node, index) => near(node?.children ?? [], index) ?? node,
  near(document.querySelectorAll(".stHtml"), first));
let hands;
const letGo = () => hands?.disconnect();
const hold = (link) => {
  const place = steps(link);
  const again = () => {
    if (document.activeElement !== document.body) return;
    const now = at(place), drawer = now?.closest("details");
    (now?.checkVisibility() ? now.closest("a") ?? now.querySelector("a, summary") : drawer?.querySelector("summary"))
      ?.focus({ preventScroll: true });
  };
  letGo();
  hands = new MutationObserver(again);
  hands.observe(document.querySelector("[data-testid=stMain]"), { childList: true, subtree: true });
};
for (const other of ["pointerdown", "keydown"]) addEventListener(other, letGo, true);
addEventListener("popstate", (event) => {
  if (!event.isTrusted) return;
  letGo();
  leave?.();
});

const DRAWER = ".more details";
let open = false, known;
document.addEventListener("toggle", ({ target }) => { if (target.matches(DRAWER)) open = known.open = target.open; }, true);
const keep = () => {
  const now = document.querySelector(DRAWER);
  if (now && now !== known) now.open = open || now.open;
  known = now ?? known;
};
new MutationObserver(keep).observe(document.querySelector("[data-testid=stApp]"), { childList: true, subtree: true });
keep();

// A place that an address names behind # is there only when its page has been made: the page is led to it then, and
// kept there while charts above it still grow, until the reader does something.
const GROWS = 3000;
let leave;
const land = () => {
  leave?.();
  const name = decodeURIComponent(location.hash.slice(1)), main = document.querySelector("[data-testid=stMain]");
  if (!name || !main) return;
  const seek = () => document.getElementById(name)?.scrollIntoView();
  const made = new MutationObserver(seek), done = new AbortController(), late = setTimeout(() => leave(), GROWS);
  const sized = new ResizeObserver(seek);
  leave = () => { clearTimeout(late); made.disconnect(); sized.disconnect(); done.abort(); };
  made.observe(main, { childList: true, subtree: true });
  sized.observe(main.firstElementChild);
  for (const hand of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(hand, leave, { signal: done.signal });
};
land();

const base = () => new URL(document.baseURI).pathname.replace(/[^/]*$/, "");

// A link of a page that is being made anew knows the address of before: what it would change of that is done to the
// present one, or a second choice would take back the first.
const meant = (link) => {
  if (link.dataset.stay === undefined) return link.href;
  const { made, many } = document.querySelector("[data-made]").dataset;
  const [was, now, wants] = [made, location.search, link.search].map((query) => [...new URLSearchParams(query)]);
  const lacks = (all) => ([name, value]) => !all.some((one) => one[0] === name && one[1] === value);
  const more = wants.filter(lacks(was)), less = was.filter(lacks(wants));
  const late = now.some(lacks(was)) || was.some(lacks(now));
  if (!late || !(more.length + less.length)) return link.href;
  const replaced = ([name]) => !many.split(" ").includes(name) && more.some((one) => one[0] === name);
  const kept = now.filter((one) => lacks(less)(one) && !replaced(one));
  const url = new URL(link.href);
  url.search = new URLSearchParams([...kept, ...more.filter(lacks(kept))]);
  return url.href;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey
    || event.altKey || !here(link) || !link.pathname.startsWith(base())) return;
  const only = link.pathname === location.pathname && link.search === location.search;
  if (only && link.hash) return; // a place on this page
  event.preventDefault();
  if (link.matches("[data-stay], .tile") && document.activeElement === link) hold(link);
  const before = window.runOfPage;
  history.pushState(null, "", meant(link));
  dispatchEvent(new PopStateEvent("popstate", { state: null }));
  if (link.dataset.stay === undefined) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  land();
  // Should Streamlit one day not listen any more, the link is followed as any other. A slow server has been asked.
  setTimeout(() => {
    const asked = document.querySelector("[data-test-script-state]")?.dataset.testScriptState !== "notRunning";
    if (window.runOfPage === before && !asked && !only) location.reload();
  }, WAIT);
});
