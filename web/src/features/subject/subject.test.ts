import { describe, expect, it } from 'vitest';
import type { SubjectItem } from '../../api/types';
import { addressOf, mayBeReplaced, nameOf, namesIn } from './subject';

const item: SubjectItem = {
  part: 'document',
  id: 'v1',
  document: 'd1',
  kind: 'letter',
  title: 'Brev',
  moment: null,
  current: false,
  restricted: false,
  own: false,
  mentions: 1,
  places: [],
  corrections: [],
};

describe('names', () => {
  it('come one by one, however they are typed', () => {
    expect(namesIn(' Rut  Åkesson, Rut Ek;\nRut Ek ')).toEqual(['Rut Åkesson', 'Rut Ek']);
    expect(namesIn(' , ')).toEqual([]);
  });
});

describe('a thing', () => {
  it('has a name unless it is changed where it belongs', () => {
    expect(nameOf(item)).toEqual({ part: 'document', id: 'v1' });
    expect(nameOf({ ...item, part: 'other' })).toBeUndefined();
  });
  it('can be taken out of search only as an older wording of a document', () => {
    expect(mayBeReplaced(item)).toBe(true);
    expect(mayBeReplaced({ ...item, current: true })).toBe(false);
    expect(mayBeReplaced({ ...item, part: 'entry' })).toBe(false);
  });
  it('is opened nowhere while it is restricted', () => {
    expect(addressOf(item)).toBe('/dokument/d1?version=v1');
    expect(addressOf({ ...item, part: 'entry', id: '7' })).toBe('/protokoll?nummer=7');
    expect(addressOf({ ...item, restricted: true })).toBeUndefined();
  });
});
