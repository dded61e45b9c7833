import { printButtons } from "./lib/forms";
import { watchIdle } from "./lib/idle";
import { keepLive } from "./lib/live";
import { endLooks } from "./lib/looking";
import { replayDay } from "./lib/replay";
import { reachColumns, showMore } from "./lib/scroll";

/** Forms of choices (data-choose) are sent as soon as something is chosen; without scripts they have a button. */
function chooseAtOnce(within: ParentNode): void {
  within.querySelectorAll<HTMLFormElement>("form[data-choose]").forEach((form) => {
    form.classList.add("at-once");
    form.querySelectorAll("select").forEach((field) => field.addEventListener("change", () => form.requestSubmit()));
    form.addEventListener("submit", () => {
      form.querySelectorAll("select").forEach((field) => (field.disabled = field.value === ""));
    });
  });
}

/** While somebody chooses or reads a table, the page does not change under their hands. */
function keepOpen(part: HTMLElement): () => void {
  const open = new Set<string>();
  part.addEventListener(
    "toggle",
    (event) => {
      const box = event.target as HTMLDetailsElement;
      const name = box.closest("section")?.getAttribute("aria-labelledby") ?? "";
      if (box.open) open.add(name);
      else if (box.isConnected) open.delete(name);
    },
    true,
  );
  return () => {
    const names = Array.from(open);
    part.querySelectorAll<HTMLDetailsElement>("details").forEach((box) => {
      box.open = names.includes(box.closest("section")?.getAttribute("aria-labelledby") ?? "");
    });
  };
}

printButtons();
watchIdle();
reachColumns();
showMore();
replayDay();
endLooks();
chooseAtOnce(document);
document.querySelectorAll<HTMLElement>("[data-live]").forEach((part) => {
  const restore = keepOpen(part);
  keepLive(part, (fresh) => {
    chooseAtOnce(fresh);
    restore();
  });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll<HTMLSelectElement>("form[data-choose] select").forEach((field) => (field.disabled = false));
});
