// What the diagram's menus offer: only what a service's process can run. What a file brings beside that is shown and kept.

type Any = any;
type Entries = Record<string, Any>;

const NOT_RUN =
  /script|manual|complex|ad-?hoc|transaction|signal|escalation|compensat|condition(?!al-flow)|link|cancel|data-|event-subprocess|instantiat|group|collection|multiplicity|toggle-loop|^replace-with-task$/i;

function run(entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([id]) => !NOT_RUN.test(id)));
}

/** Asked after the libraries' own menus, which come with a higher priority. */
const LAST = 400;

function Menus(palette: Any, contextPad: Any, popupMenu: Any, elementFactory: Any): void {
  palette.registerProvider(LAST, { getPaletteEntries: () => run });
  contextPad.registerProvider(LAST, { getContextPadEntries: () => run, getMultiElementContextPadEntries: () => run });
  popupMenu.registerProvider("bpmn-replace", LAST, { getPopupMenuEntries: () => run, getPopupMenuHeaderEntries: () => run });
  // A task of no kind is done by nobody: a new one is a person's.
  const create = elementFactory.create;
  elementFactory.create = function (this: Any, type: string, attributes: Any): Any {
    const plain = attributes?.type === "bpmn:Task" && !attributes.businessObject;
    return create.call(this, type, plain ? { ...attributes, type: "bpmn:UserTask" } : attributes);
  };
}
Menus.$inject = ["palette", "contextPad", "popupMenu", "elementFactory"];

export const menus = { __init__: ["onedoorMenus"], onedoorMenus: ["type", Menus] };
