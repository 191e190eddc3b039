// A thing under review before it goes out: what a person has decided about each place. Offsets are bytes, as the server counts.
import type { ReleaseDraft, ReleaseItem } from '../../api/types';
import { sliceBytes } from '../../app/bytes';

export interface Place {
  start: number;
  end: number;
  reason: string;
  provision: string;
  masked: boolean;
}

export interface Review {
  draft: ReleaseDraft;
  bytes: Uint8Array;
  places: Place[];
  withOriginal: boolean;
}

// Nothing is masked until a person says so.
export function begin(draft: ReleaseDraft): Review {
  return {
    draft,
    bytes: new TextEncoder().encode(draft.text),
    places: draft.proposals.map((proposal) => ({ ...proposal, masked: false })),
    withOriginal: false,
  };
}

export function textOf(review: Review, place: Pick<Place, 'start' | 'end'>): string {
  return sliceBytes(review.bytes, place.start, place.end);
}

// UTF-16 positions of the text, as the browser's selection counts, as bytes.
export function bytePosition(text: string, position: number): number {
  return new TextEncoder().encode(text.slice(0, position)).length;
}

export function masksOf(review: Review): Place[] {
  return review.places.filter((place) => place.masked);
}

// A place that a person has marked, in order with the others.
export function add(review: Review, start: number, end: number, reason: string): Review {
  if (start >= end) return review;
  const place: Place = { start, end, reason, provision: '', masked: true };
  return { ...review, places: [...review.places, place].sort((a, b) => a.start - b.start) };
}

// What stands in the way of releasing it: a mask without provision, or two over each other.
export function obstacle(review: Review): 'provision' | 'overlap' | undefined {
  const masks = masksOf(review);
  if (masks.some((mask) => mask.provision.trim() === '')) return 'provision';
  if (masks.some((mask, index) => index > 0 && mask.start < (masks[index - 1]?.end ?? 0))) return 'overlap';
  return undefined;
}

export function itemOf(review: Review): ReleaseItem {
  const masks = masksOf(review).map(({ start, end, provision }) => ({ start, end, provision: provision.trim() }));
  return {
    stock: review.draft.stock,
    id: review.draft.id,
    text_hash: review.draft.text_hash,
    masks,
    with_original: review.withOriginal && masks.length === 0,
  };
}
