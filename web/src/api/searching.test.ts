import { afterEach, expect, test, vi } from 'vitest';
import { searchAll } from './searching';

afterEach(() => void vi.unstubAllGlobals());

function answering(text: string) {
  const fetched = vi.fn(() => Promise.resolve(new Response(text, { headers: { 'Content-Type': 'text/event-stream' } })));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const never = new AbortController().signal;

test('a search tells how far it has come and gives what was found', async () => {
  answering(event('progress', { done: 1, all: 4 }) + event('progress', { done: 4, all: 4 }) + event('done', { total: 2 }));
  const told: number[] = [];
  expect(await searchAll('/x', {}, (share) => told.push(share), never)).toEqual({ total: 2 });
  expect(told).toEqual([0, 0.25, 1]);
});

test('a problem on the way is the problem, and an answer that ends early is one too', async () => {
  answering(event('progress', { done: 1, all: 4 }) + event('problem', { code: 'invalid_input', detail: 'Skriv vad som begärs.' }));
  await expect(searchAll('/x', {}, () => undefined, never)).rejects.toMatchObject({ code: 'invalid_input' });
  answering(event('progress', { done: 1, all: 4 }));
  await expect(searchAll('/x', {}, () => undefined, never)).rejects.toMatchObject({ code: 'cut_off' });
});
