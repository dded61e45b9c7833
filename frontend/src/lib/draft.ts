// A draft is kept while one types: a form with data-draft="address" is posted there a moment after each change.
// [data-draft-state] shows what happened, in the sentences of its data-saving, data-saved and data-failed.

const MOMENT = 900;

export function keepDrafts(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-draft]").forEach((form) => {
    const sign = document.querySelector<HTMLElement>("[data-draft-state]");
    let timer = 0;
    const say = (word: "saving" | "saved" | "failed") => {
      if (!sign) return;
      sign.textContent = sign.dataset[word] ?? "";
      sign.dataset.state = word;
    };
    const save = async () => {
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
    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void save(), MOMENT);
    });
    form.addEventListener("submit", () => window.clearTimeout(timer));
  });
}
