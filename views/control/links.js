// A link to another view of this app switches in place: the address changes as by any link, so that Back and Forward
// walk over it, and Streamlit is told as it is told of those. A whole new start of the app would cost seconds.
const WAIT = 1000;
const here = (link) => link.origin === location.origin && !link.hasAttribute("download")
  && (link.target || "_self") === "_self" && link.closest("[data-testid=stApp]");
const base = () => new URL(document.baseURI).pathname.replace(/[^/]*$/, "");

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey
    || event.altKey || !here(link) || !link.pathname.startsWith(base())) return;
  const only = link.pathname === location.pathname && link.search === location.search;
  if (only && link.hash) return; // a place on this page
  event.preventDefault();
  const before = window.runOfPage;
  history.pushState(null, "", link.href);
  dispatchEvent(new PopStateEvent("popstate", { state: null }));
  if (link.dataset.stay === undefined) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  // Should Streamlit one day not listen any more, the link is followed as any other. A slow server has been asked.
  setTimeout(() => {
    const asked = document.querySelector("[data-test-script-state]")?.dataset.testScriptState !== "notRunning";
    if (window.runOfPage === before && !asked && !only) location.reload();
  }, WAIT);
});
