import { describe, expect, it } from 'vitest';
import { cutAtMarks, findWords, sliceBytes } from './bytes';

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('sliceBytes', () => {
  it('counts å, ä, ö as two bytes, § as two and an emoji as four', () => {
    const text = bytesOf('På 9 kap. 4 § 🏠 hus');
    expect(sliceBytes(text, 0, 3)).toBe('På');
    expect(sliceBytes(text, 4, 16)).toBe('9 kap. 4 § ');
    expect(sliceBytes(text, 16, 20)).toBe('🏠');
  });

  it('stays inside the text', () => {
    expect(sliceBytes(bytesOf('abc'), 2, 99)).toBe('c');
    expect(sliceBytes(bytesOf('abc'), 50, 99)).toBe('');
    expect(sliceBytes(bytesOf('abc'), 2, 1)).toBe('');
  });
});

describe('cutAtMarks', () => {
  it('marks by bytes', () => {
    expect(cutAtMarks('Får jag bygga över gränsen?', [{ start: 15, end: 20 }])).toEqual([
      { text: 'Får jag bygga ', marked: false },
      { text: 'över', marked: true },
      { text: ' gränsen?', marked: false },
    ]);
  });

  it('gives the whole text back whatever the marks', () => {
    const text = 'åäö – 4 § första stycket';
    const marks = [
      { start: 9, end: 12 },
      { start: 0, end: 4 },
      { start: 2, end: 6 },
      { start: 25, end: 900 },
      { start: 700, end: 800 },
      { start: 8, end: 8 },
    ];
    const pieces = cutAtMarks(text, marks);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.every((piece) => piece.text.length > 0)).toBe(true);
  });

  it('gives one unmarked piece without marks, none for no text', () => {
    expect(cutAtMarks('abc', [])).toEqual([{ text: 'abc', marked: false }]);
    expect(cutAtMarks('', [{ start: 0, end: 3 }])).toEqual([]);
  });
});

describe('findWords', () => {
  it('finds whole words in any case, in bytes', () => {
    const text = 'Åtgärd: åtgärden och ÅTGÄRD.';
    const found = findWords(text, ['åtgärd']).map((span) => sliceBytes(bytesOf(text), span.start, span.end));
    expect(found).toEqual(['Åtgärd', 'ÅTGÄRD']);
  });

  it('takes the longest of overlapping words and survives special characters', () => {
    const text = 'bygglov (PBL) byggloven';
    const found = findWords(text, ['bygglov', 'byggloven', '(PBL', 'a']).map((span) =>
      sliceBytes(bytesOf(text), span.start, span.end),
    );
    expect(found).toEqual(['bygglov', '(PBL', 'byggloven']);
  });

  it('finds nothing without words', () => {
    expect(findWords('text', ['', ' '])).toEqual([]);
  });
});
