import { describe, expect, it } from 'vitest';
import type { Section } from '../../api/types';
import { touchedSections } from './load';

function section(ordinal: number, start: number, end: number): Section {
  return { ordinal, parent: -1, level: 1, path: '', heading: '', trail: [], start, body: start, end, role: 'text' };
}

describe('touchedSections', () => {
  const sections = [section(0, 0, 10), section(1, 10, 50), section(2, 52, 90)];

  it('finds the section a passage lies in', () => {
    expect(touchedSections(sections, 12, 20).map((found) => found.ordinal)).toEqual([1]);
  });

  it('does not take a neighbour that only touches', () => {
    expect(touchedSections(sections, 10, 50).map((found) => found.ordinal)).toEqual([1]);
  });

  it('takes a list that goes on in the next section', () => {
    expect(touchedSections(sections, 40, 60).map((found) => found.ordinal)).toEqual([1, 2]);
  });

  it('falls back on the section before when the passage lies between two', () => {
    expect(touchedSections(sections, 50, 52).map((found) => found.ordinal)).toEqual([1]);
    expect(touchedSections([], 1, 2)).toEqual([]);
  });
});
