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
});
