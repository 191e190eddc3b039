import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../api/types';
import { attributesOf, emptyForm, endsBeforeItBegins, formOf, listOf, optionsOf } from './attributes';

const attributes: Attributes = {
  title: 'Taxa för bygglov',
  kind: 'fee_schedule',
  owner: 'Byggnadsnämnden',
  source: 'https://exempel.se/taxa',
  reference: 'BN 2026/4',
  information_class: 'internal',
  access: ['bygg', 'juridik'],
  secrecy: 'OSL 21 kap. 1 §',
  valid_from: '2026-01-01',
  valid_to: null,
  replaced_by: 'abc',
};

describe('attributes and their form', () => {
  it('come back as they went in', () => {
    expect(attributesOf(formOf(attributes), attributes)).toEqual(attributes);
  });

  it('empty a day that is erased', () => {
    expect(attributesOf({ ...formOf(attributes), validFrom: '' }, attributes).valid_from).toBeNull();
  });

  it('send only what was filled in with an upload', () => {
    expect(optionsOf(emptyForm(), ' taxor ', undefined)).toEqual({ collection: 'taxor' });
    expect(optionsOf({ ...emptyForm(), kind: 'faq', access: ['a', 'b'] }, 'x', 'd1')).toEqual({
      collection: 'x',
      kind: 'faq',
      access: ['a', 'b'],
      as_version_of: 'd1',
    });
  });

  it('see an end before the beginning', () => {
    expect(endsBeforeItBegins({ ...emptyForm(), validFrom: '2026-02-01', validTo: '2026-01-31' })).toBe(true);
    expect(endsBeforeItBegins({ ...emptyForm(), validFrom: '2026-02-01', validTo: '2026-02-01' })).toBe(false);
    expect(endsBeforeItBegins({ ...emptyForm(), validTo: '2026-01-31' })).toBe(false);
  });

  it('read lists', () => {
    expect(listOf(' a , b,,a ')).toEqual(['a', 'b']);
    expect(listOf('')).toEqual([]);
  });
});
