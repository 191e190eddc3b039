import { describe, expect, it } from 'vitest';
import type { ReleaseDraft } from '../../api/types';
import { add, begin, bytePosition, itemOf, obstacle, textOf } from './review';

const draft: ReleaseDraft = {
  stock: 'document',
  id: 'v1',
  kind: 'letter',
  moment: '2026-11-30T08:00:00.000Z',
  text: 'Åsa Öberg har en diagnos.',
  text_hash: 'abc',
  proposals: [{ start: 0, end: 11, reason: 'namn', provision: '' }],
  original: 'pdf',
};

describe('a review', () => {
  it('masks nothing until a person says so', () => {
    const review = { ...begin(draft), withOriginal: true };
    expect(itemOf(review)).toEqual({ stock: 'document', id: 'v1', text_hash: 'abc', masks: [], with_original: true });
  });

  it('counts in bytes', () => {
    const review = begin(draft);
    expect(textOf(review, { start: 0, end: 11 })).toBe('Åsa Öberg');
    expect(bytePosition(draft.text, 9)).toBe(11);
  });

  it('needs a provision for each mask, and masks apart', () => {
    let review = add(begin(draft), 12, 19, 'eget');
    expect(obstacle(review)).toBe('provision');
    review.places = review.places.map((place) => ({ ...place, provision: '25 kap. 1 § OSL' }));
    expect(obstacle(review)).toBeUndefined();
    review = add(review, 15, 22, 'eget');
    review.places = review.places.map((place) => ({ ...place, provision: '25 kap. 1 § OSL' }));
    expect(obstacle(review)).toBe('overlap');
  });

  it('leaves the original behind when something is masked', () => {
    const review = { ...add(begin(draft), 12, 19, 'eget'), withOriginal: true };
    expect(itemOf(review).with_original).toBe(false);
    expect(itemOf(review).masks).toHaveLength(1);
  });
});
