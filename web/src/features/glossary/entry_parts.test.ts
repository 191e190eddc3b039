import { describe, expect, it } from 'vitest';
import { holding, lineOf, partsOf } from './entry_parts';

describe('an entry', () => {
  it('is taken apart and put together again', () => {
    for (const line of [
      'kvarnhuset = stadsbiblioteket',
      'kvarnhuset, kvarnen < stadsbiblioteket, bibliotek | vardag; lag 2010:900; från 2025-12-01; även',
      'dagis ! förskola',
      'treserva ~ verksamhetssystem | tjänst',
    ])
      expect(lineOf(partsOf(line))).toBe(line);
    expect(partsOf('a, b > c | vardag; även')).toEqual({
      expressions: 'a, b',
      mark: '>',
      terms: 'c',
      beside: true,
      details: 'vardag',
    });
  });

  it('that takes a meaning away stands beside nothing', () => {
    expect(lineOf({ expressions: ' a ', mark: '!', terms: 'b', beside: true, details: ' ; ' })).toBe('a ! b');
  });

  it('is shown as it is when it has another form', () => {
    expect(partsOf('något annat')).toMatchObject({ expressions: 'något annat', terms: '' });
  });
});

it('entries are found by any of their words', () => {
  const entries = [{ line: 'kvarnhuset = stadsbiblioteket' }, { line: 'bia = boendestöd' }];
  expect(holding(entries, ' Biblio ')).toEqual([entries[0]]);
  expect(holding(entries, '')).toEqual(entries);
});
