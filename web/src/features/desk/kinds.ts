// What a kind of proposal is called. The server sends both languages, so that a new kind needs no new words here.
import type { DeskKind } from '../../api/types';
import { language } from '../../app/language.svelte';

export function nameOf(kinds: DeskKind[], name: string): string {
  const kind = kinds.find((known) => known.name === name);
  return kind ? (language.current === 'sv' ? kind.swedish : kind.english) : name;
}
