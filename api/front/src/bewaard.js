// Questions that somebody keeps: in this browser alone, each a link to the workbench that runs nothing by itself.
const KEY = "leerbrug-vragen";

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

export function bewaard(section, button, query) {
  const list = section.querySelector("ul");

  const keep = (questions) => {
    localStorage.setItem(KEY, JSON.stringify(questions));
    show();
  };

  const show = () => {
    const questions = kept();
    section.hidden = !questions.length;
    list.replaceChildren(...questions.map((one) => item(one)));
  };

  const item = ({ naam, vraag }) => {
    const row = document.createElement("li");
    const address = new URLSearchParams({ query: vraag });
    const lang = new URLSearchParams(location.search).get("lang");
    if (lang) address.set("lang", lang);
    const link = Object.assign(document.createElement("a"), { href: `/werkbank?${address}`, textContent: naam });
    const away = Object.assign(document.createElement("button"), { type: "button", className: "stil klein-knop", textContent: section.dataset.weg });
    away.setAttribute("aria-label", `${section.dataset.weg}: ${naam}`);
    away.addEventListener("click", () => {
      keep(kept().filter((one) => one.naam !== naam));
      button.focus();
    });
    row.append(link, " ", away);
    return row;
  };

  button.addEventListener("click", () => {
    const naam = window.prompt(section.dataset.naam)?.trim();
    if (naam) keep([...kept().filter((one) => one.naam !== naam), { naam, vraag: query() }]);
  });
  show();
}
