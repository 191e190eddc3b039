// Who is signed in.
import { get, post, Problem, remove, setCsrf, whenSignedOut } from '../api/client';
import type { Right, Session } from '../api/types';

type State = 'unknown' | 'out' | 'in' | 'unreachable';

class SessionState {
  state = $state<State>('unknown');
  current = $state.raw<Session | undefined>(undefined);
  problem = $state.raw<unknown>(undefined);

  constructor() {
    whenSignedOut(() => this.forget());
  }

  async load(): Promise<void> {
    try {
      this.accept(await get<Session>('/api/session'));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return;
      this.problem = error;
      this.state = 'unreachable';
    }
  }

  async signIn(token: string): Promise<void> {
    this.accept(await post<Session>('/api/session', { token }));
  }

  async signInWithPassword(user_name: string, password: string, code: string): Promise<void> {
    this.accept(await post<Session>('/api/session/password', { user_name, password, code }));
  }

  async signOut(): Promise<void> {
    await remove('/api/session');
    this.forget();
  }

  may(right: Right): boolean {
    return this.current?.user.rights.includes(right) ?? false;
  }

  private accept(session: Session): void {
    setCsrf(session.csrf);
    this.current = session;
    this.state = 'in';
  }

  private forget(): void {
    setCsrf('');
    this.current = undefined;
    this.state = 'out';
  }
}

export const session = new SessionState();

// The token in a pasted link, or the pasted text itself.
export function tokenIn(pasted: string): string {
  const text = pasted.trim();
  return /\/in\/([^/?#\s]+)/.exec(text)?.[1] ?? text;
}
