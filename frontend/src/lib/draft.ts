// A draft is kept while one types: a form with data-draft="address" is posted there a moment after each change.
// [data-draft-state] shows what happened, in the sentences of its data-saving, data-saved and data-failed.
// Another form of the page (a paper that is attached) waits until the draft is kept; leaving the page keeps it, too.

const MOMENT = 900;

export function keepDrafts(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-draft]").forEach((form) => {
    const sign = document.querySelector<HTMLElement>("[data-draft-state]");
    let timer = 0;
    let running: Promise<void> | null = null;
    const say = (word: "saving" | "saved" | "failed") => {
      if (!sign) return;
      sign.textContent = sign.dataset[word] ?? "";
      sign.dataset.state = word;
    };
    const post = async () => {
      say("saving");
      const data = new FormData(form);
      for (const [name, value] of Array.from(data.entries())) if (value instanceof File) data.delete(name);
      try {
        const answer = await fetch(form.dataset.draft!, { method: "POST", body: data, credentials: "same-origin", keepalive: true });
        say(answer.ok ? "saved" : "failed");
      } catch {
        say("failed");
      }
    };
    // One after the other, so that an older draft never arrives after a newer one.
    const save = (): Promise<void> => {
      window.clearTimeout(timer);
      timer = 0;
      const mine: Promise<void> = (running ?? Promise.resolve()).then(post).finally(() => {
        if (running === mine) running = null;
      });
      running = mine;
      return mine;
    };
    const unsaved = () => timer !== 0 || running !== null;

    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void save(), MOMENT);
    });
    form.addEventListener("submit", () => {
      window.clearTimeout(timer);
      timer = 0;
    });
    document.addEventListener(
      "submit",
      (event) => {
        const other = event.target as HTMLFormElement;
        if (other === form || !unsaved()) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        void (timer ? save() : running!).then(() => other.requestSubmit(event.submitter));
      },
      true,
    );
    window.addEventListener("pagehide", () => {
      if (timer) void save();
    });
  });
}
