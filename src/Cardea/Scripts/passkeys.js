// The browser is asked for a passkey, and what it answers is sent with the form like a typed code. Forms marked data-passkey bring what to
// ask with them. The sign-in page fetches it, because it may lie open for hours and a challenge is good for five minutes.
const FRESH_FOR = 4 * 60_000;

export function usePasskeys() {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    askAtSubmit(form, form.elements["Input.Code"], () => ask(form.dataset.passkey, JSON.parse(form.dataset.options)));
  }
  for (const form of document.querySelectorAll("form[data-passkey-sign-in]")) {
    signIn(form);
  }
}

function signIn(form) {
  const { "Input.Credential": credential, "Input.Challenge": challenge } = form.elements;
  let autofill = null;

  const fetchAndAsk = async (more) => {
    const answer = await fetch(form.dataset.passkeySignIn, { cache: "no-store" });
    if (!answer.ok) {
      await answer.body?.cancel();   // unread, it would stay open
      throw new DOMException("The server offers no passkey here.", "SecurityError");
    }
    const asked = await answer.json();
    const given = await ask("get", asked.options, more);
    challenge.value = asked.challenge;
    return given;
  };

  if (!askAtSubmit(form, credential, () => {
    autofill?.abort();
    autofill = null;
    return fetchAndAsk();
  })) return;
  form.hidden = false;
  offerInAutofill();

  // The browser shows passkeys among the names it has kept; nothing is seen of this before one is picked.
  async function offerInAutofill() {
    if (!await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
    autofill = new AbortController();
    const { signal } = autofill;
    const renew = setTimeout(() => autofill?.signal === signal && autofill.abort("renew"), FRESH_FOR);
    try {
      credential.value = JSON.stringify(await fetchAndAsk({ mediation: "conditional", signal }));
      form.requestSubmit();
    } catch {
      if (signal.reason === "renew") offerInAutofill();
    } finally {
      clearTimeout(renew);
    }
  }
}

// Comes before the script that shows the wait: nothing is sent yet when the button is pressed.
function askAtSubmit(form, field, asking) {
  const button = form.querySelector(".usa-button[type=submit]");
  const problem = form.querySelector("[data-passkey-problem]");
  let waiting = false;

  // Nothing to ask with: the server knows no address for which a passkey could be made.
  if (!window.PublicKeyCredential || (form.dataset.passkey && !form.dataset.options)) {
    problem.textContent = problem.dataset.unsupported;
    return false;
  }

  button.hidden = false;
  window.addEventListener("pageshow", () => { field.value = ""; });
  form.addEventListener("submit", async (event) => {
    if (field.value || event.submitter?.name === "language") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting) return;
    const startedAt = Date.now();
    begin();
    try {
      field.value = JSON.stringify(await asking());
      end();
      form.requestSubmit(button);
    } catch (error) {
      end();
      problem.textContent = problem.dataset[reasonOf(error, Date.now() - startedAt)];
    }
  });
  return true;

  function begin() {
    waiting = true;
    problem.textContent = "";
    button.setAttribute("aria-disabled", "true");
    button.classList.add("is-busy");
  }

  function end() {
    waiting = false;
    button.removeAttribute("aria-disabled");
    button.classList.remove("is-busy");
  }
}

// Browsers tell little, so that no page learns what somebody has: that nobody answered in time shows in how long it took.
function reasonOf(error, took) {
  switch (error?.name) {
    case "InvalidStateError": return "known";
    case "NotSupportedError":
    case "ConstraintError": return "none";
    case "NotAllowedError":
    case "AbortError": return took < FRESH_FOR ? "cancelled" : "late";
    default: return "unsupported";
  }
}

async function ask(act, options, more) {
  const publicKey = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) publicKey.user = { ...options.user, id: toBytes(options.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) publicKey[list] = options[list].map((known) => ({ ...known, id: toBytes(known.id) }));
  }

  const { id, type, response } = await navigator.credentials[act]({ publicKey, ...more });
  const given = { clientDataJSON: toText(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) given[part] = toText(response[part]);
  }
  if (response.getTransports) given.transports = response.getTransports();
  return { id, rawId: id, type, clientExtensionResults: {}, response: given };
}

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
