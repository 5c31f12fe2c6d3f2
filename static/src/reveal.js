// What belongs to an answer shows when that answer is chosen. Without a script all of it shows.
// Hidden fields are switched off, so that they are not sent; what was typed in them stays.
const INPUTS = "input, select, textarea";

export function revealAll(form) {
  const parts = [...form.querySelectorAll("[data-shown-by], [data-shown-apart]")];
  if (!parts.length) {
    return;
  }
  const showAll = () => {
    for (const part of parts) {
      part.hidden = !isWanted(form, part) || Boolean(part.parentElement.closest("[hidden]"));
    }
    for (const input of form.querySelectorAll(INPUTS)) {
      input.disabled = Boolean(input.closest("[hidden]"));
    }
  };
  form.addEventListener("change", showAll);
  showAll();
}

function isWanted(form, part) {
  if (part.querySelector(".govuk-error-message")) {
    return true;
  }
  const { shownBy, shownOn, shownApart, shownAbove } = part.dataset;
  if (shownBy) {
    return words(shownBy).some((name) => isAnyOf(chosen(form, name), shownOn));
  }
  return areApart(form, words(shownApart)) || (shownAbove && isAbove(form, words(shownAbove)));
}

function isAnyOf(values, codes) {
  return codes ? values.some((value) => codes.split(",").includes(value)) : values.length > 0;
}

function areApart(form, names) {
  const grades = names.flatMap((name) => chosen(form, name)).map(Number).filter(Boolean);
  return grades.length > 1 && Math.max(...grades) - Math.min(...grades) > 1;
}

// "grade-practice:3,2,2": the grades of the sections, of which two or more are lower.
function isAbove(form, pairs) {
  return pairs.some((pair) => {
    const [name, grades] = pair.split(":");
    const [own] = chosen(form, name).map(Number);
    return own && grades.split(",").filter((grade) => Number(grade) < own).length > 1;
  });
}

function chosen(form, name) {
  const inputs = form.querySelectorAll(`[name="${CSS.escape(name)}"]:checked`);
  return [...inputs].map((input) => input.value);
}

function words(text) {
  return text.trim().split(/\s+/);
}
