// A version's sections as a tree to find one's way in. Pure.
import type { Section } from '../../api/types';

export interface OutlineNode {
  section: Section;
  children: OutlineNode[];
}

// Sections come in order, and a parent always stands before its children.
export function treeOf(sections: Section[]): OutlineNode[] {
  const nodes = new Map<number, OutlineNode>();
  const roots: OutlineNode[] = [];
  for (const section of sections) {
    const node: OutlineNode = { section, children: [] };
    nodes.set(section.ordinal, node);
    const parent = nodes.get(section.parent);
    (parent && section.parent !== section.ordinal ? parent.children : roots).push(node);
  }
  // The document itself is not a step on the way.
  const [only] = roots;
  return roots.length === 1 && only && only.section.level === 0 ? only.children : roots;
}

export function labelOf(section: Section): string {
  const { heading, path } = section;
  if (heading === '') return path;
  return path === '' || heading.includes(path) || path.endsWith(heading) ? heading : `${path} ${heading}`;
}

// The nodes on the way to a section, outermost first, for opening the tree there.
export function wayTo(sections: Section[], ordinal: number): Set<number> {
  const byOrdinal = new Map(sections.map((section) => [section.ordinal, section]));
  const way = new Set<number>();
  for (let at = byOrdinal.get(ordinal); at && !way.has(at.ordinal); at = byOrdinal.get(at.parent)) way.add(at.ordinal);
  return way;
}
