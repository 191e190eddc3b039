// A search through all that is kept: it takes seconds where there is much, and tells how far it has come.
import { Problem, problemFrom, request } from './client';
import { readEvents } from './event_stream';

// `tell` gets the share that is done, from 0 to 1.
export async function searchAll<T>(path: string, wanted: unknown, tell: (share: number) => void, signal: AbortSignal): Promise<T> {
  tell(0);
  const response = await request(path, {
    method: 'POST',
    signal,
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify(wanted),
  });
  for await (const event of readEvents(response)) {
    if (event.name === 'problem') throw problemFrom(0, event.data);
    if (event.name === 'done') return JSON.parse(event.data) as T;
    if (event.name !== 'progress') continue;
    const { done, all } = JSON.parse(event.data) as { done: number; all: number };
    if (all > 0) tell(done / all);
  }
  throw new Problem({ code: 'cut_off' });
}
