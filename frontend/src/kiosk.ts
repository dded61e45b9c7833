import { readAloud } from "./lib/aloud";
import { focusErrors, printButtons, sendOnce } from "./lib/forms";
import { watchIdle } from "./lib/idle";
import { holdWithoutLink } from "./lib/link";
import { keepLive } from "./lib/live";
import { printSlips } from "./lib/printer";
import { watchReader } from "./lib/reader";

const CONTRAST = "onedoor-contrast";

function showContrast(high: boolean): void {
  if (high) document.documentElement.dataset.contrast = "high";
  else delete document.documentElement.dataset.contrast;
  document.querySelectorAll("[data-contrast-switch]").forEach((button) => button.setAttribute("aria-pressed", String(high)));
}

// The next person starts with the ordinary colours: the choice lives as long as this visit to the screen.
let high = sessionStorage.getItem(CONTRAST) === "high";
if (document.body.hasAttribute("data-sleeping")) {
  high = false;
  sessionStorage.clear(); // nothing of the last person stays
}
showContrast(high);
document.addEventListener("click", (event) => {
  if (!(event.target as Element).closest?.("[data-contrast-switch]")) return;
  high = !high;
  sessionStorage.setItem(CONTRAST, high ? "high" : "normal");
  showContrast(high);
});

// Keys on the glass: data-digit adds to the field named by data-keypad, "back" takes the last one away.
document.addEventListener("click", (event) => {
  const key = (event.target as Element).closest?.<HTMLElement>("[data-digit]");
  const pad = key?.closest<HTMLElement>("[data-keypad]");
  const field = pad && document.querySelector<HTMLInputElement>(pad.dataset.keypad!);
  if (!key || !field) return;
  field.value = key.dataset.digit === "back" ? field.value.slice(0, -1) : field.value + key.dataset.digit;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

holdWithoutLink();
sendOnce();
focusErrors();
printButtons();
watchIdle();
readAloud();
printSlips();
watchReader();
document.querySelectorAll<HTMLElement>("[data-live]").forEach((part) => keepLive(part));
