// Keyboard: an element with data-key="F2" (or "Alt+S") is pressed, or focused when it is a field.

function spelled(event: KeyboardEvent): string {
  const parts = [];
  if (event.ctrlKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey && event.key.length > 1) parts.push("Shift");
  parts.push(event.key.length === 1 ? event.key.toUpperCase() : event.key);
  return parts.join("+");
}

const isField = (element: Element | null): boolean =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;

function visible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0 && !element.hasAttribute("disabled");
}

export function listenToKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.isComposing) return;
    const name = spelled(event);
    // A plain letter belongs to the field one is writing in.
    if (name.length === 1 && isField(document.activeElement)) return;
    const room: ParentNode = document.querySelector(".lock") ?? document;
    const target = Array.from(room.querySelectorAll<HTMLElement>("[data-key]")).find(
      (element) => element.dataset.key === name && visible(element),
    );
    if (!target) return;
    event.preventDefault();
    if (isField(target)) target.focus();
    else target.click();
  });
}
