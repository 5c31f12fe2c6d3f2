// Two minutes before the session ends a box says so; one key keeps it. When it has ended the page
// is covered, and signing in leads back to it with what was typed.
const WARNING_SECONDS = 120;
const WHY = "Nothing has happened here for a while.";

const asTime = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function boxOf(name, title, button) {
  const box = document.createElement("dialog");
  box.className = `app-session app-session--${name}`;
  box.setAttribute("aria-labelledby", `session-${name}`);
  box.innerHTML = `<h2 class="govuk-heading-m" id="session-${name}">${title}</h2>
    <p class="govuk-body"></p><button type="button" class="govuk-button">${button}</button>`;
  document.body.append(box);
  return box;
}

function say(box, text) {
  box.querySelector("p").textContent = text;
  if (!box.open) {
    box.showModal();
  }
}

export function watchSession(body) {
  const { session: address, sessionSeconds, signIn } = body.dataset;
  let endsAt = Date.now() + Number(sessionSeconds) * 1000;
  let isBusy = false;
  let changed = null;
  const left = () => Math.ceil((endsAt - Date.now()) / 1000);
  const warning = boxOf("warning", "You will soon be signed out", "Stay signed in");
  const ended = boxOf("ended", "You have been signed out", "Sign in again");

  // Asking (GET) prolongs nothing: another window may have; staying (POST) does.
  async function ask(method) {
    isBusy = true;
    try {
      const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
      const headers = { "X-CSRFToken": token };
      const answer = await fetch(address, { method, headers, redirect: "manual" });
      endsAt = Date.now() + (answer.ok ? (await answer.json()).seconds : 0) * 1000;
    } catch {
      // Without a network the last known time stands.
    }
    isBusy = false;
  }

  async function look() {
    if (isBusy || ended.open) {
      return;
    }
    if (left() <= 0 || (left() <= WARNING_SECONDS && !warning.open)) {
      await ask("GET");
    }
    if (left() <= 0) {
      warning.close();
      say(ended, changed ? "What you typed is kept until you have signed in." : WHY);
    } else if (left() <= WARNING_SECONDS) {
      say(warning, `You have ${asTime(left())} minutes left. ${WHY}`);
    } else {
      warning.close();
    }
  }

  async function stay() {
    await ask("POST");
    look();
  }

  function goOn() {
    if (changed) {
      changed.requestSubmit();
    } else {
      const here = encodeURIComponent(location.pathname + location.search);
      location.assign(`${signIn}?next=${here}`);
    }
  }

  document.addEventListener("input", ({ target }) => {
    changed = target.form?.method === "post" ? target.form : changed;
  });
  warning.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  ended.addEventListener("cancel", (event) => event.preventDefault());
  warning.querySelector("button").addEventListener("click", stay);
  ended.querySelector("button").addEventListener("click", goOn);
  setInterval(look, 1000);
}
