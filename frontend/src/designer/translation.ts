// What a modeler says on its tools, in the reader's language; what has no words stays in English.

type Translate = (template: string, replacements?: Record<string, string>) => string;

export function translation(said: Record<string, string>): Translate {
  return (template, replacements = {}) =>
    (said[template] ?? template).replace(/{([^}]+)}/g, (_all, key: string) => replacements[key.trim()] ?? `{${key}}`);
}
