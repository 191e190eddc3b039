import { describe, expect, it } from 'vitest';
import { blocksOf, type Block } from './blocks';
import { sliceBytes } from './bytes';

function cellsIn(block: Block | undefined): string[][] {
  return block?.kind === 'table' ? block.rows.map((row) => row.map((cell) => cell.text)) : [];
}

describe('blocksOf', () => {
  const text = 'Före 1 §.\n\nNr | Åtgärd | Avgift\n\nA1 | Altan | 5 280 kr\n\nA2 | Skärmtak | 6 600 kr\n\nEfter.\n\nSist.';

  it('makes a table of rows that follow each other', () => {
    const [before, table, after] = blocksOf(text);
    expect(before).toMatchObject({ kind: 'text', text: 'Före 1 §.' });
    expect(table?.kind === 'table' && table.head?.map((cell) => cell.text)).toEqual(['Nr', 'Åtgärd', 'Avgift']);
    expect(cellsIn(table)).toEqual([
      ['A1', 'Altan', '5 280 kr'],
      ['A2', 'Skärmtak', '6 600 kr'],
    ]);
    expect(after).toMatchObject({ kind: 'text', text: 'Efter.\n\nSist.' });
  });

  it('knows where every piece stands, in bytes', () => {
    const bytes = new TextEncoder().encode(text);
    for (const block of blocksOf(text)) {
      const pieces = block.kind === 'text' ? [block] : [...(block.head ?? []), ...block.rows.flat()];
      for (const piece of pieces) {
        expect(sliceBytes(bytes, piece.start, piece.start + new TextEncoder().encode(piece.text).length)).toBe(piece.text);
      }
    }
  });

  it('leaves a lone row, a wide row and text without rows as they are', () => {
    for (const plain of ['Se A | B.', 'a | b | c | d | e\n1 | 2 | 3 | 4 | 5', 'Rad ett.\nRad två.', '']) {
      expect(blocksOf(plain).map((block) => block.kind === 'text' && block.text)).toEqual(plain === '' ? [] : [plain]);
    }
  });

  it('does not repeat the column in every cell of a spreadsheet', () => {
    const [table] = blocksOf('År | Färg\nÅr: 2026 | Färg: grön\nÅr: 2027 | Färg: blå');
    expect(cellsIn(table)).toEqual([
      ['2026', 'grön'],
      ['2027', 'blå'],
    ]);
  });

  it('makes no head of a row that looks like the others', () => {
    const [table] = blocksOf('Anna | Ordförande\nBo | Sekreterare');
    expect(table).toMatchObject({ kind: 'table', head: undefined });
  });
});
