// What is searched for, as it stands in the page's address, so that a search can be bookmarked and sent. Pure.
import { documentKinds, type DocumentKind } from '../../api/types';

export interface SearchWish {
  words: string;
  collections: string[];
  kind: DocumentKind | '';
  owner: string;
  asOf: string;
  page: number;
}

export const pageSize = 10;

export function wishFrom(query: URLSearchParams, today: string): SearchWish {
  const kind = query.get('slag') ?? '';
  const page = Number(query.get('sida') ?? '1');
  const asOf = query.get('dag') ?? '';
  return {
    words: query.get('q') ?? '',
    collections: query.getAll('samling'),
    kind: documentKinds.find((known) => known === kind) ?? '',
    owner: query.get('agare') ?? '',
    asOf: /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? asOf : today,
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

export function addressOf(wish: SearchWish, today: string): string {
  const query = new URLSearchParams();
  if (wish.words) query.set('q', wish.words);
  for (const collection of wish.collections) query.append('samling', collection);
  if (wish.kind) query.set('slag', wish.kind);
  if (wish.owner) query.set('agare', wish.owner);
  if (wish.asOf !== today) query.set('dag', wish.asOf);
  if (wish.page > 1) query.set('sida', String(wish.page));
  const text = query.toString();
  return text ? `/sok?${text}` : '/sok';
}

// The same search as the API wants it.
export function searchQuery(wish: SearchWish): Record<string, string | number | string[]> {
  return {
    words: wish.words,
    collection: wish.collections,
    kind: wish.kind,
    owner: wish.owner,
    as_of: wish.asOf,
    limit: pageSize,
    offset: (wish.page - 1) * pageSize,
  };
}
