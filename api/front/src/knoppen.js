// Buttons that copy what stands beside them, and that print the page.
export function knoppen(root) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.kopieer) {
      const source = document.querySelector(button.dataset.kopieer);
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      tell(button);
    }
    if ("druk" in button.dataset) window.print();
  });
}

function tell(button) {
  const text = button.textContent;
  button.textContent = `${text} ✓`;
  setTimeout(() => (button.textContent = text), 1500);
}
