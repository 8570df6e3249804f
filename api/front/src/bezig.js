// A bar above the page while an answer takes long: for forms, for links of our own and for what htmx fetches.
const PATIENCE = 400;

export function bezigheid(bar) {
  let timer;
  const begin = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (bar.textContent = bar.dataset.tekst), PATIENCE);
  };
  const end = () => {
    clearTimeout(timer);
    bar.textContent = "";
  };
  document.addEventListener("htmx:beforeRequest", begin);
  document.addEventListener("htmx:afterRequest", end);
  document.addEventListener("submit", (event) => event.defaultPrevented || begin());
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='/']");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.hasAttribute("download")) return;
    if (!link.hash || link.href.split("#")[0] !== location.href.split("#")[0]) begin();
  });
  // Back in a page that the browser kept, or on a page whose link gave a file: nothing is going on any more.
  addEventListener("pageshow", end);
  addEventListener("blur", end);
}
