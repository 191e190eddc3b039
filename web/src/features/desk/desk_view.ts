// What the desk's pages need to work out. Pure.
import type { DeskAgreement, DeskItem, ProposalAction } from '../../api/types';

export interface DeskFilter {
  kind: string;
  confidence: string;
  older: string;
  deadline: string;
  order: string;
}

export const noFilter: DeskFilter = { kind: '', confidence: '', older: '', deadline: '', order: 'deadline' };

export function filterFrom(query: URLSearchParams): DeskFilter {
  return {
    kind: query.get('slag') ?? '',
    confidence: query.get('sakerhet') ?? '',
    older: query.get('dagar') ?? '',
    deadline: query.get('senast') ?? '',
    order: query.get('ordning') ?? 'deadline',
  };
}

export function addressOf(filter: DeskFilter): string {
  const query = new URLSearchParams();
  if (filter.kind) query.set('slag', filter.kind);
  if (filter.confidence) query.set('sakerhet', filter.confidence);
  if (filter.older) query.set('dagar', filter.older);
  if (filter.deadline) query.set('senast', filter.deadline);
  if (filter.order !== 'deadline') query.set('ordning', filter.order);
  const text = query.toString();
  return text ? `/inkorg?${text}` : '/inkorg';
}

export function isFiltered(filter: DeskFilter): boolean {
  return filter.kind !== '' || filter.confidence !== '' || filter.older !== '' || filter.deadline !== '';
}

// Whole days that something has waited.
export function daysSince(moment: string, now: number): number {
  return Math.max(0, Math.floor((now - new Date(moment).getTime()) / 86_400_000));
}

export type DeadlineState = 'late' | 'soon' | 'later';

export function deadlineState(deadline: string, today: string): DeadlineState {
  if (deadline < today) return 'late';
  const days = (new Date(`${deadline}T12:00:00Z`).getTime() - new Date(`${today}T12:00:00Z`).getTime()) / 86_400_000;
  return days <= 2 ? 'soon' : 'later';
}

// Those of a list that may be accepted together.
export function sureEnough(items: DeskItem[], kind: string, confidence: number): DeskItem[] {
  return items.filter(
    (item) =>
      item.kind === kind && item.state === 'waiting' && !item.second_look && !item.opened_by && item.confidence >= confidence,
  );
}

// Why kappa cannot be told of these pairs: too few, all from batches, or a rater who has only ever said one thing.
export type NoKappa = 'few' | 'batches' | 'both' | 'first' | 'second';

export function whyNoKappa(one: Pick<DeskAgreement, 'counts' | 'pairs' | 'batch_pairs'>): NoKappa {
  if (one.pairs < 2) return 'few';
  if (one.batch_pairs === one.pairs) return 'batches';
  const first = one.counts.filter((row) => row.some((count) => count > 0)).length;
  const second = one.counts.filter((_, column) => one.counts.some((row) => (row[column] ?? 0) > 0)).length;
  if (first < 2 && second < 2) return 'both';
  return first < 2 ? 'first' : 'second';
}

export type Key = 'next' | 'previous' | 'open' | 'help' | ProposalAction;

const keys: Record<string, Key> = {
  j: 'next',
  k: 'previous',
  a: 'accept',
  e: 'edit',
  r: 'reject',
  t: 'send_back',
  h: 'hand_over',
  z: 'undo',
  '?': 'help',
};

// What a key press asks for; nothing while somebody is writing, or when the key belongs to the browser.
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>, writing: boolean): Key | undefined {
  if (writing || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return keys[event.key.toLowerCase()];
}

export function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable], dialog *');
}

// The place `step` away from `current` in a list, kept inside it.
export function moved(current: number, step: number, length: number): number {
  return Math.min(Math.max(current + step, 0), length - 1);
}
