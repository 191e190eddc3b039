// What whoever asks says of how the question was understood.
import type { AskCorrection } from '../../api/types';

export const mostCorrections = 8; // of one question; the server takes no more

function isSame(one: AskCorrection, other: AskCorrection): boolean {
  return one.kind === other.kind && one.expression === other.expression && one.term === other.term;
}

export function holds(corrections: AskCorrection[], correction: AskCorrection): boolean {
  return corrections.some((one) => isSame(one, correction));
}

// With it when it was not there, else without.
export function toggled(corrections: AskCorrection[], correction: AskCorrection): AskCorrection[] {
  if (holds(corrections, correction)) return corrections.filter((one) => !isSame(one, correction));
  return corrections.length < mostCorrections ? [...corrections, correction] : corrections;
}

export function areSame(some: AskCorrection[], others: AskCorrection[]): boolean {
  return some.length === others.length && some.every((one) => holds(others, one));
}

export type ClosenessWord = 'same' | 'near' | 'far';

// The word beside a wording; the figure says more than anybody wants to know.
export function closenessWord(closeness: number): ClosenessWord {
  if (closeness >= 0.9) return 'same';
  return closeness >= 0.6 ? 'near' : 'far';
}
