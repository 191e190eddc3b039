import { describe, expect, it } from 'vitest';
import { Stopwatch } from './stopwatch';

describe('the stopwatch', () => {
  it('counts only while it runs', () => {
    let now = 0;
    const watch = new Stopwatch(() => now);
    watch.run();
    now = 4000;
    watch.rest();
    now = 60_000;
    expect(watch.seconds()).toBe(4);
    watch.run();
    watch.run();
    now = 61_500;
    expect(watch.seconds()).toBe(5.5);
  });

  it('does not count a pause of more than five minutes without a sign of life', () => {
    const minute = 60_000;
    let now = 0;
    const watch = new Stopwatch(() => now);
    watch.touch();
    expect(watch.seconds()).toBe(0);
    watch.run();
    now = 4 * minute;
    watch.touch();
    now = 8 * minute;
    watch.touch();
    expect(watch.seconds()).toBe(8 * 60);
    now = 20 * minute;
    expect(watch.seconds()).toBe(8 * 60);
    watch.touch();
    now = 21 * minute;
    watch.rest();
    expect(watch.seconds()).toBe(9 * 60);
  });
});
