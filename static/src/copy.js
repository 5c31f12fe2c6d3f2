// The button beside a case's reference: the next thing an auditor does is to paste it.
// Shown only where the browser lets a page write to the clipboard.
export function offerToCopy(button) {
  if (!navigator.clipboard) {
    return;
  }
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = "Copied";
    } catch {
      said.textContent = "Not copied: select the reference and copy it by hand.";
    }
  });
}
