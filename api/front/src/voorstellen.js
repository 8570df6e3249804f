// Suggestions under a search box, grouped by kind: a combobox as WAI-ARIA describes it.
const WAIT = 120;
let boxes = 0;

export function voorstellen(input) {
  const names = JSON.parse(input.dataset.groepen);
  const id = `voorstellen-${++boxes}`;
  const list = document.createElement("div");
  Object.assign(list, { id, className: "voorstellen", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggesties);
  input.closest("form").append(list);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  let timer, asked, options = [], place = -1;

  const close = () => {
    list.hidden = true;
    place = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const mark = (next) => {
    options[place]?.setAttribute("aria-selected", "false");
    place = (next + options.length + 1) % (options.length + 1);
    if (place === options.length) place = -1;
    const option = options[place];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  // What was typed last is what the list answers: an answer that comes late to an earlier word is not shown.
  const show = (items, vraag) => {
    if (vraag !== input.value) return;
    list.dataset.vraag = vraag;
    const groups = new Map();
    for (const item of items) groups.set(item.soort, [...(groups.get(item.soort) ?? []), item]);
    options = [];
    list.replaceChildren(...[...groups].map(([soort, found]) => group(soort, found)));
    place = -1;
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!!options.length));
  };

  const group = (soort, found) => {
    const box = document.createElement("div");
    const title = Object.assign(document.createElement("span"), { id: `${id}-${soort}`, textContent: names[soort] ?? soort });
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", title.id);
    box.append(title, ...found.map(option));
    return box;
  };

  const option = (item) => {
    const box = document.createElement("div");
    box.id = `${id}-${options.length}`;
    box.setAttribute("role", "option");
    box.setAttribute("aria-selected", "false");
    box.dataset.href = item.href;
    const code = Object.assign(document.createElement("span"), { className: "code zacht", textContent: item.code });
    const [lang, textContent] = Object.entries(item.naam)[0];
    box.append(Object.assign(document.createElement("span"), { lang, textContent }), " ", code);
    box.addEventListener("mousedown", (event) => event.preventDefault());
    box.addEventListener("click", () => go(item.href));
    options.push(box);
    return box;
  };

  const go = (href) => {
    const lang = new URLSearchParams(location.search).get("lang");
    location.assign(lang ? `${href}${href.includes("?") ? "&" : "?"}lang=${lang}` : href);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    asked?.abort();
    if (input.value.trim().length < 2) return close();
    timer = setTimeout(async () => {
      asked = new AbortController();
      const vraag = input.value;
      const query = new URLSearchParams({ q: vraag, perSoort: 4 });
      try {
        // By header: with ?lang= a name would come without its language.
        const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
        const answer = await fetch(`/v1/suggesties?${query}`, { headers, signal: asked.signal });
        if (answer.ok) show((await answer.json()).items, vraag);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    }, WAIT);
  });

  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") {
      event.preventDefault();
      return close();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? place + 1 : place - 1 + (place < 0 ? options.length + 1 : 0));
    } else if (event.key === "Enter" && place >= 0) {
      event.preventDefault();
      go(options[place].dataset.href);
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
}
