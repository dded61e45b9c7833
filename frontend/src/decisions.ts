// The tables of a service's decisions: dmn-js with our labels. Only the designer's page of the decisions loads this.
import DmnModeler from "dmn-js/lib/Modeler";
import DrdTextRenderer from "dmn-js-drd/lib/draw/TextRenderer";
import { guardUnsaved, lookBeside } from "./designer/page";
import { laoRenderer, lettersReady } from "./designer/text";
import { translation } from "./designer/translation";

type Any = any;

async function show(form: HTMLFormElement): Promise<void> {
  const source = form.querySelector<HTMLTextAreaElement>("textarea[name=decisions]")!;
  const board = form.querySelector<HTMLElement>("[data-canvas]")!;
  const choices = form.querySelector<HTMLElement>("[data-views]")!;
  const fault = form.querySelector<HTMLElement>("[data-fault]")!;
  await lettersReady();
  form.classList.add("drawn");
  const said = { translate: ["value", translation(JSON.parse(board.dataset.words || "{}"))] };
  const modeler: Any = new DmnModeler({
    container: board,
    drd: { additionalModules: [{ ...said, textRenderer: ["type", laoRenderer(DrdTextRenderer)] }] },
    decisionTable: { additionalModules: [said] },
    literalExpression: { additionalModules: [said] },
    boxedExpression: { additionalModules: [said] },
  } as Any);
  nameColumns(board);
  const look = lookBeside(form);
  const unsaved = guardUnsaved(form);
  const watched = new Set<Any>();
  let changed = false;
  const write = async (): Promise<void> => {
    const { xml } = await modeler.saveXML({ format: true });
    source.value = xml;
    source.disabled = false;
  };
  modeler.on("views.changed", ({ views, activeView }: Any) => {
    choices.replaceChildren(...views.map((view: Any) => choice(modeler, view, view === activeView)));
    const viewer = modeler.getActiveViewer();
    if (!viewer || watched.has(viewer)) return;
    watched.add(viewer);
    viewer.on("commandStack.changed", () => {
      changed = true;
      unsaved();
      void write().then(look);
    });
  });
  try {
    await modeler.importXML(source.value);
  } catch (wrong) {
    fault.hidden = false;
    fault.querySelector("[data-head]")!.textContent = board.dataset.unread!;
    fault.querySelector("ul")!.replaceChildren(Object.assign(document.createElement("li"), { textContent: String((wrong as Error).message).slice(0, 300) }));
    form.classList.remove("drawn");
    return;
  }
  const table = modeler.getViews().find((view: Any) => view.type === "decisionTable");
  if (table) await modeler.open(table);
  source.disabled = true;
  form.addEventListener("submit", (event) => {
    const button = (event as SubmitEvent).submitter;
    if (!changed || form.dataset.written) return;
    event.preventDefault();
    void write().then(() => {
      form.dataset.written = "1";
      // Not within the event itself: a form that is being sent is not sent again.
      window.setTimeout(() => form.requestSubmit(button));
    });
  });
  form.dataset.ready = "1";
}

/** The column of the rules' numbers has no head: it gets one for those who hear the table. */
function nameColumns(board: HTMLElement): void {
  const name = () =>
    board.querySelectorAll("th.index-column:empty").forEach((head) => {
      head.append(Object.assign(document.createElement("span"), { className: "sr", textContent: board.dataset.number ?? "" }));
    });
  new MutationObserver(name).observe(board, { childList: true, subtree: true });
}

function choice(modeler: Any, view: Any, active: boolean): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button secondary";
  button.setAttribute("aria-pressed", String(active));
  button.textContent = view.element.name || view.element.id;
  button.addEventListener("click", () => void modeler.open(view));
  return button;
}

document.querySelectorAll<HTMLFormElement>("form[data-tables]").forEach((form) => void show(form));
