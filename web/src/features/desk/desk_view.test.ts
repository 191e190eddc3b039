import { describe, expect, it } from 'vitest';
import type { DeskItem } from '../../api/types';
import { addressOf, daysSince, deadlineState, filterFrom, keyOf, moved, noFilter, sureEnough, whyNoKappa } from './desk_view';

describe('the filter', () => {
  it('is kept in the address', () => {
    const filter = { kind: 'answer', confidence: '80', older: '2', deadline: '2026-06-01', order: 'age' };
    const address = addressOf(filter);
    expect(filterFrom(new URL(address, 'http://x').searchParams)).toEqual(filter);
    expect(addressOf(noFilter)).toBe('/inkorg');
    expect(filterFrom(new URLSearchParams())).toEqual(noFilter);
  });
});

describe('time', () => {
  it('counts whole days, and never fewer than none', () => {
    const now = Date.parse('2026-06-03T08:00:00Z');
    expect(daysSince('2026-06-01T09:00:00Z', now)).toBe(1);
    expect(daysSince('2026-06-04T09:00:00Z', now)).toBe(0);
  });

  it('says when a last day is near or gone', () => {
    expect(deadlineState('2026-05-31', '2026-06-01')).toBe('late');
    expect(deadlineState('2026-06-01', '2026-06-01')).toBe('soon');
    expect(deadlineState('2026-06-03', '2026-06-01')).toBe('soon');
    expect(deadlineState('2026-06-04', '2026-06-01')).toBe('later');
  });
});

describe('a batch', () => {
  it('takes what is sure enough, of the kind, that nobody has open and nobody is asked about again', () => {
    const item = { kind: 'answer', state: 'waiting', confidence: 0.9, second_look: false, opened_by: null } as DeskItem;
    const others = [
      { ...item, kind: 'other' },
      { ...item, confidence: 0.7 },
      { ...item, second_look: true },
      { ...item, opened_by: { name: 'Eva', since: '', mine: false } },
      { ...item, state: 'waiting_second' } as DeskItem,
    ];
    expect(sureEnough([item, ...others], 'answer', 0.8)).toEqual([item]);
  });
});

describe('keys', () => {
  const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

  it('mean what the help says, in either case', () => {
    expect(keyOf(press('j'), false)).toBe('next');
    expect(keyOf(press('A'), false)).toBe('accept');
    expect(keyOf(press('?'), false)).toBe('help');
    expect(keyOf(press('q'), false)).toBeUndefined();
  });

  it('are letters while somebody writes, and the browser’s own with a modifier', () => {
    expect(keyOf(press('a'), true)).toBeUndefined();
    expect(keyOf(press('a', { ctrlKey: true }), false)).toBeUndefined();
  });

  it('do not lead out of the list', () => {
    expect(moved(0, -1, 3)).toBe(0);
    expect(moved(2, 1, 3)).toBe(2);
    expect(moved(-1, 1, 3)).toBe(0);
  });
});

describe('a kappa that cannot be told', () => {
  // The table's rows as digits, one for each first outcome.
  const told = (table: string, batch_pairs = 0) => {
    const counts = table.split(' ').map((row) => [...row].map(Number));
    return whyNoKappa({ counts, pairs: counts.flat().reduce((sum, count) => sum + count, 0), batch_pairs });
  };

  it('says whether there are too few pairs, or only those of batches', () => {
    expect(told('100 000 000')).toBe('few');
    expect(told('301 000 000', 4)).toBe('batches');
  });

  it('says which of the two has only ever said one thing', () => {
    expect(told('400 000 000', 3)).toBe('both');
    expect(told('301 000 000', 3)).toBe('first');
    expect(told('300 000 100')).toBe('second');
  });
});
