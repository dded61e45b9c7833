// data-rotate="12": one child is shown at a time, for so many seconds; data-last: the last day on which a child is shown.
// Which one it is lives longer than the part of the page, so that a fresh part goes on where the old one was.

let shown = 0;

export function rotate(zone: string): void {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date());
  document.querySelectorAll<HTMLElement>("[data-rotate]").forEach((box) => {
    const all = Array.from(box.children) as HTMLElement[];
    const alive = all.filter((child) => !child.dataset.last || child.dataset.last >= today);
    all.forEach((child) => (child.hidden = child !== alive[shown % Math.max(alive.length, 1)]));
  });
}

export function keepRotating(zone: string): void {
  const seconds = Number(document.querySelector<HTMLElement>("[data-rotate]")?.dataset.rotate) || 12;
  rotate(zone);
  window.setInterval(() => {
    shown += 1;
    rotate(zone);
  }, seconds * 1000);
}
