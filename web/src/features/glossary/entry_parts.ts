// An entry's line as the parts that a person fills in, and back: "kvarnhuset, kvarnen = stadsbiblioteket | även".

// The marks of a line, and what each is called among the words.
export const relations = { '=': 'same', '<': 'narrower', '>': 'wider', '~': 'related', '!': 'unlike' } as const;
export type Mark = keyof typeof relations;
export const marks = Object.keys(relations) as Mark[];

export interface EntryParts {
  expressions: string;
  mark: Mark;
  terms: string;
  beside: boolean; // what the lexicon that ships says counts too
  details: string; // register, statute, days
}

const beside = 'även';
const form = /^(.*?) ([=<>~!]) ([^|]*?)(?: \| (.*))?$/;

// The server writes lines in one form; anything else is shown as expressions alone.
export function partsOf(line: string): EntryParts {
  const [, expressions = line, mark = '=', terms = '', attributes = ''] = form.exec(line) ?? [];
  const details = attributes.split(';').map((part) => part.trim());
  return {
    expressions,
    mark: mark as Mark,
    terms,
    beside: details.includes(beside),
    details: details.filter((part) => part !== '' && part !== beside).join('; '),
  };
}

export function lineOf(parts: EntryParts): string {
  const details = parts.details
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.beside && parts.mark !== '!') details.push(beside);
  const line = `${parts.expressions.trim()} ${parts.mark} ${parts.terms.trim()}`;
  return details.length > 0 ? `${line} | ${details.join('; ')}` : line;
}

// Entries that hold what is typed, anywhere.
export function holding<T extends { line: string }>(entries: T[], typed: string): T[] {
  const wanted = typed.trim().toLocaleLowerCase('sv');
  return wanted === '' ? entries : entries.filter((entry) => entry.line.includes(wanted));
}
