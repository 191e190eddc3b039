import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentKinds, informationClasses, roles } from '../api/types';
import en from './en.json';
import sv from './sv.json';

const swedish: Record<string, string> = sv;
const english: Record<string, string> = en;

function sources(folder: string): string {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .map((path) => {
      if (statSync(path).isDirectory()) return sources(path);
      return /\.(svelte|ts)$/.test(path) && !path.endsWith('.test.ts') ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map((match) => match[0]).sort();
}

describe('the words', () => {
  it('are the same in both languages, with the same values to fill in', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(swedish).sort());
    for (const [key, text] of Object.entries(swedish)) {
      expect(placeholders(english[key] ?? ''), key).toEqual(placeholders(text));
      expect(text.trim(), key).toBe(text);
    }
  });

  it('are all used', () => {
    const code = sources('src');
    // Keys that are put together in the code: word('kind', …), counted('search.total', …) and templates.
    const groups = new Set([...code.matchAll(/word\(\s*'(\w+)'/g)].map((match) => match[1]));
    for (const match of code.matchAll(/`(\w+)\.\$\{/g)) groups.add(match[1]);
    for (const match of code.matchAll(/`(\w+\.)\$\{/g)) groups.add(match[1]?.slice(0, -1));
    const unused = Object.keys(swedish).filter((key) => {
      const counted = key.replace(/\.(one|other)$/, '');
      return !groups.has(key.split('.')[0]) && !code.includes(`'${key}'`) && !code.includes(`'${counted}'`);
    });
    expect(unused).toEqual([]);
  });

  it('come in pairs when counted', () => {
    for (const key of Object.keys(swedish).filter((name) => name.endsWith('.one'))) {
      expect(swedish).toHaveProperty([key.replace(/one$/, 'other')]);
    }
  });

  it('exist for every value the server may send', () => {
    for (const kind of documentKinds) expect(swedish).toHaveProperty([`kind.${kind}`]);
    for (const level of informationClasses) expect(swedish).toHaveProperty([`class.${level}`]);
    for (const role of roles) expect(swedish).toHaveProperty([`role_help.${role}`]);
    for (const validity of ['applies', 'not_yet', 'expired', 'replaced']) {
      expect(swedish).toHaveProperty([`validity.${validity}`]);
    }
  });
});
