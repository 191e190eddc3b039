import { describe, expect, it } from 'vitest';
import { namesFrom, partsOf, principalOf, withReader } from './readers';

describe('who may read', () => {
  it('is written and read back', () => {
    for (const principal of ['bygg', 'department:Socialnämnden', 'person:rut']) {
      expect(principalOf(partsOf(principal))).toBe(principal);
    }
    expect(partsOf('department:A:B')).toEqual({ kind: 'department', name: 'A:B' });
  });

  it('gets one more, once, and never a nameless one', () => {
    expect(withReader(['bygg'], { kind: 'person', name: ' rut ' })).toEqual(['bygg', 'person:rut']);
    expect(withReader(['bygg'], { kind: 'group', name: 'bygg' })).toEqual(['bygg']);
    expect(withReader(['bygg'], { kind: 'department', name: '  ' })).toEqual(['bygg']);
  });

  it('is suggested from accounts and owners, in Swedish order', () => {
    const people = [
      { user_name: 'orjan.ek', groups: ['vård', 'bygg'], department: 'Socialnämnden' },
      { user_name: 'ada', groups: ['bygg'], department: '' },
    ];
    expect(namesFrom(people, ['Barnnämnden', 'Socialnämnden'])).toEqual({
      group: ['bygg', 'vård'],
      department: ['Barnnämnden', 'Socialnämnden'],
      person: ['ada', 'orjan.ek'],
    });
  });
});
