// The browser's tests. KANSLI_URL says where Kansli answers, KANSLI_LINK is an unused one-time link of an administrator.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { accessibilityFaults } from './lib/axe.mjs';
import { base, link, looks, openContext, picture, startBrowser, watchFaults } from './lib/browser.mjs';
import { check, skip } from './lib/checks.mjs';
import { journeys } from './lib/journeys.mjs';
import { signedIn, signedOut } from './lib/states.mjs';

if (!link) {
  process.stderr.write('KANSLI_LINK is not set: give the one-time link that ./run prints.\n');
  process.exit(2);
}

let browser;
let session;
const contexts = new Map();

before(async () => {
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
});

async function freshPage(look) {
  if (!contexts.has(look.name)) contexts.set(look.name, await openContext(browser, look, session));
  return contexts.get(look.name).newPage();
}

async function inspect(page, state, name) {
  const faults = watchFaults(page);
  await state.go(page);
  await picture(page, name);
  const found = await accessibilityFaults(page);
  assert.deepEqual(found, []);
  // "Not found" is what the page for missing documents asks the server about.
  const serious = state.name === 'document-missing' ? faults.filter((fault) => !/status of 404/.test(fault)) : faults;
  assert.deepEqual(serious, []);
}

for (const look of looks) {
  for (const state of signedOut) {
    check(`${state.name}, ${look.name}`, async () => {
      const context = await openContext(browser, look);
      try {
        await inspect(await context.newPage(), state, `${state.name}-${look.name}`);
      } finally {
        await context.close();
      }
    });
  }
}

check('the one-time link is spent by the button and not by the visit', async () => {
  const context = await openContext(browser, looks[0]);
  try {
    const address = base + new URL(link, base).pathname;
    const page = await context.newPage();
    await page.goto(address);
    await page.locator('main h1').waitFor();
    await page.goto(address);
    await page.getByRole('button', { name: 'Logga in' }).click();
    await page.locator('#question').waitFor();
    assert.equal(new URL(page.url()).pathname, '/', 'the link must not stay in the address');
    session = await context.storageState();
    const cookie = session.cookies[0];
    assert.equal(cookie?.httpOnly, true);
    assert.equal(cookie?.sameSite, 'Strict');
    await page.goto(address);
    await page.getByRole('button', { name: 'Logga in' }).click();
    await page.locator('main .notice').waitFor();
  } finally {
    await context.close();
  }
});

for (const look of looks) {
  for (const state of signedIn) {
    check(`${state.name}, ${look.name}`, async () => {
      if (!session) skip('nobody could sign in');
      const page = await freshPage(look);
      try {
        await inspect(page, state, `${state.name}-${look.name}`);
      } finally {
        await page.close();
      }
    });
  }
}

// WCAG 1.4.10: at 320 CSS pixels (400 % zoom) nothing needs sideways scrolling.
for (const state of signedIn) {
  check(`${state.name} fits in 320 pixels`, async () => {
    if (!session) skip('nobody could sign in');
    const page = await freshPage({ name: 'narrow', colorScheme: 'light', viewport: { width: 320, height: 640 } });
    try {
      await state.go(page);
      const wide = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth > clientWidth ? scrollWidth : 0;
      });
      assert.equal(wide, 0, `the page is ${wide} pixels wide`);
    } finally {
      await page.close();
    }
  });
}

for (const journey of journeys) {
  check(journey.name, async () => {
    if (!session) skip('nobody could sign in');
    const page = await freshPage(journey.look ?? looks[0]);
    const faults = watchFaults(page);
    try {
      await journey.run(page);
      assert.deepEqual(faults, []);
    } finally {
      await page.close();
    }
  });
}
