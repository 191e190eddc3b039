// Figures in words.
import type { Shown, MeasureUnit } from '../../api/types';
import { number, t, word } from '../../app/language.svelte';
import { decimalsFor } from './measures_view';

// The number alone: a share in per cent.
export function bare(value: number, unit: MeasureUnit): string {
  if (unit === 'share') return number(value * 100, 1);
  return number(value, decimalsFor(value));
}

export function unitWord(unit: MeasureUnit): string {
  return word('measure_unit', unit);
}

export function valueText(value: number, unit: MeasureUnit): string {
  return `${bare(value, unit)} ${unitWord(unit)}`;
}

export function intervalText(shown: Shown, unit: MeasureUnit): string {
  if (shown.low == null || shown.high == null) return '';
  return t('measures.interval', { low: bare(shown.low, unit), high: bare(shown.high, unit) });
}

// A difference of shares is told in percentage points.
export function differenceText(shown: Shown, unit: MeasureUnit): string {
  const unitName = unit === 'share' ? t('measures.points') : unitWord(unit);
  const sign = shown.value > 0 ? '+' : '';
  return `${sign}${bare(shown.value, unit)} ${unitName} ${intervalText(shown, unit)}`;
}
