// How one import job is getting on, boiled down from the reports of its files. Pure.
import type { FileReport, ImportJob } from '../../api/types';

export type JobOutcome = 'working' | 'done' | 'failed' | 'cancelled';

const endings = new Set(['done', 'unchanged', 'failed', 'cancelled']);

export function hasEnded(report: FileReport): boolean {
  return endings.has(report.state);
}

// A job's own state has the last word; the files tell the rest.
export function outcomeOf(job: ImportJob): JobOutcome {
  if (job.state === 'cancelled') return 'cancelled';
  if (job.state === 'failed') return 'failed';
  const over = job.state === 'done' || (job.files.length > 0 && job.files.every(hasEnded));
  if (!over) return 'working';
  if (job.files.some((file) => file.state === 'failed')) return 'failed';
  return job.files.some((file) => file.state === 'cancelled') ? 'cancelled' : 'done';
}

// What the bar shows while the server works: files done of all, and half a file for the one that is being indexed.
export function progressOf(job: ImportJob): number {
  if (job.files.length === 0) return 0;
  const part: Partial<Record<FileReport['state'], number>> = { waiting: 0, reading: 0.25, indexing: 0.6 };
  const sum = job.files.reduce((total, file) => total + (part[file.state] ?? 1), 0);
  return sum / job.files.length;
}

// "3,4 MB", in the numbers of the language.
export function sizeText(bytes: number, write: (value: number, digits: number) => string): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    ++unit;
  }
  return `${write(value, value < 10 && unit > 0 ? 1 : 0)} ${units[unit]}`;
}
