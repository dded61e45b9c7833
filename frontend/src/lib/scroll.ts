// A column that scrolls and holds nothing to press must be reachable by keyboard, or its lower part is lost.

const PRESSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary";

/** Say on a table's frame (data-more) on which sides there is more to see than stands in it. */
function tellMore(frame: HTMLElement): void {
  const right = frame.scrollWidth - frame.clientWidth - frame.scrollLeft > 1 ? "right" : "";
  const below = frame.scrollHeight - frame.clientHeight - frame.scrollTop > 1 ? "below" : "";
  if (right || below) frame.dataset.more = `${right} ${below}`.trim();
  else delete frame.dataset.more;
}

/** Frames of wide tables fade towards what is outside of them, until they are scrolled to their end. */
export function showMore(): void {
  const look = () => document.querySelectorAll<HTMLElement>(".scroll").forEach(tellMore);
  look();
  window.addEventListener("resize", look);
  document.addEventListener("htmx:after:swap", look);
  document.addEventListener("scroll", (event) => event.target instanceof HTMLElement && event.target.matches(".scroll") && tellMore(event.target), true);
}

export function reachColumns(): void {
  const look = () =>
    document.querySelectorAll<HTMLElement>(".col").forEach((column) => {
      if (column.scrollHeight > column.clientHeight + 1 && !column.querySelector(PRESSABLE)) column.tabIndex = 0;
      else column.removeAttribute("tabindex");
    });
  look();
  window.addEventListener("resize", look);
  document.addEventListener("htmx:after:swap", look);
}
