// The fields beside the diagram: those of the chosen element are shown, and what is typed goes into the model.

type Any = any;
const OWN = "own:";

function definition(bo: Any, type: string): Any {
  return (bo.eventDefinitions ?? []).find((each: Any) => each.$type === type);
}

function timerOf(bo: Any): { kind: string; text: string } {
  const held = definition(bo, "bpmn:TimerEventDefinition");
  const kind = ["timeDuration", "timeDate", "timeCycle"].find((name) => held?.[name]) ?? "timeDuration";
  return { kind, text: held?.[kind]?.body ?? "" };
}

/** What an element has under the name of a field. */
function read(bo: Any, name: string): string {
  if (name.startsWith(OWN)) return bo.get(`onedoor:${name.slice(OWN.length)}`) ?? "";
  if (name === "condition") return bo.conditionExpression?.body ?? "";
  if (name === "timerKind") return timerOf(bo).kind;
  if (name === "timer") return timerOf(bo).text;
  if (name === "message") return (bo.messageRef ?? definition(bo, "bpmn:MessageEventDefinition")?.messageRef)?.name ?? "";
  if (name === "error") return definition(bo, "bpmn:ErrorEventDefinition")?.errorRef?.errorCode ?? "";
  if (name === "several.units") return bo.loopCharacteristics?.get("onedoor:units") ?? "";
  if (name === "several.count") return bo.loopCharacteristics?.loopCardinality?.body ?? "";
  if (name === "several.until") return bo.loopCharacteristics?.completionCondition?.body ?? "";
  return bo.get(name) ?? "";
}

function fits(element: Any, kinds: string): boolean {
  const bo = element.businessObject;
  return kinds.split(" ").some((kind) => {
    const [type, about] = kind.split("/");
    if (!bo.$instanceOf(type)) return false;
    if (!about) return true;
    if (about === "several") return bo.loopCharacteristics?.$type === "bpmn:MultiInstanceLoopCharacteristics";
    if (about === "choice") return bo.sourceRef?.$instanceOf("bpmn:ExclusiveGateway") || bo.sourceRef?.$instanceOf("bpmn:InclusiveGateway");
    return Boolean(definition(bo, `bpmn:${about}EventDefinition`));
  });
}

export class Properties {
  private element: Any = null;
  private readonly fields: HTMLInputElement[];

  constructor(private readonly modeler: Any, private readonly panel: HTMLElement) {
    this.fields = Array.from(panel.querySelectorAll<HTMLInputElement>("[data-prop]"));
    this.fields.forEach((field) => field.addEventListener("change", () => this.take(field)));
    const bus = modeler.get("eventBus");
    bus.on("selection.changed", ({ newSelection }: Any) => this.show(newSelection.length === 1 ? newSelection[0] : this.root()));
    bus.on("elements.changed", ({ elements }: Any) => elements.includes(this.element) && this.show(this.element));
    this.show(this.root());
  }

  private root(): Any {
    return this.modeler.get("canvas").getRootElement();
  }

  /** The fields that an element has, with what it says. */
  private show(element: Any): void {
    this.element = element?.labelTarget ?? element;
    const bo = this.element?.businessObject;
    this.panel.querySelector("[data-chosen]")!.textContent = bo?.id ?? "";
    this.panel.querySelectorAll<HTMLElement>("[data-kinds]").forEach((part) => {
      part.hidden = !bo || !fits(this.element, part.dataset.kinds!);
    });
    for (const field of this.fields) {
      if (!bo || document.activeElement === field) continue;
      const value = read(bo, field.dataset.prop!);
      if (field.type === "checkbox") field.checked = String(value) === "true";
      else field.value = String(value);
    }
  }

  private take(field: HTMLInputElement): void {
    if (!this.element) return;
    const value = field.type === "checkbox" ? (field.checked ? "true" : "") : field.value.trim();
    this.write(field.dataset.prop!, value);
  }

  private write(name: string, value: string): void {
    const modeling = this.modeler.get("modeling");
    const bo = this.element.businessObject;
    const said = value || undefined;
    const part = (held: Any, properties: Any) => modeling.updateModdleProperties(this.element, held, properties);
    if (name === "name") modeling.updateLabel(this.element, value);
    else if (name.startsWith(OWN)) modeling.updateProperties(this.element, { [`onedoor:${name.slice(OWN.length)}`]: said });
    else if (name === "condition") modeling.updateProperties(this.element, { conditionExpression: said && this.expression(value, bo) });
    else if (name === "timer" || name === "timerKind") this.writeTimer(name, value, bo, part);
    else if (name === "message") this.writeMessage(value, bo, part);
    else if (name === "error") part(definition(bo, "bpmn:ErrorEventDefinition"), { errorRef: said && this.named("bpmn:Error", "errorCode", value) });
    else if (name === "several.units") part(bo.loopCharacteristics, { "onedoor:units": said });
    else if (name === "several.count") part(bo.loopCharacteristics, { loopCardinality: said && this.expression(value, bo.loopCharacteristics) });
    else if (name === "several.until") part(bo.loopCharacteristics, { completionCondition: said && this.expression(value, bo.loopCharacteristics) });
    else modeling.updateProperties(this.element, { [name]: said });
  }

  private writeTimer(name: string, value: string, bo: Any, part: (held: Any, properties: Any) => void): void {
    const held = definition(bo, "bpmn:TimerEventDefinition");
    const now = timerOf(bo);
    const kind = name === "timerKind" ? value : now.kind;
    const text = name === "timer" ? value : now.text;
    part(held, { timeDuration: undefined, timeDate: undefined, timeCycle: undefined, [kind]: this.expression(text, held) });
  }

  private writeMessage(value: string, bo: Any, part: (held: Any, properties: Any) => void): void {
    const messageRef = value ? this.named("bpmn:Message", "name", value) : undefined;
    part(definition(bo, "bpmn:MessageEventDefinition") ?? bo, { messageRef });
  }

  private expression(body: string, parent: Any): Any {
    const made = this.modeler.get("bpmnFactory").create("bpmn:FormalExpression", { body });
    made.$parent = parent;
    return made;
  }

  /** The message or error of the file that is called so; made where there is none. */
  private named(type: string, key: string, value: string): Any {
    const definitions = this.modeler.getDefinitions();
    const held = definitions.rootElements.find((each: Any) => each.$type === type && each[key] === value);
    if (held) return held;
    const made = this.modeler.get("bpmnFactory").create(type, { [key]: value });
    made.$parent = definitions;
    definitions.rootElements.push(made);
    return made;
  }
}
