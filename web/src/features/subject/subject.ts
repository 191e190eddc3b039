// What the page of data subjects' rights says and sends.
import type { PartName, SubjectItem } from '../../api/types';

// Names as typed, with commas or line ends between them, each once.
export function namesIn(typed: string): string[] {
  const names = typed.split(/[,;\n]/).map((name) => name.trim().replace(/\s+/g, ' '));
  return [...new Set(names.filter((name) => name !== ''))];
}

// The name by which the server knows a thing; none for rows that are changed where they belong.
export function nameOf(item: SubjectItem): PartName | undefined {
  return item.part === 'other' ? undefined : { part: item.part, id: item.id };
}

// An older wording of a document can be taken out of search; the text in force must be replaced first.
export function mayBeReplaced(item: SubjectItem): boolean {
  return item.part === 'document' && !item.current;
}

// Where a thing can be opened; nowhere when it is restricted.
export function addressOf(item: SubjectItem): string | undefined {
  if (item.restricted) return undefined;
  if (item.part === 'document') return `/dokument/${item.document}?version=${item.id}`;
  if (item.part === 'entry') return `/protokoll?nummer=${item.id}`;
  return undefined;
}
