import { describe, expect, it } from 'vitest';
import { addressOf, searchQuery, wishFrom, type SearchWish } from './search_address';

const today = '2026-11-22';
const full: SearchWish = {
  words: '"avgift för bygglov" -taxa',
  collections: ['lagar', 'riktlinjer & råd'],
  kind: 'fee_schedule',
  owner: 'Bygg- och miljönämnden',
  asOf: '2025-01-01',
  page: 3,
};

describe('the address of a search', () => {
  it('gives back what went in', () => {
    const address = addressOf(full, today);
    expect(wishFrom(new URL(address, 'http://a').searchParams, today)).toEqual(full);
  });

  it('is short when nothing is chosen', () => {
    expect(addressOf(wishFrom(new URLSearchParams(), today), today)).toBe('/sok');
  });

  it('survives nonsense', () => {
    const wish = wishFrom(new URLSearchParams('slag=banan&sida=-4&dag=igår'), today);
    expect(wish).toEqual({ words: '', collections: [], kind: '', owner: '', asOf: today, page: 1 });
  });

  it('asks the API for the right page', () => {
    expect(searchQuery(full)).toMatchObject({ limit: 10, offset: 20, as_of: '2025-01-01' });
  });
});
