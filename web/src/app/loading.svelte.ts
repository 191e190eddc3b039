// One thing fetched from the server, with its three states. A newer fetch cancels the older.
import { isAbort } from '../api/client';

export class Loading<T> {
  value = $state.raw<T | undefined>(undefined);
  problem = $state.raw<unknown>(undefined);
  busy = $state(false);
  private running: AbortController | undefined;

  async run(fetchIt: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    this.running?.abort();
    const mine = new AbortController();
    this.running = mine;
    this.busy = true;
    this.problem = undefined;
    try {
      const value = await fetchIt(mine.signal);
      if (this.running === mine) this.value = value;
      return value;
    } catch (error) {
      if (this.running === mine && !isAbort(error)) this.problem = error;
      return undefined;
    } finally {
      if (this.running === mine) this.busy = false;
    }
  }

  stop(): void {
    this.running?.abort();
    this.running = undefined;
    this.busy = false;
  }
}
