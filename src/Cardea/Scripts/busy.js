// A form marked data-busy shows that its answer is awaited, cannot be sent twice meanwhile, and always comes to an end.
const SLOW_AFTER = 10_000;
const STUCK_AFTER = 20_000;

export function showBusyForms() {
  for (const form of document.querySelectorAll("form[data-busy]")) {
    watch(form);
  }
}

function watch(form) {
  // The status is there before anything is said in it: screen readers only announce what changes.
  form.append(document.getElementById("busy").content.cloneNode(true));
  const status = form.querySelector(".busy");
  const again = form.querySelector(".busy__again");

  let button = null;
  let timers = [];

  form.addEventListener("submit", (event) => {
    if (button) {
      event.preventDefault();
    } else if (event.submitter?.name !== "language") {
      begin(event.submitter);
    }
  });
  again.addEventListener("click", () => {
    const submitter = end();
    form.requestSubmit(submitter);
  });
  window.addEventListener("pageshow", end);

  function begin(submitter) {
    button = submitter?.matches(".usa-button") ? submitter : form.querySelector(".usa-button[type=submit]");
    // Not disabled: a disabled button loses the focus, and its name and value are not sent.
    button.setAttribute("aria-disabled", "true");
    button.classList.add("is-busy");
    status.textContent = status.dataset.working;
    timers = [
      setTimeout(() => { status.textContent = status.dataset.slow; }, SLOW_AFTER),
      setTimeout(giveUpWaiting, STUCK_AFTER),
    ];
  }

  // The answer may still come, and then it counts; but nobody has to wait for it any longer.
  function giveUpWaiting() {
    button.classList.remove("is-busy");
    status.textContent = status.dataset.stuck;
    again.hidden = false;
  }

  function end() {
    const ended = button;
    timers.forEach(clearTimeout);
    button?.removeAttribute("aria-disabled");
    button?.classList.remove("is-busy");
    button = null;
    status.textContent = "";
    again.hidden = true;
    return ended;
  }
}
