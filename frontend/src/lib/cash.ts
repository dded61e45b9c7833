// Cash: sums while one types. The server counts for itself; without this the "show" button does the same.

const whole = (text: string): number => {
  const digits = text.replace(/[₭\s.,\u00a0]/g, "");
  return /^[0-9]{1,12}$/.test(digits) ? Number(digits) : 0;
};

const kip = (amount: number): string => `₭${String(amount).replace(/\B(?=(\d{3})+$)/g, ".")}`;

const show = (place: Element | null | undefined, text: string): void => {
  if (place) place.textContent = text;
};

function lines(room: Element, name: "note" | "price"): number {
  let sum = 0;
  room.querySelectorAll<HTMLInputElement>(`[data-${name}]`).forEach((field) => {
    const amount = whole(field.value) * Number(field.dataset[name]);
    show(field.closest("tr")?.querySelector("[data-amount]"), amount ? kip(amount) : "–");
    sum += amount;
  });
  return sum;
}

function count(table: Element): void {
  show(table.querySelector("[data-total]"), kip(lines(table, "note")));
}

function bill(form: HTMLFormElement): void {
  let total = lines(form, "price");
  form.querySelectorAll<HTMLElement>("[data-fixed]").forEach((cell) => (total += Number(cell.dataset.fixed)));
  document.querySelectorAll("[data-total]").forEach((place) => show(place, kip(total)));
  const tendered = whole(document.querySelector<HTMLInputElement>("[data-tendered]")?.value ?? "");
  show(document.querySelector("[data-change]"), tendered >= total ? kip(tendered - total) : "–");
}

/** data-count on a table of notes, data-cash on a form with a bill. */
export function addUp(): void {
  document.querySelectorAll("[data-count]").forEach((table) => {
    count(table);
    table.addEventListener("input", () => count(table));
  });
  document.querySelectorAll<HTMLFormElement>("form[data-cash]").forEach((form) => document.addEventListener("input", () => bill(form)));
}
