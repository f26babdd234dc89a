// Says, while a new password is typed, how soon it would be guessed. The server judges it, which has the lists of common passwords, and keeps nothing.
const PAUSE = 700;

export function tellPasswordStrength() {
  for (const line of document.querySelectorAll("[data-strength-of]")) {
    follow(line, document.getElementById(line.dataset.strengthOf));
  }
}

function follow(line, input) {
  const meter = document.createElement("meter");
  meter.min = 0;
  meter.max = 4;
  meter.low = 2;
  meter.high = 3;
  meter.optimum = 4;
  meter.setAttribute("aria-hidden", "true");
  const text = document.createElement("span");
  let pause;
  let asked = 0;

  input.addEventListener("input", () => {
    clearTimeout(pause);
    asked += 1;
    if (input.value === "") {
      line.replaceChildren();
    } else {
      pause = setTimeout(() => ask(asked), PAUSE);
    }
  });

  async function ask(number) {
    const answer = await judge(input, line.dataset.handler);
    if (answer && number === asked) {   // else more was typed meanwhile
      meter.value = answer.strength;
      text.textContent = answer.text;
      line.replaceChildren(meter, " ", text);
    }
  }
}

// The new password alone, with what proves that the form is ours. An answer that does not come is no harm: this is advice.
async function judge(input, handler) {
  const body = new FormData();
  for (const field of input.form.querySelectorAll("input[type=hidden]")) {
    body.append(field.name, field.value);
  }
  body.append(input.name, input.value);
  const address = new URL(input.form.action);
  address.searchParams.set("handler", handler);
  try {
    const response = await fetch(address, { method: "POST", body, redirect: "error" });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
