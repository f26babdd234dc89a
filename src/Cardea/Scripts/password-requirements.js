// Marks, while a new password is typed, which requirements it meets. The server checks all of them again.
const rules = {
  length: (password, { min, max }) => isBetween([...password].length, Number(min), Number(max)),
  upper: (password) => /[A-Z]/.test(password),
  lower: (password) => /[a-z]/.test(password),
  digit: (password) => /[0-9]/.test(password),
  special: (password, { characters }) => [...characters].some((character) => password.includes(character)),
};

// Long enough that a screen reader speaks of a pause in typing, not of every key.
const PAUSE = 1_000;

export function followPasswordRequirements() {
  for (const list of document.querySelectorAll("[data-requirements-for]")) {
    follow(list, document.getElementById(list.dataset.requirementsFor));
  }
}

function follow(list, input) {
  const items = [...list.querySelectorAll("[data-rule]")];
  const marks = items.map((item) => {
    const mark = document.createElement("span");
    mark.className = "requirements__mark";
    item.prepend(mark, " ");
    return mark;
  });
  const summary = document.createElement("p");
  summary.className = "usa-sr-only";
  summary.setAttribute("role", "status");
  list.after(summary);

  let pause;
  input.addEventListener("input", () => {
    const met = judge();
    clearTimeout(pause);
    pause = setTimeout(() => {
      summary.textContent = list.dataset.summary.replace("{0}", met).replace("{1}", items.length);
    }, PAUSE);
  });
  judge();

  function judge() {
    const password = input.value.normalize("NFC");
    let met = 0;
    items.forEach((item, index) => {
      const isMet = rules[item.dataset.rule](password, item.dataset);
      item.classList.toggle("is-met", isMet);
      marks[index].textContent = isMet ? list.dataset.met : list.dataset.unmet;
      met += isMet ? 1 : 0;
    });
    return met;
  }
}

function isBetween(number, minimum, maximum) {
  return minimum <= number && number <= maximum;
}
