// What every page gains with JavaScript; each page works without it.
import "htmx.org";
import { boom } from "./boom.js";
import { bezigheid } from "./bezig.js";
import { bord } from "./bord.js";
import { knoppen } from "./knoppen.js";
import { voorstellen } from "./voorstellen.js";

document.documentElement.classList.add("script");
document.querySelectorAll("input[data-suggesties]").forEach(voorstellen);
document.querySelectorAll("[role=tree]").forEach(boom);
document.querySelectorAll("table.bordtabel").forEach(bord);
knoppen(document);
bezigheid(document.querySelector("#bezig"));

// One address is a page or data by what is asked for, so htmx asks for the page.
document.addEventListener("htmx:configRequest", (event) => (event.detail.headers.Accept = "text/html"));

// A refusal is a page of its own that says what to do; without an answer the browser says so itself.
for (const event of ["htmx:responseError", "htmx:sendError"])
  document.addEventListener(event, ({ detail }) => location.assign(detail.pathInfo.finalRequestPath));

// A link that swaps in what it asks for keeps the focus where the reader was.
document.body.addEventListener("htmx:afterSwap", (event) => {
  const asked = event.detail.requestConfig.elt;
  if (asked.matches("a")) document.querySelector(`${asked.getAttribute("hx-target")} [aria-current]`)?.focus({ preventScroll: true });
});
