// The seconds that somebody has really looked at a proposal: the watch stands still while the page is out of sight.
export class Stopwatch {
  private gathered = 0;
  private since: number | undefined;

  constructor(private readonly clock: () => number) {}

  run(): void {
    this.since ??= this.clock();
  }

  rest(): void {
    this.gathered += this.since === undefined ? 0 : this.clock() - this.since;
    this.since = undefined;
  }

  seconds(): number {
    return (this.gathered + (this.since === undefined ? 0 : this.clock() - this.since)) / 1000;
  }

  // Runs while the page is in sight. Returns what ends that.
  follow(page: Document): () => void {
    const turn = () => (page.hidden ? this.rest() : this.run());
    turn();
    page.addEventListener('visibilitychange', turn);
    return () => page.removeEventListener('visibilitychange', turn);
  }
}
