import { describe, expect, it } from 'vitest';
import type { Citation } from '../../api/types';
import { asText, grouped, supportWord, viewOf } from './answer_view';

function citation(sentence: string, start: number, more: Partial<Citation> = {}): Citation {
  return {
    sentence,
    quote: `citat ${start}`,
    document: 'd',
    version: 'v',
    title: 'Riktlinje',
    reference: '',
    path: '3.2',
    page: null,
    start,
    end: start + 5,
    valid: true,
    ...more,
  };
}

describe('viewOf', () => {
  it('numbers sources in the order they are cited', () => {
    const view = viewOf([citation('A.', 0), citation('B.', 10)]);
    expect(view.sentences.map((sentence) => sentence.sources.map((source) => source.number))).toEqual([[1], [2]]);
  });

  it('gives one sentence with two sources both numbers', () => {
    const view = viewOf([citation('A.', 0), citation('A.', 10), citation('B.', 20)]);
    expect(view.sentences).toHaveLength(2);
    expect(view.sentences[0]?.sources.map((source) => source.number)).toEqual([1, 2]);
  });

  it('cuts off the last word and loses nothing', () => {
    const texts = ['Avgiften är 6 400 kronor.', 'Ja.', '', 'Se: ' + 'x'.repeat(30), '1. a\n2. b'];
    for (const text of texts) {
      const sentence = viewOf([citation(text, 0)]).sentences[0];
      expect((sentence?.start ?? '') + (sentence?.end ?? '')).toBe(text);
      expect(sentence?.end).not.toMatch(/\s/);
    }
    expect(viewOf([citation('är 6 400 kronor.', 0)]).sentences[0]?.end).toBe('kronor.');
  });

  it('keeps the number of a place that is cited again', () => {
    const view = viewOf([citation('A.', 0), citation('B.', 10), citation('C.', 0)]);
    expect(view.sources).toHaveLength(2);
    expect(view.sentences[2]?.sources[0]?.number).toBe(1);
  });
});

describe('grouped', () => {
  it('puts the passages of one place together', () => {
    const { sources } = viewOf([citation('A.', 0), citation('B.', 10, { path: '4' }), citation('C.', 20)]);
    expect(grouped(sources).map((group) => group.map((source) => source.number))).toEqual([[1, 3], [2]]);
  });
});

describe('supportWord', () => {
  it('has limits', () => {
    expect([0.5, 0.65, 0.84, 0.85, 1].map(supportWord)).toEqual(['some', 'good', 'good', 'strong', 'strong']);
  });
});

describe('asText', () => {
  it('writes sentences with numbers and sources with quotes', () => {
    const answer = {
      answerable: true,
      support: 0.9,
      answer: 'A.',
      citations: [citation('A.', 0, { page: 3, reference: '2010:900' })],
      related: [],
      reason: null,
      nearest: [],
      understanding: { asks_for: 'none' as const, expressions: [], respelled: [], corrections: [] },
      secrecy: '',
      information_class: 'open' as const,
      entry: null,
      proposal: null,
      control: false,
      wording: null,
    };
    const words = {
      question: 'Fråga',
      answer: 'Svar',
      sources: 'Källor',
      page: (page: number) => `s. ${page}`,
      closing: 'Slut.',
      secrecy: (provision: string) => `Sekretess: ${provision}`,
    };
    expect(asText('Vad?', answer, words)).toBe(
      ['Fråga: Vad?', '', 'Svar:', 'A. [1]', '', 'Källor:', '[1] Riktlinje, 2010:900, 3.2, s. 3: “citat 0”', '', 'Slut.'].join('\n'),
    );
    // What is secret says so first, wherever it is pasted.
    const secret = asText('Vad?', { ...answer, secrecy: 'OSL 26 kap. 1 §' }, words);
    expect(secret.split('\n').slice(0, 3)).toEqual(['Sekretess: OSL 26 kap. 1 §', '', 'Fråga: Vad?']);
  });
});
