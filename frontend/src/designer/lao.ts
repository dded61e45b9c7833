// Where a line of Lao may end: between words, else between syllables, never within one. Lao writes no spaces between words.

type Segment = { segment: string };
type Segmenter = { segment(text: string): Iterable<Segment> };
type SegmenterClass = new (language: string, options: { granularity: string }) => Segmenter;

const known = (Intl as unknown as { Segmenter?: SegmenterClass }).Segmenter;
const words = known ? new known("lo", { granularity: "word" }) : null;
const LAO = /[\u0E80-\u0EFF]/;
const FIRST = /[\u0EC0-\u0EC4]/;
const ONSET = /[\u0E81-\u0EAE\u0EDC-\u0EDF]/;
const AFTER = /[\u0EB0-\u0EB9\u0EBC\u0EBD\u0EC8-\u0ECD]/;

/** Lao by syllables: one begins with a vowel that is written first, or with a consonant that a vowel or mark follows. */
function syllables(text: string): string[] {
  const found: string[] = [];
  let piece = "";
  for (let place = 0; place < text.length; place++) {
    const begins = FIRST.test(text[place]) || (ONSET.test(text[place]) && AFTER.test(text[place + 1] ?? "") && !FIRST.test(text[place - 1] ?? ""));
    if (begins && piece) {
      found.push(piece);
      piece = "";
    }
    piece += text[place];
  }
  return piece ? [...found, piece] : found;
}

/** A text in pieces between which a line may end; together they are the text. */
export function pieces(text: string): string[] {
  const found: string[] = [];
  const put = (piece: string) => {
    // Signs that close, marks that stand on a letter, and what a bracket opens stay with what is before them.
    if (found.length && /[(“«[{]$/.test(found[found.length - 1])) found[found.length - 1] += piece;
    else if (found.length && /^[\s,.;:!?)\]}»”%ໆຯ\u0EB1\u0EB4-\u0EBC\u0EC8-\u0ECD]/u.test(piece)) found[found.length - 1] += piece;
    else found.push(piece);
  };
  for (const run of text.match(/\S+\s*|\s+/g) ?? []) {
    if (!LAO.test(run)) put(run);
    else if (words) for (const { segment } of words.segment(run)) put(segment);
    else syllables(run).forEach(put);
  }
  return found;
}

/** The text with a line's end wherever the next piece would not fit; what stands on lines of its own stays there. */
export function wrapped(text: string, width: number, measure: (line: string) => number): string {
  return text
    .split(/\r?\n/)
    .map((line) => (measure(line) <= width ? line : lines(line, width, measure).join("\n")))
    .join("\n");
}

function lines(text: string, width: number, measure: (line: string) => number): string[] {
  const found: string[] = [];
  let line = "";
  const put = (piece: string) => {
    if (line && measure((line + piece).trimEnd()) > width) {
      found.push(line.trimEnd());
      line = "";
    }
    line += piece;
  };
  for (const piece of pieces(text)) {
    if (measure(piece.trimEnd()) <= width) put(piece);
    else syllables(piece).forEach(put);
  }
  return [...found, line.trimEnd()];
}
