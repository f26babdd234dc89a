export function hintCapsLock() {
  for (const hint of document.querySelectorAll("[data-caps-lock-of]")) {
    const input = document.getElementById(hint.dataset.capsLockOf);
    const show = (event) => {
      // Autofill sends key events that are no keyboard's.
      const isOn = event.getModifierState?.("CapsLock") ?? false;
      hint.textContent = isOn ? hint.dataset.text : "";
    };
    input.addEventListener("keydown", show);
    input.addEventListener("keyup", show);
    input.addEventListener("mousedown", show);
    input.addEventListener("blur", () => { hint.textContent = ""; });
  }
}

export function offerToShowPasswords() {
  for (const button of document.querySelectorAll("[data-show-password]")) {
    const input = document.getElementById(button.dataset.showPassword);
    const texts = { password: button.textContent, text: button.dataset.hide };

    const show = (type) => {
      input.type = type;
      button.textContent = texts[type];
    };
    button.addEventListener("click", () => show(input.type === "password" ? "text" : "password"));
    // Sent as a password, so that the browser neither remembers nor suggests it as text.
    input.form?.addEventListener("submit", () => show("password"));
    button.hidden = false;
  }
}
