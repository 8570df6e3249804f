// The editor of the SPARQL workbench in the place of a plain textarea: completion, prefixes, lint, and a shared address.
import { acceptCompletion, autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { linter, lintKeymap } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { bewaard } from "./bewaard.js";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--deels)" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--bevestigen)" },
  { tag: [tags.namespace, tags.url], color: "var(--gedekt)" },
  { tag: tags.comment, color: "var(--inkt-zacht)", fontStyle: "italic" },
]);

const area = document.querySelector("#vraag");
const words = JSON.parse(area.dataset.woorden);
const completion = fetch("/v1/sparql/completion", { headers: { Accept: "application/json" } })
  .then((answer) => (answer.ok ? answer.json() : {}))
  .catch(() => ({}));

async function complete(context) {
  const word = context.matchBefore(/[\w-]*:?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  return { from: word.from, options: options(await completion, context.state.doc.toString()), validFor: /^[\w-]*:?[\w-]*$/ };
}

// Classes after "a"; properties of the classes that the query names first, each with the share of things that have it.
function options(known, text) {
  const classes = known.classes ?? [];
  const named = classes.filter((one) => new RegExp(`\\ba\\s+${one.name}\\b`).test(text));
  const properties = new Map();
  for (const kind of [...named, ...classes])
    for (const one of kind.properties)
      if (!properties.has(one.name)) properties.set(one.name, { ...one, boost: named.includes(kind) ? 50 : 0 });
  const many = (one) => `${one.min ?? 0}..${one.max ?? "*"} · ${Math.round(one.share * 100)} %`;
  return [
    ...classes.map((one) => ({ label: one.name, detail: label(one), info: `${one.things} ×`, type: "class" })),
    ...[...properties.values()].map((one) => ({ label: one.name, detail: label(one), info: many(one), type: "property", boost: one.boost })),
    ...Object.entries(known.prefixes ?? {}).map(([prefix, iri]) => ({ label: `${prefix}:`, detail: iri, type: "namespace" })),
  ];
}

const label = (one) => one.label?.[document.documentElement.lang] ?? one.label?.nl ?? "";

async function lint(view) {
  const found = [];
  syntaxTree(view.state).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError && found.length < 5) found.push({ from, to: Math.max(to, Math.min(from + 1, view.state.doc.length)), severity: "error", message: words.fout });
    },
  });
  const text = view.state.doc.toString();
  const declared = new Set([...text.matchAll(/prefix\s+([\w-]*):/gi)].map((match) => match[1]));
  const { prefixes = {} } = await completion;
  for (const match of text.matchAll(/(?<![\w<"'/:?$-])([a-z][\w-]*):[\w]/gi)) {
    const prefix = match[1];
    if (declared.has(prefix) || !prefixes[prefix] || /prefix\s*$/i.test(text.slice(0, match.index))) continue;
    found.push({
      from: match.index,
      to: match.index + prefix.length,
      severity: "warning",
      message: words.voorvoegsel.replace("…", `${prefix}:`),
      actions: [{ name: words.toevoegen, apply: (target) => target.dispatch({ changes: { from: 0, insert: `PREFIX ${prefix}: <${prefixes[prefix]}>\n` } }) }],
    });
    declared.add(prefix);
  }
  return found;
}

bewaard(document.querySelector("#bewaard"), document.querySelector("#bewaar"), () => area.value);

const form = area.form;
const run = () => (form.requestSubmit(form.querySelector("[name=uitvoeren]")), true);
// In a shadow root the editor may bring its own style sheet, which the Content-Security-Policy forbids elsewhere.
const place = document.createElement("div");
const root = place.attachShadow({ mode: "open" });
area.after(place);
const view = new EditorView({
  parent: root,
  root,
  state: EditorState.create({
    doc: area.value,
    extensions: [
      lineNumbers(),
      history(),
      bracketMatching(),
      closeBrackets(),
      syntaxHighlighting(colours),
      sparql(),
      autocompletion({ override: [complete] }),
      linter(lint),
      EditorView.lineWrapping,
      EditorView.theme({
        "&": { font: ".92rem var(--vast)", color: "var(--inkt)", minHeight: "16rem" },
        "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "-3px" },
        ".cm-scroller": { fontFamily: "var(--vast)", lineHeight: "1.5" },
        ".cm-content": { caretColor: "var(--inkt)" },
        ".cm-cursor": { borderLeftColor: "var(--inkt)" },
        ".cm-gutters": { background: "var(--vlak-diep)", color: "var(--inkt-zacht)", border: "0" },
        ".cm-tooltip": { background: "var(--vlak)", color: "var(--inkt)", border: "1px solid var(--lijn-sterk)" },
        ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--accent-op)" },
      }),
      EditorView.contentAttributes.of({ "aria-label": words.naam, "aria-multiline": "true" }),
      // Tab leaves the editor, as everywhere else; it only takes a completion that is open.
      keymap.of([{ key: "Ctrl-Enter", mac: "Cmd-Enter", run }, { key: "Tab", run: acceptCompletion }, ...completionKeymap, ...lintKeymap, ...defaultKeymap, ...historyKeymap]),
      EditorView.updateListener.of((update) => update.docChanged && (area.value = update.state.doc.toString())),
    ],
  }),
});
area.hidden = true;
form.addEventListener("submit", () => {
  area.value = view.state.doc.toString();
  document.body.classList.add("bezig");
});
document.querySelectorAll("[data-vraag]").forEach((button) =>
  button.addEventListener("click", () => {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: button.dataset.vraag } });
    view.focus();
  }),
);
