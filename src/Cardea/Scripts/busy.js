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
    if (isBusy()) {
      event.preventDefault();
    } else if (event.submitter?.name !== "language") {
      begin(event.submitter);
    }
  });
  again.addEventListener("click", () => {
    button.focus();
    form.requestSubmit(button);
  });
  window.addEventListener("pageshow", end);

  function isBusy() {
    return timers.length > 0;
  }

  function begin(submitter) {
    // Enter may have pressed a button that nobody sees; the one that shows the wait is the form's main one.
    button = submitter?.matches(".usa-button") ? submitter : form.querySelector(".usa-button[type=submit]");
    // Not disabled: a disabled button loses the focus, and its name and value are not sent.
    button.setAttribute("aria-disabled", "true");
    button.classList.add("is-busy");
    status.textContent = status.dataset.working;
    again.hidden = true;
    timers = [
      setTimeout(() => { status.textContent = status.dataset.slow; }, SLOW_AFTER),
      setTimeout(giveUpWaiting, STUCK_AFTER),
    ];
  }

  // The answer may still come, and then it counts; but nobody has to wait for it any longer.
  function giveUpWaiting() {
    end();
    status.textContent = status.dataset.stuck;
    again.hidden = false;
  }

  function end() {
    timers.forEach(clearTimeout);
    timers = [];
    button?.removeAttribute("aria-disabled");
    button?.classList.remove("is-busy");
    status.textContent = "";
    again.hidden = true;
  }
}
