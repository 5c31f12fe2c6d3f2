// What scripts add to the pages; each page works without them. Built into ../site.js.
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { offerToCopy } from "./copy.js";
import { usePasskey } from "./passkey.js";
import { revealAll } from "./reveal.js";
import { letKeyboardScroll } from "./scroll.js";
import { watchSession } from "./session.js";
import { warnUnsaved } from "./unsaved.js";
import { countWords } from "./words.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

createAll(Button, { preventDoubleClick: true });
for (const component of [Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink]) {
  createAll(component);
}
document.querySelectorAll("[data-copy]").forEach(offerToCopy);
document.querySelectorAll(".app-table-scroll").forEach(letKeyboardScroll);
document.querySelectorAll("form").forEach(revealAll);
document.querySelectorAll("[data-words]").forEach(countWords);
document.querySelectorAll("[data-warn-unsaved]").forEach(warnUnsaved);
document.querySelectorAll("[data-passkey]").forEach(usePasskey);
document.querySelectorAll("[data-session]").forEach(watchSession);
