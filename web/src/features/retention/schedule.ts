// Which rules of the retention schedule are in force, and where the things they are about can be seen.
import type { RetentionRule } from '../../api/types';

export function isInForce(rule: Pick<RetentionRule, 'valid_from' | 'valid_to'>, today: string): boolean {
  return rule.valid_from <= today && (!rule.valid_to || today <= rule.valid_to);
}

export function itemAddress(item: { stock: string; id: string; document: string }): string | undefined {
  if (item.stock === 'record') return `/protokoll?nummer=${item.id}`;
  if (item.stock === 'document') return `/dokument/${encodeURIComponent(item.document)}`;
  return undefined;
}
