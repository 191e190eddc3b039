// The seconds that somebody has really looked at a proposal: the watch stands still while the page is out of sight, and what passes
// without a sign of life for longer than five minutes is not counted.
const longestPause = 5 * 60 * 1000;
const signsOfLife = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'touchmove'] as const;

export class Stopwatch {
  private gathered = 0;
  private since: number | undefined;  // the last sign of life while it runs

  constructor(private readonly clock: () => number) {}

  run(): void {
    this.since ??= this.clock();
  }

  rest(): void {
    this.gathered += this.running();
    this.since = undefined;
  }

  // Somebody is there. Nothing while the watch stands still.
  touch(): void {
    if (this.since === undefined) return;
    this.gathered += this.running();
    this.since = this.clock();
  }

  seconds(): number {
    return (this.gathered + this.running()) / 1000;
  }

  // Runs while the page is in sight. Returns what ends that.
  follow(page: Document): () => void {
    const turn = () => (page.hidden ? this.rest() : this.run());
    const alive = () => this.touch();
    turn();
    page.addEventListener('visibilitychange', turn);
    for (const sign of signsOfLife) page.addEventListener(sign, alive, { passive: true, capture: true });
    return () => {
      page.removeEventListener('visibilitychange', turn);
      for (const sign of signsOfLife) page.removeEventListener(sign, alive, { capture: true });
    };
  }

  private running(): number {
    const passed = this.since === undefined ? 0 : this.clock() - this.since;
    return passed > longestPause ? 0 : passed;
  }
}
