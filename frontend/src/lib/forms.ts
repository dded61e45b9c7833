// Forms: one press sends once; the error summary takes the focus; unsent words are not lost by a slip.

export function sendOnce(): void {
  // The server checks every form and answers in the reader's language; the browser's own bubbles speak the browser's.
  document.querySelectorAll("form").forEach((form) => (form.noValidate = true));
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method.toLowerCase() !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    // A page that comes back from the browser's cache must be usable again.
    window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
    window.setTimeout(() => delete form.dataset.sent, 8000);
  });
}

export function focusErrors(): void {
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}

/** data-print on a button prints the page. */
export function printButtons(): void {
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest?.("[data-print]")) window.print();
  });
}

/** data-drop on a form with one file field: a file chosen or dropped is sent at once. */
export function dropFiles(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-drop]").forEach((box) => {
    const field = box.querySelector<HTMLInputElement>('input[type="file"]');
    if (!field) return;
    box.classList.add("auto");
    field.addEventListener("change", () => {
      if (!field.files?.length) return;
      box.classList.add("sending");
      box.requestSubmit();
    });
    const over = (on: boolean) => (event: Event) => {
      event.preventDefault();
      box.classList.toggle("over", on);
    };
    box.addEventListener("dragover", over(true));
    box.addEventListener("dragleave", over(false));
    box.addEventListener("drop", (event) => {
      over(false)(event);
      const files = event.dataTransfer?.files;
      if (!files?.length) return;
      field.files = files;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
}
