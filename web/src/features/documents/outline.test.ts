import { describe, expect, it } from 'vitest';
import type { Section } from '../../api/types';
import { labelOf, treeOf, wayTo } from './outline';

function section(ordinal: number, parent: number, level: number, path = '', heading = ''): Section {
  return { ordinal, parent, level, path, heading, trail: [], start: 0, body: 0, end: 0, role: 'text' };
}

const sections = [section(0, -1, 0), section(1, 0, 1), section(2, 1, 2), section(3, 1, 2), section(4, 0, 1)];

describe('treeOf', () => {
  it('builds the tree without the document itself', () => {
    const tree = treeOf(sections);
    expect(tree.map((node) => node.section.ordinal)).toEqual([1, 4]);
    expect(tree[0]?.children.map((node) => node.section.ordinal)).toEqual([2, 3]);
  });

  it('loses no section whose parent is missing or itself', () => {
    expect(treeOf([section(0, 7, 1), section(1, 1, 1)])).toHaveLength(2);
  });
});

describe('labelOf', () => {
  it('does not say the same thing twice', () => {
    expect(labelOf(section(1, 0, 1, '3.2 Avgifter', 'Avgifter'))).toBe('Avgifter');
    expect(labelOf(section(1, 0, 1, '9 kap. 4 §', 'Åtgärder som inte kräver lov'))).toBe(
      '9 kap. 4 § Åtgärder som inte kräver lov',
    );
    expect(labelOf(section(1, 0, 1, '9 kap. 4 §'))).toBe('9 kap. 4 §');
    expect(labelOf(section(1, 0, 1, '', 'Inledning'))).toBe('Inledning');
  });
});

describe('wayTo', () => {
  it('names the section and everything around it, and ends', () => {
    expect(wayTo(sections, 3)).toEqual(new Set([3, 1, 0]));
    expect(wayTo(sections, 99)).toEqual(new Set());
    expect(wayTo([section(5, 5, 1)], 5)).toEqual(new Set([5]));
  });
});
