// Files on their way into the library: a queue in the browser, then a job on the server, one for each file, so that each
// can be followed and cancelled by itself.
import { csrfHeaders, get, isAbort, offline, problemFrom, remove } from '../../api/client';
import type { ImportJob, ImportOptions, IndexState } from '../../api/types';
import type { ChosenFile } from './dropped_files';
import { outcomeOf } from './upload_state';

export interface Upload {
  key: number;
  name: string;
  size: number;
  state: 'queued' | 'sending' | 'working' | 'done' | 'failed' | 'cancelled';
  sent: number;  // 0–1 of the bytes
  cancelling: boolean;  // asked for, not yet confirmed
  job: ImportJob | undefined;
  problem: unknown;
}

const sideBySide = 2;

class Uploads {
  list = $state<Upload[]>([]);
  // Counts jobs that have ended, for pages that show documents.
  ended = $state(0);
  index = $state.raw<IndexState | undefined>(undefined);
  private waiting: { key: number; chosen: ChosenFile; options: ImportOptions }[] = [];
  private sending = new Map<number, XMLHttpRequest>();
  // What the stream told about jobs before the answer to their own upload was read.
  private early = new Map<string, ImportJob>();
  private keys = 0;

  add(chosen: ChosenFile[], options: ImportOptions): void {
    for (const item of chosen) {
      const key = ++this.keys;
      this.list.unshift(blank(key, item.name, item.file.size));
      this.waiting.push({ key, chosen: item, options });
    }
    this.sendNext();
  }

  async cancel(upload: Upload): Promise<void> {
    this.waiting = this.waiting.filter((item) => item.key !== upload.key);
    if (upload.state === 'queued') {
      this.change(upload.key, { state: 'cancelled' });
      return;
    }
    this.change(upload.key, { cancelling: true });
    if (upload.state === 'working' && upload.job) await this.cancelJob(upload.key, upload.job.id);
    // When everything has been sent the server may have made a job of it; `send` cancels that as soon as it is known.
    else if (upload.sent < 1) this.sending.get(upload.key)?.abort();
  }

  clearEnded(): void {
    this.list = this.list.filter((upload) => !['done', 'failed', 'cancelled'].includes(upload.state));
  }

  forget(): void {
    for (const running of this.sending.values()) running.abort();
    this.waiting = [];
    this.list = [];
  }

  // News of a job. One that was not started on this page is shown while it works.
  take(job: ImportJob): void {
    const outcome = outcomeOf(job);
    const upload = this.list.find((known) => known.job?.id === job.id);
    if (!upload && this.sending.size > 0) {
      this.early.set(job.id, job);
      return;
    }
    if (!upload && outcome === 'working') {
      const key = ++this.keys;
      this.list.unshift({ ...blank(key, job.files[0]?.name ?? '', 0), state: 'working', sent: 1, job });
      return;
    }
    // News may come late and out of order; what has ended has ended.
    if (upload?.state !== 'working') return;
    this.change(upload.key, { job, state: outcome });
    if (outcome !== 'working') ++this.ended;
  }

  async refresh(): Promise<void> {
    const { jobs } = await get<{ jobs: ImportJob[] }>('/api/imports');
    for (const job of jobs) this.take(job);
  }

  private async cancelJob(key: number, id: string): Promise<void> {
    try {
      await remove(`/api/imports/${id}`);
      this.take(await get<ImportJob>(`/api/imports/${id}`));
    } catch (problem) {
      this.change(key, { problem, cancelling: false });
    }
  }

  private change(key: number, change: Partial<Upload>): void {
    const upload = this.list.find((known) => known.key === key);
    if (upload) Object.assign(upload, change);
  }

  private sendNext(): void {
    while (this.sending.size < sideBySide) {
      const next = this.waiting.shift();
      if (!next) return;
      void this.send(next.key, next.chosen, next.options);
    }
  }

  private async send(key: number, chosen: ChosenFile, options: ImportOptions): Promise<void> {
    this.change(key, { state: 'sending' });
    const request = new XMLHttpRequest();
    this.sending.set(key, request);
    try {
      const id = await post(request, chosen, options, (sent) => this.change(key, { sent }));
      this.change(key, { state: 'working', sent: 1, job: { id, state: 'waiting', created: '', files: [], error: null } });
      // The stream may have told of it already, or may be down.
      if (this.list.find((known) => known.key === key)?.cancelling) await this.cancelJob(key, id);
      else await get<ImportJob>(`/api/imports/${id}`).then((job) => this.take(job), () => undefined);
    } catch (problem) {
      if (isAbort(problem)) this.change(key, { state: 'cancelled' });
      else this.change(key, { state: 'failed', problem });
    }
    this.sending.delete(key);
    this.takeEarly();
    this.sendNext();
  }

  private takeEarly(): void {
    const known = [...this.early.values()];
    this.early.clear();
    for (const job of known) this.take(job);
  }
}

function blank(key: number, name: string, size: number): Upload {
  return { key, name, size, state: 'queued', sent: 0, cancelling: false, job: undefined, problem: undefined };
}

// XMLHttpRequest, because fetch does not tell how much has been sent.
function post(
  request: XMLHttpRequest,
  chosen: ChosenFile,
  options: ImportOptions,
  progress: (sent: number) => void,
): Promise<string> {
  const form = new FormData();
  form.append('options', JSON.stringify(options));
  form.append('file', chosen.file, chosen.name);
  return new Promise((resolve, reject) => {
    request.upload.onprogress = (event) => progress(event.total > 0 ? event.loaded / event.total : 0);
    request.upload.onload = () => progress(1);
    request.onload = () => {
      if (request.status < 300) resolve((JSON.parse(request.responseText) as { job: string }).job);
      else reject(problemFrom(request.status, request.responseText));
    };
    request.onerror = () => reject(offline());
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    request.open('POST', '/api/imports');
    for (const [name, value] of Object.entries(csrfHeaders())) request.setRequestHeader(name, value);
    request.send(form);
  });
}

export const uploads = new Uploads();

// Follows the server's jobs until the returned function is called. Readers have none of their own.
export function listenForJobs(mayImport: boolean): () => void {
  let stopped = false;
  let events: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    events = new EventSource('/api/events');
    events.addEventListener('import', (event) => uploads.take(JSON.parse(event.data as string) as ImportJob));
    events.addEventListener('index', (event) => (uploads.index = JSON.parse(event.data as string) as IndexState));
    // Whatever happened while the stream was down is in the list.
    if (mayImport) events.onopen = () => void uploads.refresh().catch(() => undefined);
    events.onerror = () => {
      if (stopped || events.readyState !== EventSource.CLOSED) return;
      again = setTimeout(open, 5000);
    };
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(again);
    events.close();
  };
}
