// The source that is open beside the page.
import { tick } from 'svelte';
import type { Citation, Hit, Reading } from '../../api/types';
import { sliceBytes } from '../../app/bytes';

// What to show: a passage by its bytes, or a section with the words that were looked for.
export interface SourceTarget {
  document: string;
  version: string;
  title: string;
  reference: string;
  path: string;
  passage?: { start: number; end: number; quote: string };
  section?: number;
  words: string[];
  number?: number;  // the citation's number in the answer
}

class SourceView {
  target = $state.raw<SourceTarget | undefined>(undefined);
  private opener: HTMLElement | null = null;

  open(target: SourceTarget, opener: EventTarget | null): void {
    this.opener = opener instanceof HTMLElement ? opener : null;
    this.target = target;
  }

  // Gives the focus back to what opened the source.
  close(returnFocus = true): void {
    if (!this.target) return;
    this.target = undefined;
    const opener = this.opener;
    this.opener = null;
    // On a phone the page is inert until the sheet is gone.
    if (returnFocus && opener?.isConnected) void tick().then(() => opener.focus());
  }
}

export const source = new SourceView();

export function fromCitation(citation: Citation, number: number): SourceTarget {
  const { document, version, title, reference, path, start, end, quote } = citation;
  return { document, version, title, reference, path, passage: { start, end, quote }, words: [], number };
}

export function fromHit(hit: Hit): SourceTarget {
  const bytes = new TextEncoder().encode(hit.snippet);
  const words = hit.marks.map((mark) => sliceBytes(bytes, mark.start, mark.end));
  const { document, version, title, reference, path, section } = hit;
  return { document, version, title, reference, path, section, words };
}

export function fromReading(reading: Reading): SourceTarget {
  const { document, version, title, path, section } = reading;
  return { document, version, title, reference: '', path, section, words: [] };
}
