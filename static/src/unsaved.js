// Leaving a page with unsaved text asks first.
export function warnUnsaved(form) {
  let isChanged = false;
  const ask = (event) => {
    if (isChanged) {
      event.preventDefault();
    }
  };
  form.addEventListener("input", () => {
    isChanged = true;
  });
  form.addEventListener("submit", () => {
    isChanged = false;
  });
  window.addEventListener("beforeunload", ask);
}
