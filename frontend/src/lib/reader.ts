// A USB reader types: many signs within a moment, then Enter, wherever the focus is. Such a burst goes to the form [data-reader]
// and never into a field; a person's own typing is slower and is left alone.

const FASTEST_PERSON = 45; // milliseconds between two keys
const FEWEST = 6;

export function burst(): (key: string, at: number) => string | null {
  let held = "";
  let last = 0;
  return (key, at) => {
    if (at - last > FASTEST_PERSON) held = "";
    last = at;
    if (key === "Enter") {
      const read = held.length >= FEWEST ? held : null;
      held = "";
      return read;
    }
    if (key.length === 1) held += key;
    return null;
  };
}

export function watchReader(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-reader]");
  const code = form?.querySelector<HTMLInputElement>("input[name=code]");
  if (!form || !code) return;
  const hear = burst();
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const read = hear(event.key, event.timeStamp);
      if (!read) return;
      event.preventDefault();
      event.stopPropagation();
      const field = document.activeElement as HTMLInputElement | null;
      if (field && "value" in field && field.value.endsWith(read)) field.value = field.value.slice(0, -read.length);
      code.value = read;
      form.requestSubmit();
    },
    true,
  );
}
