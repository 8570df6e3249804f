// The keyboard of an ARIA tree: one tab stop, arrows, Home and End, typing the beginning of a name.
export function boom(tree) {
  const items = () => [...tree.querySelectorAll("[role=treeitem]")].filter((item) => item.offsetParent !== null);
  const named = (item) => item.querySelector(".tak").textContent.trim().toLowerCase();
  const parent = (item) => item.parentElement.closest("[role=treeitem]");
  const open = (item, wanted) => item.hasAttribute("aria-expanded") && item.setAttribute("aria-expanded", String(wanted));
  const isOpen = (item) => item.getAttribute("aria-expanded") === "true";

  const focus = (item) => {
    if (!item) return;
    tree.querySelector("[role=treeitem][tabindex='0']")?.setAttribute("tabindex", "-1");
    item.setAttribute("tabindex", "0");
    item.focus();
  };

  tree.querySelectorAll("[role=treeitem] a").forEach((link) => link.setAttribute("tabindex", "-1"));
  let typed = "", forget;

  tree.addEventListener("click", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.target.closest("a")) return;
    open(item, !isOpen(item));
    focus(item);
  });

  tree.addEventListener("keydown", (event) => {
    const item = event.target.closest("[role=treeitem]");
    if (!item || event.ctrlKey || event.altKey || event.metaKey) return;
    const shown = items(), place = shown.indexOf(item);
    const deeds = {
      ArrowDown: () => focus(shown[place + 1]),
      ArrowUp: () => focus(shown[place - 1]),
      Home: () => focus(shown[0]),
      End: () => focus(shown.at(-1)),
      ArrowRight: () => (item.hasAttribute("aria-expanded") && !isOpen(item) ? open(item, true) : isOpen(item) && focus(item.querySelector("[role=treeitem]"))),
      ArrowLeft: () => (isOpen(item) ? open(item, false) : focus(parent(item))),
      Enter: () => (item.querySelector(":scope > .tak a") ?? { click: () => open(item, !isOpen(item)) }).click(),
      " ": () => open(item, !isOpen(item)),
    };
    if (deeds[event.key]) {
      event.preventDefault();
      deeds[event.key]();
    } else if (event.key.length === 1) {
      clearTimeout(forget);
      forget = setTimeout(() => (typed = ""), 600);
      typed += event.key.toLowerCase();
      // The same letter again goes on to the next name that begins with it.
      const wanted = [...typed].every((letter) => letter === typed[0]) ? typed[0] : typed;
      const after = [...shown.slice(place + (wanted.length === 1 ? 1 : 0)), ...shown.slice(0, place + 1)];
      focus(after.find((one) => named(one).startsWith(wanted)));
    }
  });
}
