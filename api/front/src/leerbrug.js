// What every page gains with JavaScript; each page works without it.
import "htmx.org";
import { boom } from "./boom.js";
import { knoppen } from "./knoppen.js";
import { voorstellen } from "./voorstellen.js";

document.documentElement.classList.add("script");
document.querySelectorAll("input[data-suggesties]").forEach(voorstellen);
document.querySelectorAll("[role=tree]").forEach(boom);
knoppen(document);

// What was swapped in is told to who does not see it, and keeps the place of the reader.
document.body.addEventListener("htmx:afterSwap", (event) => {
  const current = event.detail.target.querySelector?.("[aria-current]") ?? document.querySelector("#rijen [aria-current]");
  current?.focus({ preventScroll: true });
});
