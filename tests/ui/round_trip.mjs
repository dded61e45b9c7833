// Reads diagrams as JSON ([{kind, text}]) and writes each as the modeler would: read by its library, written by it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const frontend = process.argv[2];
const library = (name) => import(pathToFileURL(join(frontend, "node_modules", name, "dist/index.js")).href);
const { BpmnModdle } = await library("bpmn-moddle");
const { DmnModdle } = await library("dmn-moddle");
const onedoor = JSON.parse(readFileSync(join(frontend, "src/designer/moddle.json"), "utf8"));
const found = [];
for (const { kind, text } of JSON.parse(readFileSync(0, "utf8"))) {
  const moddle = kind === "bpmn" ? new BpmnModdle({ onedoor }) : new DmnModdle();
  const { rootElement, warnings } = await moddle.fromXML(text, kind === "bpmn" ? "bpmn:Definitions" : "dmn:Definitions");
  const { xml } = await moddle.toXML(rootElement, { format: true });
  found.push({ xml, warnings: warnings.map((each) => each.message) });
}
process.stdout.write(JSON.stringify(found));
