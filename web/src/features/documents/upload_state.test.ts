import { describe, expect, it } from 'vitest';
import type { FileReport, FileState, ImportJob } from '../../api/types';
import { outcomeOf, progressOf, sizeText } from './upload_state';

function job(state: ImportJob['state'], ...files: FileState[]): ImportJob {
  const report = (fileState: FileState): FileReport => ({
    name: 'a.pdf',
    state: fileState,
    document: null,
    version: null,
    error: null,
    new_version: false,
    sections: 0,
    warnings: [],
  });
  return { id: '1', state, created: '', files: files.map(report), error: null };
}

describe('outcomeOf', () => {
  it('waits for every file', () => {
    expect(outcomeOf(job('running', 'done', 'reading'))).toBe('working');
    expect(outcomeOf(job('waiting'))).toBe('working');
    expect(outcomeOf(job('running', 'done', 'unchanged'))).toBe('done');
  });

  it('tells failure and cancelling', () => {
    expect(outcomeOf(job('done', 'done', 'failed'))).toBe('failed');
    expect(outcomeOf(job('cancelled', 'reading'))).toBe('cancelled');
    expect(outcomeOf(job('running', 'done', 'cancelled'))).toBe('cancelled');
    expect(outcomeOf(job('failed'))).toBe('failed');
    expect(outcomeOf(job('done'))).toBe('done');
  });
});

describe('progressOf', () => {
  it('grows from nothing to whole', () => {
    const steps = [job('running'), job('running', 'waiting'), job('running', 'reading'), job('running', 'indexing'), job('running', 'done')];
    const values = steps.map(progressOf);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(values.at(-1)).toBe(1);
  });
});

describe('sizeText', () => {
  it('chooses the unit', () => {
    const write = (value: number, digits: number) => value.toFixed(digits);
    expect([0, 999, 1000, 3_440_000, 25_000_000, 2e12].map((size) => sizeText(size, write))).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '3.4 MB',
      '25 MB',
      '2000 GB',
    ]);
  });
});
