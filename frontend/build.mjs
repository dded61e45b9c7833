// Bundles styles and scripts of each door. Usage: node build.mjs OUT_FOLDER
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { sayings } from "./sayings.mjs";

const out = process.argv[2];
mkdirSync(out, { recursive: true });
const doors = ["citizen", "staff", "kiosk", "board", "console", "designer"];
// Loaded on one page each: they are as heavy as everything else together.
const modelers = ["diagram", "decisions", "camera"];
// The cells' editor writes a style element into the page, which the policy forbids; as a sheet of the object model it may.
const adopted = {
  name: "adopted-styles",
  setup(bundle) {
    bundle.onLoad({ filter: /style-mod[/\\]src[/\\]style-mod\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const asked = "!root.head && root.adoptedStyleSheets";
      if (!source.includes(asked)) throw new Error("style-mod has changed: look at how it adds its styles");
      return { contents: source.replace(asked, "root.adoptedStyleSheets"), loader: "js" };
    });
  },
};
const { metafile } = await build({
  entryPoints: [...doors, ...modelers].flatMap((name) => [
    { in: `src/css/${name}.css`, out: name },
    { in: `src/${name}.ts`, out: name },
  ]),
  outdir: out,
  bundle: true,
  minify: true,
  charset: "utf8",
  target: ["chrome80", "firefox78", "safari14.1"],
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  legalComments: "none",
  format: "iife",
  logLevel: "warning",
  metafile: true,
  plugins: [adopted],
});
// Whose work is in these files, for THIRD_PARTY_LICENSES.
const bundled = Object.keys(metafile.inputs).map((path) => /node_modules\/((@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
writeFileSync(join(out, ".packages"), JSON.stringify([...new Set(bundled.filter(Boolean))].sort()));
// What the modelers say, so that a test finds what has no Lao words yet.
const said = { bpmn: sayings(metafile, "src/diagram.ts"), dmn: sayings(metafile, "src/decisions.ts") };
writeFileSync(join(out, ".sayings.json"), JSON.stringify(said));
for (const name of ["icons.svg", "mark.svg"]) copyFileSync(join("src", name), join(out, name));
// The faces that documents embed in their PDF: Lao, and the Latin of the same design with foreign names and the kip sign.
mkdirSync(join(out, "fonts"), { recursive: true });
for (const script of ["lao", "latin", "latin-ext"])
  for (const weight of [400, 700]) {
    const face = `noto-sans-lao-${script}-${weight}-normal.woff2`;
    copyFileSync(join("node_modules/@fontsource/noto-sans-lao/files", face), join(out, "fonts", face));
  }
