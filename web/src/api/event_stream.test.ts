import { describe, expect, it } from 'vitest';
import { EventParser, readEvents } from './event_stream';

function parse(...pieces: string[]) {
  const parser = new EventParser();
  return pieces.flatMap((piece) => parser.push(piece));
}

describe('EventParser', () => {
  it('reads name and data', () => {
    expect(parse('event: status\ndata: {"stage":"searching"}\n\n')).toEqual([
      { name: 'status', data: '{"stage":"searching"}' },
    ]);
  });

  it('calls an event without a name message', () => {
    expect(parse('data: a\n\n')).toEqual([{ name: 'message', data: 'a' }]);
  });

  it('joins data lines and keeps colons and inner spaces', () => {
    expect(parse('data: a: b\ndata:  c\n\n')).toEqual([{ name: 'message', data: 'a: b\n c' }]);
  });

  it('gives nothing for comments and for events without data', () => {
    expect(parse(': keep-alive\n\nevent: status\n\n')).toEqual([]);
  });

  it('does not let a name leak into the next event', () => {
    expect(parse('event: status\n\ndata: x\n\n')).toEqual([{ name: 'message', data: 'x' }]);
  });

  it('gives the same events wherever the text is cut', () => {
    const text = '\uFEFFevent: sentence\r\ndata: å\r\ndata: ä\r\n\r\nevent: done\rdata: {}\r\rdata: last\n\n';
    const whole = parse(text);
    expect(whole).toEqual([
      { name: 'sentence', data: 'å\nä' },
      { name: 'done', data: '{}' },
      { name: 'message', data: 'last' },
    ]);
    for (let cut = 0; cut <= text.length; ++cut) {
      expect(parse(text.slice(0, cut), text.slice(cut))).toEqual(whole);
    }
  });
});

describe('readEvents', () => {
  it('joins characters that were cut between bytes', async () => {
    const bytes = new TextEncoder().encode('data: åäö\n\n');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const events = [];
    for await (const event of readEvents(new Response(body))) events.push(event);
    expect(events).toEqual([{ name: 'message', data: 'åäö' }]);
  });
});
