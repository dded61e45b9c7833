// Questions that depend on an answer appear as soon as it is given; rows are added and taken out without a new page.
// A form with data-asks-at="address" is posted there with the header X-Asked, and [data-asked] is replaced by the answer.
// Without scripts the same buttons post the whole page.

export function askOn(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-asks-at]").forEach((form) => {
    const asked = form.querySelector<HTMLElement>("[data-asked]");
    if (!asked) return;
    const settle = () => asked.querySelectorAll(".asked").forEach((part) => part.classList.add("by-itself"));
    let latest = 0;
    let typed = 0;
    form.addEventListener("input", () => (typed += 1));

    const ask = async (name: string, value: string, focus: string): Promise<boolean> => {
      const mine = ++latest;
      const before = typed;
      const data = new FormData(form);
      for (const [key, held] of Array.from(data.entries())) if (held instanceof File) data.delete(key);
      data.set(name, value);
      asked.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(form.dataset.asksAt!, { method: "POST", body: data, credentials: "same-origin", headers: { "X-Asked": "1" } });
        if (!answer.ok) return false;
        const fresh = await answer.text();
        if (mine !== latest) return true;
        // Somebody typed on while the server answered: what stands there is newer, and is asked about again.
        if (typed !== before) return ask(name, value, document.activeElement?.id || focus);
        asked.innerHTML = fresh;
        settle();
        document.getElementById(focus)?.focus();
        return true;
      } catch {
        return false;
      } finally {
        if (mine === latest) asked.removeAttribute("aria-busy");
      }
    };

    // A file that was chosen is lost with its input: such a form goes the long way, as a page.
    const holdsFiles = () => Array.from(form.querySelectorAll<HTMLInputElement>('input[type="file"]')).some((field) => field.files?.length);

    form.addEventListener("change", (event) => {
      const field = event.target as HTMLInputElement;
      if (field.dataset.asks === undefined || holdsFiles()) return;
      void ask("_again", field.name, field.id);
    });
    form.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>('button[name="_add"], button[name="_remove"], button[name="_again"]');
      if (!button || holdsFiles()) return;
      event.preventDefault();
      const group = button.value.split(".")[0];
      const rows = form.querySelectorAll(`[name^="${group}."]`).length ? form.querySelector<HTMLInputElement>(`[name="${group}.rows"]`)?.value : "0";
      const focus = button.name === "_add" ? `id_${group}.${rows}.` : `id_${group}`;
      void ask(button.name, button.value, focus).then((done) => {
        if (!done) return form.requestSubmit(button);
        if (button.name === "_add") asked.querySelector<HTMLElement>(`[id^="${focus}"]`)?.focus();
      });
    });
    settle();
  });
}
