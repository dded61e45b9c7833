// A column that scrolls and holds nothing to press must be reachable by keyboard, or its lower part is lost.

const PRESSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary";

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
