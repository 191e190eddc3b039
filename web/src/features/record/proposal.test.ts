import { describe, expect, it } from 'vitest';
import { proposalOf, summaryOf } from './proposal';

const content = {
  kind: 'answer',
  input: { text: 'Får jag bygga?', collections: ['lagar'], as_of: '2026-11-22' },
  output: { answerable: true, support: 0.8, answer: 'Ja.', citations: [{ title: 'PBL', path: '9 kap. 4 §', quote: 'q' }] },
  evidence: [],
  confidence: 0.81,
  model: 'extractive-1',
  milliseconds: 12.5,
};

describe('proposalOf', () => {
  it('reads a proposed answer', () => {
    expect(proposalOf(content)).toMatchObject({
      question: 'Får jag bygga?',
      answerable: true,
      answer: 'Ja.',
      evidence: [{ title: 'PBL', path: '9 kap. 4 §', quote: 'q', document: '', version: '' }],
      confidence: 0.81,
      milliseconds: 12.5,
    });
  });

  it('is not misled by other entries, whatever they hold', () => {
    for (const other of [null, 5, 'text', [], {}, { input: [] }, { input: { question: 5 } }]) {
      expect(proposalOf(other)).toBeUndefined();
    }
  });
});

describe('summaryOf', () => {
  it('finds the telling line', () => {
    expect(summaryOf(content)).toBe('Får jag bygga?');
    expect(summaryOf({ attributes: { title: 'Taxa' } })).toBe('Taxa');
    expect(summaryOf({ name: 'Berit' })).toBe('Berit');
    expect(summaryOf({})).toBe('');
    expect(summaryOf(null)).toBe('');
  });
});
