// The server counts in bytes of UTF-8; JavaScript counts in UTF-16. Everything that cuts text by the server's offsets
// goes through here.
import type { Span } from '../api/types';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export function sliceBytes(text: Uint8Array, start: number, end: number): string {
  const from = Math.max(0, Math.min(start, text.length));
  return decoder.decode(text.subarray(from, Math.max(from, Math.min(end, text.length))));
}

export interface Piece {
  text: string;
  marked: boolean;
}

// The nearest beginning of a character at or before `at`.
function characterStart(bytes: Uint8Array, at: number): number {
  let start = Math.max(0, Math.min(at, bytes.length));
  while (start > 0 && ((bytes[start] ?? 0) & 0xc0) === 0x80) --start;
  return start;
}

// Cuts `text` at the marks. Marks may lie outside the text, overlap, come in any order and point inside characters.
export function cutAtMarks(text: string, marks: Span[]): Piece[] {
  const bytes = encoder.encode(text);
  const pieces: Piece[] = [];
  const add = (start: number, end: number, marked: boolean) => {
    if (end > start) pieces.push({ text: sliceBytes(bytes, start, end), marked });
  };
  let at = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    const start = Math.max(at, characterStart(bytes, mark.start));
    const end = characterStart(bytes, mark.end);
    if (end <= start) continue;
    add(at, start, false);
    add(start, end, true);
    at = end;
  }
  add(at, bytes.length, false);
  return pieces;
}

// Where any of the words stands in the text as a whole word, as marks in bytes.
export function findWords(text: string, words: string[]): Span[] {
  const wanted = [...new Set(words.map((word) => word.trim()).filter((word) => word.length > 1))];
  if (wanted.length === 0) return [];
  const escaped = wanted.sort((a, b) => b.length - a.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  const spans: Span[] = [];
  let at = 0;
  let bytes = 0;
  for (const match of text.matchAll(pattern)) {
    bytes += encoder.encode(text.slice(at, match.index)).length;
    const length = encoder.encode(match[0]).length;
    spans.push({ start: bytes, end: bytes + length });
    bytes += length;
    at = match.index + match[0].length;
  }
  return spans;
}
