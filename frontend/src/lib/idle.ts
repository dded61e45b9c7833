// Nobody touches the screen: after data-idle seconds go to data-idle-href or send the form data-idle-form.
// Fifteen seconds before, a sentence (data-idle-text) says so and counts down; any touch keeps the page.

import { whenThere } from "./link";

const EVENTS = ["pointerdown", "keydown", "scroll", "input"];

export function watchIdle(): void {
  const { idle, idleHref, idleForm, idleText } = document.body.dataset;
  const seconds = Number(idle);
  if (!seconds) return;
  const ahead = Math.min(15, seconds / 2);
  let warning: HTMLElement | null = null;
  let warn = 0;
  let counting = 0;
  let leave = 0;

  const go = () => {
    const form = idleForm ? document.querySelector<HTMLFormElement>(idleForm) : null;
    if (form) form.requestSubmit();
    else if (idleHref) void whenThere(() => window.location.assign(idleHref));
  };
  const show = () => {
    if (!idleText) return;
    warning = document.createElement("div");
    warning.className = "notice warn idle-warning";
    warning.setAttribute("role", "alert");
    warning.textContent = idleText;
    const count = document.createElement("strong");
    count.className = "idle-count";
    count.setAttribute("aria-hidden", "true");
    warning.append(count);
    const end = Date.now() + ahead * 1000;
    const tick = () => (count.textContent = String(Math.max(0, Math.ceil((end - Date.now()) / 1000))));
    tick();
    counting = window.setInterval(tick, 250);
    document.body.append(warning);
  };
  const restart = () => {
    window.clearInterval(counting);
    warning?.remove();
    warning = null;
    window.clearTimeout(warn);
    window.clearTimeout(leave);
    warn = window.setTimeout(show, (seconds - ahead) * 1000);
    leave = window.setTimeout(go, seconds * 1000);
  };
  EVENTS.forEach((name) => document.addEventListener(name, restart, { passive: true }));
  restart();
}
