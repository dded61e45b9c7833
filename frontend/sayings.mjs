// What the modelers say on their tools: every text that the bundled files of the libraries ask to have translated.
import { readFileSync } from "node:fs";

const LIBRARIES = /node_modules\/(bpmn-js|diagram-js[^/]*|dmn-js[^/]*|table-js)\/lib\//;
const ASKED = /\b_?translate\(\s*(?:'((?:\\.|[^'\\])+)'|"((?:\\.|[^"\\])+)"|`([^`$]+)`)/g;
// Texts that are listed in one place and asked for in another.
const LISTS = /PopupEntries|ReplaceOptions|HitPolic|hit-policy|DrillDown\.js$|simple-[a-z-]+\/|ModelingFeedback|DataTypes/;
const LISTED = /(?:\b(?:label|explanation|title|search|\w*Duration)\s*:|return|_MSG\s*=|_LABEL\s*=)\s*(?:'([^'\n]+)'|"([^"\n]+)")/g;
const TYPES = /DEFAULT_DATA_TYPES\s*=\s*\[([^\]]+)\]/;

/** The texts of one bundle, sorted. */
export function sayings(metafile, entry) {
  const output = Object.values(metafile.outputs).find((one) => one.entryPoint === entry);
  const found = new Set();
  for (const path of Object.keys(output.inputs).filter((one) => LIBRARIES.test(one))) {
    const source = readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
    for (const match of source.matchAll(ASKED)) {
      const text = match[1] ?? match[2] ?? match[3];
      if (/[a-z]{2}/i.test(text) && !text.includes(" + ")) found.add(text);
    }
    if (!LISTS.test(path)) continue;
    for (const match of source.matchAll(LISTED)) {
      const text = match[1] ?? match[2];
      if (/[A-Za-z]{2}/.test(text) && (/^[A-Z]/.test(text) || text.includes(" "))) found.add(text);
    }
    const types = TYPES.exec(source);
    for (const match of types ? types[1].matchAll(/'([^']+)'/g) : []) found.add(match[1]);
  }
  return [...found].map((text) => text.replace(/\\(.)/g, "$1")).sort();
}
