// The questions of this session and the one that is being answered.
import { isAbort, Problem, problemFrom, request } from '../../api/client';
import { readEvents, type StreamEvent } from '../../api/event_stream';
import type { Answer, AskCorrection, Citation } from '../../api/types';

export type Stage = 'searching' | 'reading' | 'composing' | 'writing';

export interface Exchange {
  number: number;
  question: string;
  collections: string[];
  asOf: string;
  corrections: AskCorrection[]; // of how the question is understood
  stage: Stage;
  citations: Citation[];  // as they have come so far
  answer: Answer | undefined;
  problem: unknown;
  busy: boolean;
}

interface SentenceEvent {
  index: number;
  text: string;
  citation: Citation;
}

class Asking {
  exchanges = $state<Exchange[]>([]);
  private running: AbortController | undefined;

  // Begins to answer. Returns the number of the exchange.
  ask(question: string, collections: string[], asOf: string, corrections: AskCorrection[] = []): number {
    this.stop();
    const number = this.exchanges.length + 1;
    this.exchanges.push({
      number,
      question,
      collections: [...collections],
      asOf,
      corrections: [...corrections],
      stage: 'searching',
      citations: [],
      answer: undefined,
      problem: undefined,
      busy: true,
    });
    const exchange = this.exchanges[number - 1];
    if (exchange) void this.fetchAnswer(exchange);
    return number;
  }

  stop(): void {
    this.running?.abort();
    this.running = undefined;
  }

  // Nothing of one person's questions is left for the next.
  forget(): void {
    this.stop();
    this.exchanges = [];
  }

  private async fetchAnswer(exchange: Exchange): Promise<void> {
    const mine = new AbortController();
    this.running = mine;
    try {
      const response = await request('/api/ask', {
        method: 'POST',
        signal: mine.signal,
        headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
        body: JSON.stringify({
          question: exchange.question,
          collections: exchange.collections,
          as_of: exchange.asOf,
          corrections: exchange.corrections,
        }),
      });
      for await (const event of readEvents(response)) receive(exchange, event);
      if (!exchange.answer) throw new Problem({ code: 'cut_off' });
    } catch (error) {
      exchange.problem = isAbort(error) ? new Problem({ code: 'cancelled' }) : error;
    } finally {
      exchange.busy = false;
      if (this.running === mine) this.running = undefined;
    }
  }
}

function receive(exchange: Exchange, event: StreamEvent): void {
  if (event.name === 'problem') throw problemFrom(0, event.data);
  if (event.name === 'status') exchange.stage = (JSON.parse(event.data) as { stage: Stage }).stage;
  if (event.name === 'sentence') exchange.citations.push((JSON.parse(event.data) as SentenceEvent).citation);
  if (event.name === 'done') {
    const answer = JSON.parse(event.data) as Answer;
    exchange.citations = answer.citations;
    exchange.answer = answer;
  }
}

export const asking = new Asking();
