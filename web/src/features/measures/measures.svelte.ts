// What is asked for on the pages of measures: it stands in the address, so that a page can be sent to somebody.
import { url, type Query } from '../../api/client';
import { place } from '../../app/place.svelte';

const names = { slag: 'kind', fran: 'from', till: 'to', forsok: 'experiment' } as const;

export function queryOf(parameters: URLSearchParams): Query {
  const query: Query = {};
  for (const [swedish, name] of Object.entries(names)) query[name] = parameters.get(swedish) ?? undefined;
  return query;
}

// The same question to another page of measures.
export function addressOf(path: string, parameters: URLSearchParams): string {
  const query: Query = {};
  for (const name of Object.keys(names)) query[name] = parameters.get(name) ?? undefined;
  return url(path, query);
}

export function choose(name: keyof typeof names, value: string): void {
  const parameters = new URLSearchParams(place.current.query);
  parameters.set(name, value);
  place.replace(addressOf(window.location.pathname, parameters));
}
