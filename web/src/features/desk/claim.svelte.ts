// Tells the server that a proposal is open here, every half minute, and who else has it.
import { post, remove } from '../../api/client';
import type { DeskClaim } from '../../api/types';

const pause = 30_000;

export class OpenClaim {
  holder = $state.raw<DeskClaim | undefined>(undefined);
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly address: string) {}

  // Begins, or goes on, to tell; nothing while the page is out of sight, so that what is forgotten in a tab is free for others.
  hold(): void {
    if (this.timer !== undefined) return;
    this.timer = setInterval(() => void this.tell(), pause);
    void this.tell();
  }

  async tell(): Promise<void> {
    if (document.hidden || this.timer === undefined) return;
    try {
      this.holder = await post<DeskClaim>(this.address);
    } catch {
      // Decided or handed over meanwhile: the page's own news tells of that.
      this.holder = undefined;
    }
  }

  // `tell` is left out after a decision, which has ended the claim already.
  letGo(tell = true): void {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    const mine = this.holder?.mine ?? false;
    this.holder = undefined;
    if (tell && mine) void remove(this.address).catch(() => undefined);
  }
}
