// node:test with a count of its own, so that the last line reads the same whatever version of Node prints the rest.
import { it } from 'node:test';

const count = { passed: 0, failed: 0, skipped: 0 };

export class Skip extends Error {}

// What the demo municipality makes possible is skipped, with the reason, where other documents are served.
export function skip(reason) {
  throw new Skip(reason);
}

export function check(name, run, options = {}) {
  return it(name, { timeout: 120_000, ...options }, async (context) => {
    try {
      await run(context);
      ++count.passed;
    } catch (error) {
      if (error instanceof Skip) {
        ++count.skipped;
        context.skip(error.message);
        return;
      }
      ++count.failed;
      throw error;
    }
  });
}

process.on('exit', () => {
  process.stdout.write(`browser: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
});
