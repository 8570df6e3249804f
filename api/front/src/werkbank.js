// The editor of the SPARQL workbench in the place of a plain textarea: completion, prefixes, lint, and a shared address.
import { acceptCompletion, autocompletion, closeBrackets, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, defaultHighlightStyle, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { linter, lintKeymap } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { sparql } from "codemirror-lang-sparql";

const area = document.querySelector("#vraag");
const words = JSON.parse(area.dataset.woorden);
const completion = fetch("/v1/sparql/completion", { headers: { Accept: "application/json" } })
  .then((answer) => (answer.ok ? answer.json() : {}))
  .catch(() => ({}));

async function complete(context) {
  const word = context.matchBefore(/[\w-]*:?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  return { from: word.from, options: options(await completion), validFor: /^[\w-]*:?[\w-]*$/ };
}

function options(known) {
  const term = (type) => (one) => ({ label: one.curie ?? one.name, detail: label(one), info: one.comment ?? "", type });
  return [
    ...(known.classes ?? []).map(term("class")),
    ...(known.properties ?? []).map(term("property")),
    ...Object.keys(known.prefixes ?? {}).map((prefix) => ({ label: `${prefix}:`, detail: known.prefixes[prefix], type: "namespace" })),
  ];
}

const label = (one) => (typeof one.label === "string" ? one.label : (one.label?.[document.documentElement.lang] ?? one.label?.nl ?? ""));

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

const form = area.form;
const run = () => (form.requestSubmit(), true);
const view = new EditorView({
  parent: area.parentElement,
  state: EditorState.create({
    doc: area.value,
    extensions: [
      lineNumbers(),
      history(),
      bracketMatching(),
      closeBrackets(),
      syntaxHighlighting(defaultHighlightStyle),
      sparql(),
      autocompletion({ override: [complete] }),
      linter(lint),
      EditorView.lineWrapping,
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
  localStorage.setItem("leerbrug-vraag", area.value);
  document.body.classList.add("bezig");
});
document.querySelectorAll("[data-vraag]").forEach((button) =>
  button.addEventListener("click", () => {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: button.dataset.vraag } });
    view.focus();
  }),
);
