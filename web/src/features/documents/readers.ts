// Who may read a document or a collection, as access lists write it: "department:NAME", "person:USER NAME", or a group as it is. Pure.

export const readerKinds = ['group', 'department', 'person'] as const;
export type ReaderKind = (typeof readerKinds)[number];

export interface ReaderParts {
  kind: ReaderKind;
  name: string;
}

export function partsOf(principal: string): ReaderParts {
  for (const kind of ['department', 'person'] as const) {
    if (principal.startsWith(`${kind}:`)) return { kind, name: principal.slice(kind.length + 1) };
  }
  return { kind: 'group', name: principal };
}

export function principalOf({ kind, name }: ReaderParts): string {
  const trimmed = name.trim();
  return kind === 'group' ? trimmed : `${kind}:${trimmed}`;
}

// The list with one more, each once; unchanged when there is no name.
export function withReader(list: string[], reader: ReaderParts): string[] {
  const principal = principalOf(reader);
  if (reader.name.trim() === '' || list.includes(principal)) return list;
  return [...list, principal];
}

export type Names = Record<ReaderKind, string[]>;

// What can be chosen, from those who have an account and those who own documents; in order, each once.
export function namesFrom(people: { user_name: string; groups: string[]; department: string }[], owners: string[]): Names {
  const ordered = (names: string[]) =>
    [...new Set(names.filter((name) => name !== ''))].sort((a, b) => a.localeCompare(b, 'sv'));
  return {
    group: ordered(people.flatMap((person) => person.groups)),
    department: ordered([...people.map((person) => person.department), ...owners]),
    person: ordered(people.map((person) => person.user_name)),
  };
}
