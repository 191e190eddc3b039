// Which page an address leads to. Pure, so that it can be tested without a browser.

export interface Match<Name extends string> {
  name: Name;
  values: Record<string, string>;
}

export type Table<Name extends string> = readonly (readonly [pattern: string, name: Name])[];

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function parts(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

// `{name}` in a pattern takes one part of the path. Undefined: no such page.
export function match<Name extends string>(table: Table<Name>, path: string): Match<Name> | undefined {
  const given = parts(path);
  for (const [pattern, name] of table) {
    const wanted = parts(pattern);
    if (wanted.length !== given.length) continue;
    const values: Record<string, string> = {};
    const fits = wanted.every((want, index) => {
      const have = given[index] ?? '';
      if (!want.startsWith('{')) return want === have;
      const value = decode(have);
      if (value === undefined) return false;
      values[want.slice(1, -1)] = value;
      return true;
    });
    if (fits) return { name, values };
  }
  return undefined;
}

// True when a click on a link should be a move inside the program rather than the browser's own doing.
export function isInside(
  event: Pick<MouseEvent, 'button' | 'metaKey' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'defaultPrevented'>,
  link: Pick<HTMLAnchorElement, 'origin' | 'pathname' | 'target' | 'hasAttribute'>,
  origin: string,
): boolean {
  if (event.defaultPrevented || event.button !== 0) return false;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return false;
  if (link.hasAttribute('download') || (link.target !== '' && link.target !== '_self')) return false;
  return link.origin === origin && !link.pathname.startsWith('/api/');
}
