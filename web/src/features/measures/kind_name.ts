import type { MeasuresSettings } from '../../api/types';
import { language } from '../../app/language.svelte';

// What a kind of proposal is called; its name when it is known no more.
export function kindName(kinds: MeasuresSettings['kinds'], name: string): string {
  const kind = kinds.find((one) => one.name === name);
  if (!kind) return name;
  return language.current === 'sv' ? kind.swedish : kind.english;
}
