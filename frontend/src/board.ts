import { chime } from "./lib/chime";
import { keepLive } from "./lib/live";

const RING_SECONDS = 8;
const known = new Map<string, number>();

/** Each call (data-call="number@counter@count") that was not on the screen before slides in and rings twice. */
function announce(part: HTMLElement, quietly = false): void {
  const now = Date.now();
  let fresh = false;
  part.querySelectorAll<HTMLElement>("[data-call]").forEach((call) => {
    const name = call.dataset.call!;
    if (!known.has(name)) {
      known.set(name, quietly ? 0 : now);
      fresh ||= !quietly;
    }
    const age = now - known.get(name)!;
    call.classList.toggle("is-new", age < RING_SECONDS * 1000);
  });
  if (fresh) {
    chime();
    window.setTimeout(chime, 1600);
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
document.querySelectorAll<HTMLElement>("[data-live]").forEach((part) => {
  announce(part, true);
  keepLive(part, announce);
});
