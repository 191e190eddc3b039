// Where the user is: the address as state, and the only way to move.
import { tick } from 'svelte';
import { isInside, match, type Table } from './router';

export type PageName = 'ask' | 'search' | 'documents' | 'document' | 'desk' | 'proposal' | 'record' | 'settings' | 'enter' | 'missing';

const table: Table<PageName> = [
  ['/', 'ask'],
  ['/sok', 'search'],
  ['/dokument', 'documents'],
  ['/dokument/{id}', 'document'],
  ['/inkorg', 'desk'],
  ['/inkorg/{id}', 'proposal'],
  ['/protokoll', 'record'],
  ['/installningar', 'settings'],
  ['/in/{token}', 'enter'],
];

interface Place {
  page: PageName;
  values: Record<string, string>;
  query: URLSearchParams;
}

function read(): Place {
  const found = match(table, window.location.pathname);
  return {
    page: found?.name ?? 'missing',
    values: found?.values ?? {},
    query: new URLSearchParams(window.location.search),
  };
}

class Router {
  current = $state.raw<Place>(read());

  // Moves to an address. The new page's heading takes the focus, as a page load would.
  async go(address: string): Promise<void> {
    const samePage = new URL(address, window.location.href).pathname === window.location.pathname;
    window.history.pushState(null, '', address);
    this.current = read();
    if (samePage) return;
    window.scrollTo(0, 0);
    await focusHeading();
  }

  // Changes the address without a new step in the history and without moving the focus.
  replace(address: string): void {
    window.history.replaceState(null, '', address);
    this.current = read();
  }

  // Takes over the browser's links and history. Returns what undoes it.
  listen(): () => void {
    const back = () => {
      const before = this.current.page;
      this.current = read();
      if (this.current.page !== before) void focusHeading();
    };
    const click = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest?.('a');
      if (!link || !isInside(event, link, window.location.origin)) return;
      if (link.hash && link.pathname === window.location.pathname && link.search === window.location.search) return;
      event.preventDefault();
      void this.go(link.href);
    };
    window.addEventListener('popstate', back);
    document.addEventListener('click', click);
    return () => {
      window.removeEventListener('popstate', back);
      document.removeEventListener('click', click);
    };
  }
}

export async function focusHeading(): Promise<void> {
  await tick();
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

export const place = new Router();
