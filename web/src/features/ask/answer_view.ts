// How an answer is laid out: sentences in order, each with the numbers of its sources. Pure.
import type { Answer, Citation } from '../../api/types';

export interface NumberedSource {
  number: number;
  citation: Citation;
}

export interface AnswerSentence {
  text: string;
  start: string;  // all but the last word …
  end: string;    // … which is kept on one line with the numbers
  sources: NumberedSource[];
}

export interface AnswerView {
  sentences: AnswerSentence[];
  sources: NumberedSource[];
}

function samePlace(a: Citation, b: Citation): boolean {
  return a.version === b.version && a.start === b.start && a.end === b.end;
}

// Long words are left whole at the end of a narrow line rather than kept with their number.
const longestEnd = 24;

function cutLastWord(text: string): { start: string; end: string } {
  const end = /\S*$/.exec(text)?.[0] ?? '';
  return end.length > longestEnd ? { start: text, end: '' } : { start: text.slice(0, text.length - end.length), end };
}

// Several citations in a row with the same sentence are one sentence with several sources; the same place cited twice
// keeps its number.
export function viewOf(citations: Citation[]): AnswerView {
  const view: AnswerView = { sentences: [], sources: [] };
  for (const citation of citations) {
    let source = view.sources.find((known) => samePlace(known.citation, citation));
    if (!source) {
      source = { number: view.sources.length + 1, citation };
      view.sources.push(source);
    }
    const last = view.sentences.at(-1);
    if (last && last.text === citation.sentence) {
      if (!last.sources.includes(source)) last.sources.push(source);
    } else {
      view.sentences.push({ text: citation.sentence, ...cutLastWord(citation.sentence), sources: [source] });
    }
  }
  return view;
}

// The passages of one place in one document stand together under the answer.
export function grouped(sources: NumberedSource[]): NumberedSource[][] {
  const groups: NumberedSource[][] = [];
  for (const source of sources) {
    const same = ({ version, path, page, valid }: Citation) =>
      version === source.citation.version &&
      path === source.citation.path &&
      page === source.citation.page &&
      valid === source.citation.valid;
    const known = groups.find((group) => group[0] && same(group[0].citation));
    if (known) known.push(source);
    else groups.push([source]);
  }
  return groups;
}

export type SupportWord = 'strong' | 'good' | 'some';

// The words beside the figure. An answer below the refusal threshold is never shown at all.
export function supportWord(support: number): SupportWord {
  if (support >= 0.85) return 'strong';
  return support >= 0.65 ? 'good' : 'some';
}

export interface CopyWords {
  question: string;
  answer: string;
  sources: string;
  page: (page: number) => string;
  closing: string;
  secrecy: (provision: string) => string;
}

// The answer as plain text for an e-mail or a case.
export function asText(question: string, answer: Answer, words: CopyWords): string {
  const view = viewOf(answer.citations);
  const sentences = view.sentences.map(
    (sentence) => `${sentence.text} ${sentence.sources.map((source) => `[${source.number}]`).join('')}`,
  );
  const sources = view.sources.map(({ number, citation }) => {
    const where = [citation.title, citation.reference, citation.path, citation.page ? words.page(citation.page) : ''];
    return `[${number}] ${where.filter((part) => part !== '').join(', ')}: “${citation.quote}”`;
  });
  return [
    ...(answer.secrecy ? [words.secrecy(answer.secrecy), ''] : []),
    `${words.question}: ${question}`,
    '',
    `${words.answer}:`,
    ...sentences,
    '',
    `${words.sources}:`,
    ...sources,
    '',
    words.closing,
  ].join('\n');
}
