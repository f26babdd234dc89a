// Warns before a session ends for lack of activity. The server says how many seconds are left; they are counted on the
// page's own stopwatch, so a wrong clock or time zone of this computer changes nothing.
const SPOKEN_AT = [60, 30, 10];

export function warnBeforeIdleEnd() {
  const dialog = document.getElementById("idle-warning");
  if (!dialog) {
    return;
  }

  const texts = dialog.dataset;
  const warnBefore = Number(texts.warnBefore);
  const [countdown, spoken, problem, stayButton] =
    ["countdown", "spoken", "problem", "stay-button"].map((part) => dialog.querySelector(`[data-${part}]`));
  const otherTabs = new BroadcastChannel("cardea-session");

  const answeredAt = performance.getEntriesByType("navigation")[0]?.responseStart ?? performance.now();
  let endsAt = answeredAt + Number(texts.secondsLeft) * 1000;

  // Whatever is done in one tab keeps the others signed in too.
  otherTabs.postMessage(Number(texts.secondsLeft));
  otherTabs.addEventListener("message", ({ data }) => extendTo(data));
  stayButton.addEventListener("click", staySignedIn);
  // Escape says that someone is there, as the button does.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    staySignedIn();
  });
  setInterval(count, 1000);

  function count() {
    const seconds = Math.ceil((endsAt - performance.now()) / 1000);
    if (seconds <= 0) {
      location.replace(texts.ended);
    } else if (seconds <= warnBefore) {
      warn(seconds);
    }
  }

  function warn(seconds) {
    countdown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (!dialog.open || SPOKEN_AT.includes(seconds)) {
      spoken.textContent = texts.left.replace("{0}", inWords(seconds));
    }
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  async function staySignedIn() {
    try {
      // The sign-out form around the button carries the antiforgery token.
      const body = new URLSearchParams(new FormData(stayButton.form));
      const answer = await fetch(texts.stay, { method: "POST", body, redirect: "manual" });
      if (!answer.ok) {
        location.replace(texts.ended);
        return;
      }
      const { secondsLeft } = await answer.json();
      otherTabs.postMessage(secondsLeft);
      extendTo(secondsLeft);
    } catch {
      problem.textContent = texts.unreachable;
    }
  }

  function extendTo(seconds) {
    endsAt = performance.now() + seconds * 1000;
    const isLonger = seconds > warnBefore;
    if (isLonger) {
      dialog.close();
    }
    // The whole length of a session is limited too: at its end, staying is no longer on offer.
    stayButton.hidden = !isLonger;
    problem.textContent = isLonger ? "" : texts.last;
  }
}

function inWords(seconds) {
  const [number, unit] = seconds % 60 === 0 ? [seconds / 60, "minute"] : [seconds, "second"];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(number);
}
