// How rules of the retention schedule read, and where the things they are about can be seen.
import type { RetentionRule } from '../../api/types';
import { number, t, word } from '../../app/language.svelte';

export function termOf(rule: Pick<RetentionRule, 'months' | 'event'>): string {
  if (rule.months === null || rule.months === undefined) return t('retention.for_ever');
  return t('retention.months_after', { months: number(rule.months), event: word('retention_event', rule.event) });
}

export function isInForce(rule: Pick<RetentionRule, 'valid_from' | 'valid_to'>, today: string): boolean {
  return rule.valid_from <= today && (!rule.valid_to || today <= rule.valid_to);
}

export function itemAddress(item: { stock: string; id: string; document: string }): string | undefined {
  if (item.stock === 'record') return `/protokoll?nummer=${item.id}`;
  if (item.stock === 'document') return `/dokument/${encodeURIComponent(item.document)}`;
  return undefined;
}
