// One way to the server: JSON in and out, the CSRF header on everything that changes something, and every failure
// as a Problem that can be shown to a person.

export interface ProblemBody {
  title?: string;
  status?: number;
  detail?: string;
  where?: string | null;
  advice?: string | null;
  code?: string;
  request?: string | null;
}

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly where: string;
  readonly advice: string;
  readonly request: string; // what the server's log calls it

  constructor(body: ProblemBody) {
    super(body.detail || body.title || '');
    this.name = 'Problem';
    this.status = body.status ?? 0;
    this.code = body.code ?? 'internal';
    this.where = body.where ?? '';
    this.advice = body.advice ?? '';
    this.request = body.request ?? '';
  }
}

export type Query = Record<string, string | number | string[] | undefined>;

let csrf = '';
let onSignedOut: () => void = () => undefined;

export function setCsrf(value: string): void {
  csrf = value;
}

// Called whenever the server answers that nobody is signed in.
export function whenSignedOut(callback: () => void): void {
  onSignedOut = callback;
}

export function csrfHeaders(): Record<string, string> {
  return csrf ? { 'X-Kansli-Csrf': csrf } : {};
}

export function url(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const item of value) parameters.append(name, item);
    else if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

// The code `offline` stands for "the server did not answer", which no server can say of itself.
export function offline(): Problem {
  return new Problem({ code: 'offline', status: 0 });
}

export function problemFrom(status: number, text: string): Problem {
  try {
    const body = JSON.parse(text) as ProblemBody;
    return new Problem({ ...body, status });
  } catch {
    return new Problem({ status, code: status === 413 ? 'too_large' : 'internal' });
  }
}

export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      credentials: 'same-origin',
      ...init,
      headers: { Accept: 'application/json', ...csrfHeaders(), ...(init.headers as Record<string, string>) },
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw offline();
  }
  if (response.ok) return response;
  const problem = problemFrom(response.status, await response.text());
  if (problem.status === 401) onSignedOut();
  throw problem;
}

async function json<T>(path: string, init: RequestInit): Promise<T> {
  const response = await request(path, init);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

function withBody(method: string, body: unknown): RequestInit {
  if (body === undefined) return { method };
  return { method, body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
}

export function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return json<T>(url(path, query), signal ? { signal } : {});
}

export function post<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  return json<T>(path, signal ? { ...withBody('POST', body), signal } : withBody('POST', body));
}

export function put<T>(path: string, body: unknown): Promise<T> {
  return json<T>(path, withBody('PUT', body));
}

export function remove<T>(path: string): Promise<T> {
  return json<T>(path, { method: 'DELETE' });
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
