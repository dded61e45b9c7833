// The diagram of a service's process: bpmn-js with our labels and fields. Only the designer's page of the process loads this.
import Modeler from "bpmn-js/lib/Modeler";
import BpmnTextRenderer from "bpmn-js/lib/draw/TextRenderer";
import onedoor from "./designer/moddle.json";
import { menus } from "./designer/menus";
import { guardUnsaved, lookBeside } from "./designer/page";
import { Properties } from "./designer/properties";
import { laoRenderer, lettersReady } from "./designer/text";
import { translation } from "./designer/translation";

type Any = any;
// How wide the palette is, which lies over the left border of the diagram.
const PALETTE = 120;

async function draw(form: HTMLFormElement): Promise<void> {
  const source = form.querySelector<HTMLTextAreaElement>("textarea[name=process]")!;
  const board = form.querySelector<HTMLElement>("[data-canvas]")!;
  const fault = form.querySelector<HTMLElement>("[data-fault]")!;
  await lettersReady();
  form.classList.add("drawn");
  const modeler: Any = new Modeler({
    container: board,
    moddleExtensions: { onedoor },
    textRenderer: {},
    additionalModules: [
      menus,
      { textRenderer: ["type", laoRenderer(BpmnTextRenderer)], translate: ["value", translation(JSON.parse(board.dataset.words || "{}"))] },
    ],
  } as Any);
  try {
    const { warnings } = await modeler.importXML(source.value);
    // An attribute that the modeler does not know is carried along; what it warns of beside that is lost.
    const lost = warnings.map((each: Any) => String(each.message)).filter((said: string) => !said.startsWith("unknown attribute"));
    if (lost.length) tell(fault, board.dataset.warned!, lost);
  } catch (wrong) {
    tell(fault, board.dataset.unread!, [String((wrong as Error).message)]);
    form.classList.remove("drawn");
    return;
  }
  const canvas = modeler.get("canvas");
  whole(canvas, board);
  board.querySelector("svg")?.setAttribute("aria-label", board.getAttribute("aria-label") ?? "");
  new Properties(modeler, document.querySelector<HTMLElement>("[data-properties]")!);
  keep(modeler, form, source);
  follow(modeler, canvas, board);
  form.dataset.ready = "1";
}

/** The whole diagram, beside the palette. */
function whole(canvas: Any, board: HTMLElement): void {
  canvas.zoom("fit-viewport");
  const wide = board.clientWidth;
  if (wide > 3 * PALETTE) canvas.zoom(canvas.zoom() * (1 - PALETTE / wide), { x: wide, y: 0 });
}

function tell(place: HTMLElement, head: string, details: string[]): void {
  place.hidden = false;
  place.querySelector("[data-head]")!.textContent = head;
  place.querySelector("ul")!.replaceChildren(
    ...details.slice(0, 8).map((text) => Object.assign(document.createElement("li"), { textContent: text.slice(0, 300) })),
  );
}

/** What was changed is written into the form; what was not changed is not sent, and so stays as it is to the byte. */
function keep(modeler: Any, form: HTMLFormElement, source: HTMLTextAreaElement): void {
  const look = lookBeside(form);
  const unsaved = guardUnsaved(form);
  let changed = false;
  source.disabled = true;
  const write = async (): Promise<void> => {
    const { xml } = await modeler.saveXML({ format: true });
    source.value = xml;
    source.disabled = false;
  };
  modeler.get("eventBus").on("commandStack.changed", () => {
    changed = true;
    unsaved();
    void write().then(look);
  });
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
}

/** The buttons over the diagram, and the list of problems that leads to the element. */
function follow(modeler: Any, canvas: Any, board: HTMLElement): void {
  const actions: Record<string, () => void> = {
    undo: () => modeler.get("commandStack").undo(),
    redo: () => modeler.get("commandStack").redo(),
    fit: () => whole(canvas, board),
    closer: () => modeler.get("zoomScroll").stepZoom(1),
    farther: () => modeler.get("zoomScroll").stepZoom(-1),
  };
  document.addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-draw], [data-element]");
    if (!pressed) return;
    if (pressed.dataset.draw) return actions[pressed.dataset.draw]?.();
    const element = modeler.get("elementRegistry").get(pressed.dataset.element);
    if (!element) return;
    event.preventDefault();
    modeler.get("selection").select(element);
    canvas.scrollToElement(element);
    canvas.focus?.();
  });
}

document.querySelectorAll<HTMLFormElement>("form[data-diagram]").forEach((form) => void draw(form));
