import { announceCalls, offerSound } from "./lib/chime";
import { keepLive } from "./lib/live";
import { keepRotating, rotate } from "./lib/rotate";

const RING_SECONDS = 8;
const FORGOTTEN = 4 * 3_600_000;
const known = new Map<string, { since: number; seen: number }>();
const zone = document.querySelector<HTMLElement>("[data-clock]")?.dataset.clock ?? "Asia/Vientiane";
const silent = !document.querySelector("[data-sound]");

/**
 * Each call (data-call="number@counter@count") that was not on the screen before slides in, rings twice, and is said.
 * Numbers begin anew every day, so what was on the screen hours ago is forgotten.
 */
function announce(part: HTMLElement, quietly = false): void {
  const now = Date.now();
  const fresh: string[][] = [];
  known.forEach((told, name) => now - told.seen > FORGOTTEN && known.delete(name));
  part.querySelectorAll<HTMLElement>("[data-call]").forEach((call) => {
    const name = call.dataset.call!;
    const since = known.get(name)?.since ?? (quietly ? 0 : now);
    if (!known.has(name) && !quietly) fresh.push((call.dataset.says ?? "").split(" ").filter(Boolean));
    known.set(name, { since, seen: now });
    call.classList.toggle("is-new", now - since < RING_SECONDS * 1000);
  });
  rotate(zone);
  if (fresh.length) {
    if (!silent) announceCalls(fresh.reverse());
    window.setTimeout(() => announce(part), RING_SECONDS * 1000 + 100);
  }
}

/** The server's clock, carried on by this screen's: a screen whose own clock is wrong still shows the right time. */
function run(clock: HTMLTimeElement): void {
  const ahead = (Date.parse(clock.dateTime) || Date.now()) - Date.now();
  const face = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: clock.dataset.clock });
  const tick = () => (clock.textContent = face.format(new Date(Date.now() + ahead)));
  tick();
  window.setInterval(tick, 1000);
}

document.querySelectorAll<HTMLTimeElement>("time[data-clock]").forEach(run);
offerSound(document.querySelector<HTMLElement>("[data-sound]"));
keepRotating(zone);
document.querySelectorAll<HTMLElement>("[data-live]").forEach((part) => {
  announce(part, true);
  keepLive(part, announce);
});
