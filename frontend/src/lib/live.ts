// A live part of a page: the stream says "change", the part is fetched again as HTML.
// The stream carries no data, so that a screen can never show half a state.

type Changed = (part: HTMLElement) => void;

const FALLBACK_SECONDS = 30;
const LONGEST_PAUSE = 15_000;

/**
 * Keeps `part` (with data-live and data-fragment) fresh; `changed` runs after each new content.
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

  const state = (value: "ok" | "lost") => {
    if (badge) badge.dataset.state = value;
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
      const html = await answer.text();
      const fresh = new DOMParser().parseFromString(html, "text/html");
      const inner = part.id ? fresh.getElementById(part.id) : null;
      part.replaceChildren(...Array.from((inner ?? fresh.body).childNodes));
      changed(part);
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
    source.addEventListener("open", () => {
      pause = 500;
      state("ok");
      void refresh();
    });
    source.addEventListener("change", hear);
    source.addEventListener("error", () => {
      state("lost");
      source.close();
      window.setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  };
  open();
  const every = Number(part.dataset.liveEvery || 0);
  if (every) window.setInterval(() => void refresh(), every * 1000);
  window.setInterval(() => {
    if (badge?.dataset.state !== "ok") void refresh();
  }, FALLBACK_SECONDS * 1000);
}
