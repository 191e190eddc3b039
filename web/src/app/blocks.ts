// A document's text as paragraphs and tables. The server writes a table's row as a paragraph with bars between its cells. Pure.

export interface Piece {
  text: string;
  start: number;  // in bytes of UTF-8 from where the whole text begins
}

export type Block = ({ kind: 'text' } & Piece) | { kind: 'table'; head: Piece[] | undefined; rows: Piece[][] };

const bar = ' | ';
// Wider rows are easier to read as running text than squeezed into columns.
const mostColumns = 4;

const encoder = new TextEncoder();

function bytesIn(text: string): number {
  return encoder.encode(text).length;
}

interface Line extends Piece {
  from: number;  // in UTF-16, as JavaScript counts
  to: number;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let at = 0;
  let bytes = 0;
  for (const match of text.matchAll(/[^\n]+/g)) {
    bytes += bytesIn(text.slice(at, match.index));
    at = match.index + match[0].length;
    lines.push({ text: match[0], start: bytes, from: match.index, to: at });
    bytes += bytesIn(match[0]);
  }
  return lines;
}

function cellsOf(row: Piece): Piece[] {
  let start = row.start;
  return row.text.split(bar).map((text) => {
    const cell = { text, start };
    start += bytesIn(text) + bar.length;
    return cell;
  });
}

// Rows of spreadsheets repeat the column's name in every cell, so that each can be understood alone.
function withoutName(cell: Piece, name: string): Piece {
  const prefix = `${name}: `;
  return cell.text.startsWith(prefix)
    ? { text: cell.text.slice(prefix.length), start: cell.start + bytesIn(prefix) }
    : cell;
}

function tableOf(rows: Piece[][]): Block {
  const [first = [], ...others] = rows;
  const hasDigit = (row: Piece[]) => row.some((cell) => /\d/.test(cell.text));
  if (hasDigit(first) || !others.some(hasDigit)) return { kind: 'table', head: undefined, rows };
  const named = others.map((row) => row.map((cell, column) => withoutName(cell, first[column]?.text ?? '')));
  return { kind: 'table', head: first, rows: named };
}

export function blocksOf(text: string): Block[] {
  const lines = linesOf(text);
  const blocks: Block[] = [];
  let open: Line[] = [];
  const closeText = () => {
    const [first, last] = [open[0], open.at(-1)];
    if (first && last) blocks.push({ kind: 'text', text: text.slice(first.from, last.to), start: first.start });
    open = [];
  };
  for (let at = 0; at < lines.length; ) {
    const rows: Piece[][] = [];
    for (let line = lines[at]; line?.text.includes(bar); line = lines[at + rows.length]) {
      const cells = cellsOf(line);
      if (cells.length > mostColumns || (rows[0] && rows[0].length !== cells.length)) break;
      rows.push(cells);
    }
    if (rows.length > 1) {
      closeText();
      blocks.push(tableOf(rows));
      at += rows.length;
    } else {
      open.push(lines[at] as Line);
      ++at;
    }
  }
  closeText();
  return blocks;
}
