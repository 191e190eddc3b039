import { describe, expect, it } from 'vitest';
import type { AskCorrection } from '../../api/types';
import { areSame, closenessWord, holds, mostCorrections, toggled } from './corrections';

const means: AskCorrection = { kind: 'means', expression: 'friggebod', term: 'komplementbyggnad' };
const meansNot: AskCorrection = { ...means, kind: 'means_not' };

describe('corrections', () => {
  it('are put and taken back by the same touch', () => {
    const once = toggled([], means);
    expect(once).toEqual([means]);
    expect(holds(once, { ...means })).toBe(true);
    expect(holds(once, meansNot)).toBe(false);
    expect(toggled(toggled(once, meansNot), { ...means })).toEqual([meansNot]);
  });

  it('are no more than the server takes', () => {
    let many: AskCorrection[] = [];
    for (let number = 0; number < 12; ++number) many = toggled(many, { ...means, term: `ord ${number}` });
    expect(many).toHaveLength(mostCorrections);
  });

  it('are the same in any order', () => {
    expect(areSame([means, meansNot], [meansNot, means])).toBe(true);
    expect(areSame([means], [meansNot])).toBe(false);
    expect(areSame([means], [])).toBe(false);
  });
});

it('closeness is told in words', () => {
  expect([1, 0.7, 0.4].map(closenessWord)).toEqual(['same', 'near', 'far']);
});
