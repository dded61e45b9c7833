// A past day runs on its own: every second the hall five minutes later, until it ends or somebody stops it.

const STEP = 1000;

/** The form with data-replay gets a button that plays; without scripts its links go on by hand. */
export function replayDay(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-replay]");
  const button = form?.querySelector<HTMLButtonElement>("[data-play]");
  if (!form || !button) return;
  let running = 0;

  const stop = (): void => {
    window.clearTimeout(running);
    running = 0;
    button.setAttribute("aria-pressed", "false");
  };

  const later = async (): Promise<void> => {
    const link = document.querySelector<HTMLAnchorElement>("[data-later]");
    if (!link) return stop();
    try {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      if (!answer.ok) return stop();
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      show(fresh, link.href);
    } catch {
      return stop();
    }
    if (running) running = window.setTimeout(later, STEP);
  };

  const show = (fresh: Document, address: string): void => {
    for (const part of ["[data-scene]", "h1"]) {
      const there = document.querySelector(part);
      const next = fresh.querySelector(part);
      if (there && next) there.replaceChildren(...Array.from(next.childNodes));
    }
    const links = Array.from(form.querySelectorAll<HTMLAnchorElement>("a"));
    const nexts = Array.from(fresh.querySelectorAll<HTMLAnchorElement>("form[data-replay] a"));
    links.forEach((link, place) => (nexts[place] ? (link.href = nexts[place]!.href) : link.remove()));
    for (const name of ["day", "time"]) {
      const field = form.elements.namedItem(name) as HTMLInputElement;
      field.value = fresh.querySelector<HTMLInputElement>(`form[data-replay] [name=${name}]`)?.value ?? field.value;
    }
    history.replaceState(null, "", address);
  };

  button.hidden = false;
  button.addEventListener("click", () => {
    if (running) return stop();
    button.setAttribute("aria-pressed", "true");
    running = window.setTimeout(later, 0);
  });
}
