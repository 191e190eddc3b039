// Where things stand in a plot, and which page a question has. Pure.
import type { Figure, MeasureQuestion, Shown } from '../../api/types';

// Each question with the last part of its address and the figure that speaks for it in the overview.
export const questions: { question: MeasureQuestion; slug: string; main: string }[] = [
  { question: 'time', slug: 'tid', main: 'handling_median' },
  { question: 'environment', slug: 'miljo', main: 'climate' },
  { question: 'wellbeing', slug: 'valmaende', main: 'wellbeing_index' },
  { question: 'cost', slug: 'kostnad', main: 'direct_cost' },
  { question: 'errors', slug: 'fel', main: 'error_share' },
  { question: 'satisfaction', slug: 'nojdhet', main: 'satisfaction_asker' },
  { question: 'throughput', slug: 'genomstromning', main: 'decided_a_day' },
  { question: 'integration', slug: 'integration', main: 'automatic_share' },
  { question: 'sustainability', slug: 'hallbarhet', main: 'drift' },
];

export function questionOf(slug: string) {
  return questions.find((one) => one.slug === slug);
}

export type GroupName = 'all' | 'with_ai' | 'without_ai' | 'baseline';
export interface GroupRow {
  group: GroupName;
  shown: Shown;
}

// The groups of a figure that there is something to tell of. What stands outside an experiment is told only when it is more than that.
export function groupsOf(figure: Figure): GroupRow[] {
  const names: GroupName[] = ['all', 'with_ai', 'without_ai', 'baseline'];
  return names.flatMap((group) => {
    const shown = figure[group];
    return shown ? [{ group, shown }] : [];
  });
}

export function isEmpty(figure: Figure): boolean {
  return groupsOf(figure).length === 0 && figure.series.length === 0;
}

// Three figures that count, whatever the size, so that a value and the ends of its interval are as exact; at most six decimals.
export function decimalsFor(value: number): number {
  const size = Math.abs(value);
  if (size === 0) return 0;
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(size))));
}

// A difference whose interval holds nought may be chance.
export function isCertain(difference: Shown): boolean {
  return difference.low != null && difference.high != null && (difference.low > 0 || difference.high < 0);
}

export interface Scale {
  low: number;
  high: number;
  ticks: number[];
}

// A scale that holds all values, from nought unless something is below it, with round numbers to read it by.
export function scaleOf(values: number[], wanted = 5): Scale {
  const lowest = Math.min(0, ...values);
  const highest = Math.max(0, ...values);
  const span = highest - lowest || 1;
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const low = Math.floor(lowest / step) * step;
  const high = Math.ceil(highest / step) * step || step;
  const count = Math.round((high - low) / step);
  return { low, high, ticks: Array.from({ length: count + 1 }, (_, index) => Number((low + index * step).toPrecision(12))) };
}

// Where a value stands between two ends.
export function place(scale: Scale, value: number, from: number, to: number): number {
  return from + ((value - scale.low) / (scale.high - scale.low)) * (to - from);
}

export function endsOf(shown: Shown): number[] {
  return [shown.value, shown.low ?? shown.value, shown.high ?? shown.value];
}

// The middle of a stretch of days, in milliseconds.
export function middleOf(point: { from: string; to: string }): number {
  return (Date.parse(point.from) + Date.parse(point.to)) / 2;
}
