// A live part of a page: the stream says "change", the part is fetched again as HTML.
// The stream carries no data, so that a screen can never show half a state; a part that is open to anybody it brings whole.

import { jittered } from "./link";

type Changed = (part: HTMLElement) => void;

const FALLBACK_SECONDS = 30;
const LONGEST_PAUSE = 15_000;
/** A stream that beats every 15 seconds and is silent for so long is dead. */
const SILENCE = 40_000;

function sayLost(badge: HTMLElement): void {
  const clock = document.querySelector("[data-clock]");
  badge.querySelectorAll("[data-lost-since]").forEach((place) => (place.textContent = clock?.textContent ?? ""));
}

/**
 * Keeps `part` (with data-live and data-fragment) fresh; `changed` runs after each new content.
 * A stream of ?part= brings the content itself and is heard to beat, so that a link that died silently is noticed.
 * Elements with data-lost-since say since when there is no connection.
 * data-live-after: milliseconds to wait after a change, for parts that are made from letters a moment later; they are looked
 * at once more, three times as late. data-live-every: seconds after which it is fetched without a change, as silence is news too.
 */
export function keepLive(part: HTMLElement, changed: Changed = () => undefined): void {
  const stream = part.dataset.live;
  const fragment = part.dataset.fragment;
  if (!stream || !fragment) return;
  const badge = document.querySelector<HTMLElement>("[data-link]");
  let pause = 500;
  let busy = false;
  let again = false;

  const whole = /[?&]part=/.test(stream);

  const state = (value: "ok" | "lost") => {
    if (!badge) return;
    if (value === "lost" && badge.dataset.state !== "lost") sayLost(badge);
    badge.dataset.state = value;
  };

  const show = (html: string): void => {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const inner = part.id ? fresh.getElementById(part.id) : null;
    part.replaceChildren(...Array.from((inner ?? fresh.body).childNodes));
    changed(part);
  };

  const refresh = async (): Promise<void> => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(fragment, { headers: { "X-Fragment": "1" }, credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.text());
    } catch {
      state("lost");
    } finally {
      busy = false;
      if (again) {
        again = false;
        void refresh();
      }
    }
  };

  const after = Number(part.dataset.liveAfter || 0);
  let soon = 0;
  let later = 0;
  const hear = (): void => {
    if (!after) {
      void refresh();
      return;
    }
    soon ||= window.setTimeout(() => {
      soon = 0;
      void refresh();
    }, after);
    window.clearTimeout(later);
    later = window.setTimeout(() => void refresh(), after * 3);
  };

  const open = (): void => {
    const source = new EventSource(stream);
    let silence = 0;
    const lose = () => {
      window.clearTimeout(silence);
      state("lost");
      source.close();
      window.setTimeout(open, jittered(pause)); // 500 screens do not come back in one instant
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
    const alive = () => {
      if (!whole) return;
      window.clearTimeout(silence);
      silence = window.setTimeout(lose, SILENCE);
    };
    source.addEventListener("open", () => {
      pause = 500;
      state("ok");
      alive();
      if (!whole) void refresh();
    });
    source.addEventListener("change", hear);
    source.addEventListener("part", (event) => show(JSON.parse((event as MessageEvent<string>).data) as string));
    for (const name of ["hello", "beat", "change", "part"]) source.addEventListener(name, alive);
    source.addEventListener("error", lose);
  };
  open();
  const every = Number(part.dataset.liveEvery || 0);
  if (every) window.setInterval(() => void refresh(), every * 1000);
  window.setInterval(() => {
    if (badge?.dataset.state !== "ok") void refresh();
  }, FALLBACK_SECONDS * 1000);
}
