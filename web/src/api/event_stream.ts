// Server-sent events read from a fetch response (WHATWG HTML, section 9.2). EventSource cannot POST; this can.

export interface StreamEvent {
  name: string;
  data: string;
}

// Takes text as it comes, in pieces cut anywhere, and hands out whole events.
export class EventParser {
  private rest = '';
  private name = '';
  private data: string[] = [];
  private started = false;

  push(text: string): StreamEvent[] {
    const events: StreamEvent[] = [];
    this.rest += text;
    if (!this.started && this.rest.length > 0) {
      this.started = true;
      if (this.rest.startsWith('\uFEFF')) this.rest = this.rest.slice(1);
    }
    for (let line = this.takeLine(); line !== undefined; line = this.takeLine()) {
      const event = this.readLine(line);
      if (event) events.push(event);
    }
    return events;
  }

  private takeLine(): string | undefined {
    const end = this.rest.search(/[\r\n]/);
    if (end < 0) return undefined;
    // A carriage return at the very end may be half of a pair.
    if (this.rest[end] === '\r' && end + 1 === this.rest.length) return undefined;
    const line = this.rest.slice(0, end);
    this.rest = this.rest.slice(end + (this.rest.startsWith('\r\n', end) ? 2 : 1));
    return line;
  }

  private readLine(line: string): StreamEvent | undefined {
    if (line === '') {
      const event = this.data.length > 0 ? { name: this.name || 'message', data: this.data.join('\n') } : undefined;
      this.name = '';
      this.data = [];
      return event;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return undefined;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.name = value;
    if (field === 'data') this.data.push(value);
    return undefined;
  }
}

export async function* readEvents(response: Response): AsyncGenerator<StreamEvent> {
  if (!response.body) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    reader.releaseLock();
  }
}
