// How labels of diagrams are drawn: broken where Lao may be broken, measured in the letters that are shown.
import { wrapped } from "./lao";

type Box = { x: number; y: number; width: number; height: number };
type Padding = number | { left?: number; right?: number };
type Options = { box?: { width?: number }; style?: Record<string, string | number>; padding?: Padding };
type Renderer = Record<string, any>;

export const STYLE = { fontFamily: '"Noto Sans Lao", system-ui, sans-serif', fontSize: 13, fontWeight: "400", lineHeight: 1.45 };
const DEFAULT_WIDTH = 150;
const LABEL_WIDTH = 110;
const pen = document.createElement("canvas").getContext("2d");

function measure(style: Record<string, string | number>): (line: string) => number {
  if (!pen) return (line) => line.length * 8;
  const size = String(style.fontSize);
  pen.font = `${style.fontWeight ?? 400} ${/\d$/.test(size) ? `${size}px` : size} ${style.fontFamily}`;
  return (line) => pen.measureText(line).width;
}

/** The renderer of bpmn-js or dmn-js with our lines; what it does with ready lines stays its own. */
export function laoRenderer(Base: any): any {
  function LaoRenderer(this: Renderer, config: any): void {
    Base.call(this, { ...config, defaultStyle: STYLE, externalStyle: STYLE });
    const create = this.createText;
    const size = this.getDimensions;
    const broken = (text: string, options: Options): string => {
      const padding = options.padding ?? 0;
      const sides = typeof padding === "number" ? padding * 2 : (padding.left ?? 0) + (padding.right ?? 0);
      const width = (options.box?.width ?? DEFAULT_WIDTH) - sides;
      return wrapped(text ?? "", width, measure({ ...STYLE, ...options.style }));
    };
    this.createText = (text: string, options: Options = {}) => create.call(this, broken(text, options), options);
    this.getDimensions = (text: string, options: Options = {}) => size.call(this, broken(text, options), options);
    this.getExternalLabelBounds = (bounds: Box, text: string): Box => {
      const box = { width: Math.max(bounds.width, LABEL_WIDTH), height: 30 };
      const found = this.getDimensions(text, { box, style: STYLE });
      const width = Math.ceil(found.width);
      return { x: Math.round(bounds.x + bounds.width / 2 - width / 2), y: bounds.y, width, height: Math.ceil(found.height) };
    };
    this.getTextAnnotationBounds = (bounds: Box, text: string): Box => {
      const found = this.getDimensions(text, { box: bounds, style: STYLE, align: "left-top", padding: 7 } as Options);
      return { ...bounds, height: Math.max(40, Math.round(found.height)) };
    };
  }
  LaoRenderer.$inject = ["config.textRenderer"];
  return LaoRenderer;
}

/** The Lao letters are there before anything is measured in them. */
export async function lettersReady(): Promise<void> {
  await document.fonts?.load(`${STYLE.fontSize}px "Noto Sans Lao"`, "ກ").catch(() => undefined);
}
