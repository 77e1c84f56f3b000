// What the course's pages do besides the theme. They can be read, and every hint opened, without it.

const article = document.querySelector("article") ?? document.body;

// A problem set's button opens all hints, or closes them.
const button = document.querySelector(".gs-hints");
const hints = [...article.querySelectorAll("details")].filter((one) => one.textContent.trim().startsWith("Hint"));
const allOpen = () => hints.every((hint) => hint.open);
if (button && hints.length) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = !allOpen();
    for (const hint of hints) hint.open = open;
  });
  for (const hint of hints) {
    hint.addEventListener("toggle", () => { button.textContent = allOpen() ? "Close all hints" : "Open all hints"; });
  }
}

// What scrolls sideways must be within reach of the keyboard, and only that: anything else would be a stop for nothing.
const wide = article.querySelectorAll(".gs-math, .gs-still, .output");
function reach() {
  for (const one of wide) {
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
    else one.removeAttribute("tabindex");
  }
}
new ResizeObserver(reach).observe(article);

// Paper is white and cannot be clicked: a lecture is printed with its answers, a problem set with the hints that its
// reader opened.
const root = document.documentElement;
let theme, folded;
addEventListener("beforeprint", () => {
  theme = root.dataset.theme;
  root.dataset.theme = "light";
  folded = button ? [] : [...article.querySelectorAll("details:not([open])")];
  for (const one of folded) one.open = true;
});
addEventListener("afterprint", () => {
  root.dataset.theme = theme;
  for (const one of folded) one.open = false;
});
