// The keyboard of the sector board: a digit gives a verdict, Alt with an arrow goes to the same place in another row.
export function bord(table) {
  const rows = [...table.tBodies[0].rows];
  const radios = (row) => [...row.querySelectorAll("input[type=radio]")];

  // Where one lands in a row: the verdict that is given, else the first; or its reason, or its box.
  const place = (row, kind) =>
    kind === "radio" ? (radios(row).find((one) => one.checked) ?? radios(row)[0]) : row.querySelector(kind);

  const go = (row, step, kind) => {
    for (let next = rows.indexOf(row) + step; rows[next]; next += step) {
      const target = place(rows[next], kind);
      if (target) return target.focus();
    }
  };

  table.addEventListener("keydown", (event) => {
    const row = event.target.closest("tr"), field = event.target;
    const kind = { radio: "radio", checkbox: "input[type=checkbox]" }[field.type] ?? (field.tagName === "TEXTAREA" && "textarea");
    if (event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      field.form?.requestSubmit(field.form.querySelector("button[value=bewaar]"));
    } else if (kind && event.altKey && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      go(row, event.key === "ArrowDown" ? 1 : -1, kind);
    } else if (kind === "radio" && !event.altKey && !event.ctrlKey && !event.metaKey && /^[1-4]$/.test(event.key)) {
      event.preventDefault();
      radios(row)[event.key - 1].checked = true;
      go(row, 1, "radio");
    }
  });
}
