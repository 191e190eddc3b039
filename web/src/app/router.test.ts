import { describe, expect, it } from 'vitest';
import { isInside, match } from './router';

const table = [
  ['/', 'ask'],
  ['/dokument', 'documents'],
  ['/dokument/{id}', 'document'],
  ['/in/{token}', 'enter'],
] as const;

describe('match', () => {
  it('finds pages with and without values', () => {
    expect(match(table, '/')).toEqual({ name: 'ask', values: {} });
    expect(match(table, '/dokument')).toEqual({ name: 'documents', values: {} });
    expect(match(table, '/dokument/abc')).toEqual({ name: 'document', values: { id: 'abc' } });
  });

  it('does not mind a slash at the end', () => {
    expect(match(table, '/dokument/')?.name).toBe('documents');
  });

  it('decodes values and refuses broken ones', () => {
    expect(match(table, '/dokument/a%2Fb%20%C3%A5')?.values).toEqual({ id: 'a/b å' });
    expect(match(table, '/dokument/%E5')).toBeUndefined();
  });

  it('knows no other pages', () => {
    expect(match(table, '/dokument/a/b')).toBeUndefined();
    expect(match(table, '/Dokument')).toBeUndefined();
    expect(match(table, '/annat')).toBeUndefined();
  });
});

describe('isInside', () => {
  const click = { button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false, defaultPrevented: false };
  const link = { origin: 'http://a', pathname: '/sok', target: '', hasAttribute: () => false };

  it('takes a plain click on a link of ours', () => {
    expect(isInside(click, link, 'http://a')).toBe(true);
  });

  it('leaves new tabs, other hosts, downloads and the API to the browser', () => {
    expect(isInside({ ...click, ctrlKey: true }, link, 'http://a')).toBe(false);
    expect(isInside({ ...click, button: 1 }, link, 'http://a')).toBe(false);
    expect(isInside({ ...click, defaultPrevented: true }, link, 'http://a')).toBe(false);
    expect(isInside(click, { ...link, origin: 'http://b' }, 'http://a')).toBe(false);
    expect(isInside(click, { ...link, target: '_blank' }, 'http://a')).toBe(false);
    expect(isInside(click, { ...link, hasAttribute: () => true }, 'http://a')).toBe(false);
    expect(isInside(click, { ...link, pathname: '/api/versions/1/original' }, 'http://a')).toBe(false);
  });
});
