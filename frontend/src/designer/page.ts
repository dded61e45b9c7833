// What all pages of the designer share: unsaved work is not lost, and what stands beside follows what is typed.

const PAUSE = 700;

/** Sends the form as it stands, without keeping it, and shows what the server finds: problems and what citizens will see. */
export function lookBeside(form: HTMLFormElement): () => void {
  let waiting = 0;
  let latest = 0;
  const look = async (): Promise<void> => {
    const place = document.querySelector<HTMLElement>("[data-beside]");
    if (!place) return;
    const mine = ++latest;
    const data = new FormData(form);
    for (const [name, held] of Array.from(data.entries())) if (held instanceof File) data.delete(name);
    data.set("do", "look");
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin", headers: { "X-Beside": "1" } });
      const fresh = await answer.text();
      if (mine === latest && answer.ok) place.innerHTML = fresh;
    } catch {
      // The link is lost: what stands beside stays as it was until the next change.
    } finally {
      if (mine === latest) place.removeAttribute("aria-busy");
    }
  };
  return () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void look(), PAUSE);
  };
}

/** Asks before a page with unsaved work is left; sending the form is no leaving. */
export function guardUnsaved(form: HTMLFormElement): () => void {
  let unsaved = false;
  form.addEventListener("submit", () => (unsaved = false));
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  return () => {
    unsaved = true;
  };
}
