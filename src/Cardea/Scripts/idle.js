// Warns before a session ends for lack of activity. The server says how many seconds are left; they are counted on the
// page's own stopwatch, so a wrong clock or time zone of this computer changes nothing.
const SPOKEN_SECONDS = [120, 90, 60, 30, 10];

export function warnBeforeIdleEnd() {
  const dialog = document.getElementById("idle-warning");
  if (!dialog) {
    return;
  }

  const { secondsLeft, warnBefore, stay, ended, left, last, unreachable } = dialog.dataset;
  const countdown = dialog.querySelector("[data-countdown]");
  const status = dialog.querySelector("[data-status]");
  const stayButton = dialog.querySelector("[data-stay-button]");
  const otherTabs = new BroadcastChannel("cardea-session");

  const answeredAt = performance.getEntriesByType("navigation")[0]?.responseStart ?? performance.now();
  let endsAt = answeredAt + Number(secondsLeft) * 1000;
  let spoken = Infinity;

  otherTabs.postMessage(secondsLeft);
  otherTabs.addEventListener("message", ({ data }) => extend(Number(data)));
  stayButton.addEventListener("click", staySignedIn);
  // Escape says that someone is there, as the button does.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    staySignedIn();
  });
  setInterval(tick, 1000);

  function tick() {
    const seconds = Math.ceil((endsAt - performance.now()) / 1000);
    if (seconds <= 0) {
      location.replace(ended);
    } else if (seconds <= Number(warnBefore)) {
      warn(seconds);
    }
  }

  function warn(seconds) {
    if (!dialog.open) {
      dialog.showModal();
    }
    countdown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    const due = SPOKEN_SECONDS.find((mark) => seconds <= mark && mark < spoken);
    if (due) {
      spoken = Math.min(...SPOKEN_SECONDS.filter((mark) => seconds <= mark));
      status.textContent = left.replace("{0}", inWords(seconds));
    }
  }

  async function staySignedIn() {
    try {
      // The sign-out form beside the button carries the antiforgery token.
      const body = new URLSearchParams(new FormData(stayButton.form));
      const answer = await fetch(stay, { method: "POST", body, redirect: "error" });
      if (!answer.ok) {
        location.replace(ended);
        return;
      }
      const { secondsLeft: seconds } = await answer.json();
      otherTabs.postMessage(seconds);
      extend(seconds);
    } catch {
      status.textContent = unreachable;
    }
  }

  function extend(seconds) {
    endsAt = performance.now() + seconds * 1000;
    spoken = Infinity;
    if (seconds > Number(warnBefore)) {
      dialog.close();
      status.textContent = "";
    } else {
      // The whole length of the session is used up: staying is no longer on offer.
      stayButton.hidden = true;
      status.textContent = last;
    }
  }
}

function inWords(seconds) {
  const [number, unit] = seconds >= 60 ? [Math.round(seconds / 60), "minute"] : [seconds, "second"];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(number);
}
