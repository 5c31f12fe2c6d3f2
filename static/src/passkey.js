// Passkeys: the browser fills the form's hidden field and sends it. Without a script, or where the
// browser knows no passkeys, the form says what to use instead.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const withBytes = (listed = []) => listed.map((one) => ({ ...one, id: toBytes(one.id) }));

function asked({ publicKey }) {
  const options = { ...publicKey, challenge: toBytes(publicKey.challenge) };
  if (publicKey.user) {
    options.user = { ...publicKey.user, id: toBytes(publicKey.user.id) };
    options.excludeCredentials = withBytes(publicKey.excludeCredentials);
  } else {
    options.allowCredentials = withBytes(publicKey.allowCredentials);
  }
  return { publicKey: options };
}

function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) {
      response[name] = toText(credential.response[name]);
    }
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

export function usePasskey(form) {
  if (!window.PublicKeyCredential) {
    return;
  }
  const button = form.querySelector("button");
  const refusal = form.querySelector("[role=alert]");
  const options = JSON.parse(form.dataset.options);
  form.querySelector("[data-without-passkeys]").hidden = true;
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    refusal.hidden = true;
    try {
      const credential = await navigator.credentials[form.dataset.passkey](asked(options));
      form.elements.credential.value = JSON.stringify(answered(credential));
      form.submit();
    } catch {
      refusal.hidden = false;
    }
  });
}
