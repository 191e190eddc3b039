// Where the user is: the address as state, and the only way to move.
import { tick } from 'svelte';
import { loadPage } from './pages';
import { isInside, match, type Table } from './router';

export type PageName =
  | 'ask'
  | 'search'
  | 'documents'
  | 'document'
  | 'desk'
  | 'proposal'
  | 'record'
  | 'measures'
  | 'measures_settings'
  | 'question'
  | 'retention'
  | 'release'
  | 'subject'
  | 'settings'
  | 'people'
  | 'glossary'
  | 'account'
  | 'enter'
  | 'missing';

const table: Table<PageName> = [
  ['/', 'ask'],
  ['/sok', 'search'],
  ['/dokument', 'documents'],
  ['/dokument/{id}', 'document'],
  ['/inkorg', 'desk'],
  ['/inkorg/{id}', 'proposal'],
  ['/protokoll', 'record'],
  ['/matning', 'measures'],
  ['/matning/installningar', 'measures_settings'],
  ['/matning/{id}', 'question'],
  ['/gallring', 'retention'],
  ['/utlamnande', 'release'],
  ['/registrerade', 'subject'],
  ['/installningar', 'settings'],
  ['/personer', 'people'],
  ['/ordlista', 'glossary'],
  ['/konto', 'account'],
  ['/in/{token}', 'enter'],
];

interface Place {
  page: PageName;
  values: Record<string, string>;
  query: URLSearchParams;
}

function read(address: URL | Location = window.location): Place {
  const found = match(table, address.pathname);
  return {
    page: found?.name ?? 'missing',
    values: found?.values ?? {},
    query: new URLSearchParams(address.search),
  };
}

class Router {
  current = $state.raw<Place>(read());

  private moves = 0;

  // Moves to an address, once the new page's code is there. Its heading takes the focus, as a page load would.
  async go(address: string): Promise<void> {
    const target = new URL(address, window.location.href);
    const samePage = target.pathname === window.location.pathname;
    const move = ++this.moves;
    try {
      await loadPage(read(target).page);
    } catch {
      window.location.assign(target);
      return;
    }
    // Somebody who has clicked on something else meanwhile wants that.
    if (move !== this.moves) return;
    window.history.pushState(null, '', target);
    this.current = read();
    if (samePage) return;
    window.scrollTo(0, 0);
    await focusHeading();
  }

  // Changes the address without a new step in the history and without moving the focus. The page's code must be there.
  replace(address: string): void {
    window.history.replaceState(null, '', address);
    this.current = read();
  }

  // Leads on from an address where the person has nothing to do, once the other page's code is there.
  async leadOn(address: string): Promise<void> {
    const target = new URL(address, window.location.href);
    const move = ++this.moves;
    try {
      await loadPage(read(target).page);
    } catch {
      window.location.replace(target);
      return;
    }
    if (move === this.moves) this.replace(address);
  }

  // Takes over the browser's links and history. Returns what undoes it.
  listen(): () => void {
    const back = async () => {
      ++this.moves;
      const before = this.current.page;
      try {
        await loadPage(read().page);
      } catch {
        window.location.reload();
        return;
      }
      this.current = read();
      if (this.current.page !== before) void focusHeading();
    };
    const popped = () => void back();
    const click = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest?.('a');
      if (!link || !isInside(event, link, window.location.origin)) return;
      if (link.hash && link.pathname === window.location.pathname && link.search === window.location.search) return;
      event.preventDefault();
      void this.go(link.href);
    };
    window.addEventListener('popstate', popped);
    document.addEventListener('click', click);
    return () => {
      window.removeEventListener('popstate', popped);
      document.removeEventListener('click', click);
    };
  }
}

export async function focusHeading(): Promise<void> {
  await tick();
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

export const place = new Router();
