// How much waits for the person who is signed in, and news of it: one stream for reviewers, the personal one for others.
import { get } from '../../api/client';
import type { DeskCount } from '../../api/types';
import { counted, t } from '../../app/language.svelte';

const stored = 'kansli.desk.notices';

class Desk {
  waiting = $state(0);
  returned = $state(0);
  // Counts what has been told, for pages that show proposals; `changed` is the proposal that was told of last.
  news = $state(0);
  changed = $state('');
  // The proposals in the order of the list that was shown last, for going from one to the next.
  order = $state.raw<string[]>([]);
  notices = $state(readChoice());
  // Whether it has been counted before: what waited when the page was opened is no news.
  private known = false;
  private pending: ReturnType<typeof setTimeout> | undefined;

  get unsettled(): number {
    return this.waiting + this.returned;
  }

  // Several changes in a row become one look.
  take(proposal: string): void {
    this.changed = proposal;
    ++this.news;
    clearTimeout(this.pending);
    this.pending = setTimeout(() => void this.refresh().catch(() => undefined), 300);
  }

  async refresh(): Promise<void> {
    const count = await get<DeskCount>('/api/desk/count');
    const isNews = this.known && count.waiting > this.waiting;
    this.known = true;
    this.waiting = count.waiting;
    this.returned = count.returned;
    if (isNews && this.notices && document.hidden) this.notify();
  }

  // Asks the browser, which asks the person. False when either says no.
  async chooseNotices(wanted: boolean): Promise<boolean> {
    const allowed = wanted && 'Notification' in window && (await Notification.requestPermission()) === 'granted';
    this.notices = allowed;
    try {
      localStorage.setItem(stored, allowed ? 'yes' : 'no');
    } catch {
      // Without storage the choice lasts until the page is closed.
    }
    return allowed === wanted;
  }

  forget(): void {
    clearTimeout(this.pending);
    this.known = false;
    this.waiting = 0;
    this.returned = 0;
    this.changed = '';
    this.order = [];
  }

  // How much, never what: a notice may be seen by whoever stands beside.
  private notify(): void {
    new Notification(t('desk.notice_title'), { body: counted('desk.count', this.waiting), tag: 'kansli-desk' });
  }
}

function readChoice(): boolean {
  try {
    return localStorage.getItem(stored) === 'yes' && 'Notification' in window && Notification.permission === 'granted';
  } catch {
    return false;
  }
}

export const desk = new Desk();

// Follows the desk until the returned function is called.
export function followDesk(mayReview: boolean): () => void {
  let stopped = false;
  let events: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => void desk.refresh().catch(() => undefined);
  const open = () => {
    events = new EventSource(mayReview ? '/api/desk/events' : '/api/events');
    events.addEventListener('desk', (event) => desk.take((JSON.parse(event.data as string) as { proposal: string }).proposal));
    events.onopen = refresh;
    events.onerror = () => {
      if (stopped || events.readyState !== EventSource.CLOSED) return;
      again = setTimeout(open, 5000);
    };
  };
  refresh();
  open();
  return () => {
    stopped = true;
    clearTimeout(again);
    events.close();
  };
}
