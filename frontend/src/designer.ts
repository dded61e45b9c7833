import { printButtons } from "./lib/forms";
import { watchIdle } from "./lib/idle";
import { reachColumns } from "./lib/scroll";
import { guardUnsaved, lookBeside } from "./designer/page";

printButtons();
watchIdle();
reachColumns();
document.querySelectorAll<HTMLFormElement>("form[data-designed]").forEach((form) => {
  const look = lookBeside(form);
  const unsaved = guardUnsaved(form);
  form.addEventListener("input", () => {
    unsaved();
    look();
  });
});
