// The browser's tests. KANSLI_URL says where Kansli answers, KANSLI_LINK is an unused one-time link of an administrator.
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';
import { accessibilityFaults, contrastFaults } from './lib/axe.mjs';
import { base, desktop, link, openContext, phone, picture, startBrowser, watchFaults } from './lib/browser.mjs';
import { check, skip } from './lib/checks.mjs';
import { signedInAs } from './lib/desk.mjs';
import { changes, journeys } from './lib/journeys.mjs';
import { signedIn, signedInAsOfficer, signedOut } from './lib/states.mjs';

if (!link) {
  process.stderr.write('KANSLI_LINK is not set: give the one-time link that ./run prints.\n');
  process.exit(2);
}

let browser;
let session;
let officerSession;

before(async () => {
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
});

// Every check has a context of its own, so that none can disturb another beside it.
async function withPage(device, storageState, act) {
  const context = await openContext(browser, device, storageState);
  try {
    await act(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

function mustBeNone(faults) {
  if (faults.length > 0) assert.fail(`\n  ${faults.join('\n  ')}`);
}

function inLook(look, faults) {
  return faults.map((fault) => `${look}: ${fault}`);
}

// One visit, seen in the device's own colours and then in the others. Whatever is wrong is told at once.
async function inspect(page, device, state) {
  const heard = watchFaults(page);
  await state.go(page);
  const [first, second] = device.looks;
  await picture(page, `${state.name}-${first}-${device.name}`);
  // What lies under the head of the page, which stays where it is, is no fault of the page.
  await page.evaluate(() => window.scrollTo(0, 0));
  const found = inLook(first, await accessibilityFaults(page, state.within));
  found.push(...(await headingFaults(page)));
  await page.emulateMedia({ colorScheme: second });
  await picture(page, `${state.name}-${second}-${device.name}`);
  found.push(...inLook(second, await contrastFaults(page, state.within)));
  if (device.narrowest) found.push(...(await sidewaysFaults(page, device.narrowest)));
  // "Not found" is what the page for missing documents asks the server about.
  found.push(...heard.filter((fault) => state.name !== 'document-missing' || !/status of 404/.test(fault)));
  mustBeNone(found);
}

// A part of a page that is called what the page is called says nothing to whoever goes from heading to heading. Deeper down, texts have
// headings of their own.
async function headingFaults(page) {
  const [name, ...others] = await page.locator('main h1, main h2').allTextContents();
  return others.filter((other) => other.trim() === name.trim()).map((other) => `the heading "${other.trim()}" is on the page twice`);
}

// WCAG 1.4.10: at 320 CSS pixels (400 % zoom) nothing needs sideways scrolling.
async function sidewaysFaults(page, viewport) {
  await page.setViewportSize(viewport);
  return page.evaluate((width) => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('main *')].filter((element) => element.getBoundingClientRect().right > width + 1);
    const named = wide.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
    return [`at ${width} pixels the page is ${scrollWidth} wide: ${named.join(', ')}`];
  }, viewport.width);
}

describe('signed out', { concurrency: 2 }, () => {
  for (const state of signedOut) {
    for (const device of [desktop, phone]) {
      check(`${state.name}, ${device.name}`, () => withPage(device, undefined, (page) => inspect(page, device, state)));
    }
  }
});

describe('signing in', () => {
  check('the one-time link is spent by the button and not by the visit', () =>
    withPage(desktop, undefined, async (page, context) => {
      const address = base + new URL(link, base).pathname;
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
    }),
  );

  check('the one-time link of a data protection officer', async () => {
    if (!session) skip('nobody could sign in');
    await withPage(desktop, session, async (page) => {
      await page.goto('/');
      const officer = await signedInAs(page, 'Dagny Dataskydd', ['reader', 'data_protection_officer']);
      officerSession = await officer.context.storageState();
      await officer.context.close();
    });
  });
});

function inspectAll(states, sessionNow) {
  for (const state of states) {
    for (const device of [desktop, phone]) {
      check(`${state.name}, ${device.name}`, async () => {
        if (!sessionNow()) skip('nobody could sign in');
        await withPage(device, sessionNow(), (page) => inspect(page, device, state));
      });
    }
  }
}

describe('pages', { concurrency: 2 }, () => {
  inspectAll(signedIn, () => session);
  inspectAll(signedInAsOfficer, () => officerSession);
});

async function walk(journey) {
  if (!session) skip('nobody could sign in');
  await withPage(journey.device ?? desktop, session, async (page) => {
    const faults = watchFaults(page);
    await journey.run(page);
    mustBeNone(faults);
  });
}

describe('journeys', { concurrency: 2 }, () => {
  for (const journey of journeys) check(journey.name, () => walk(journey));
});

// Each sees the others' uploads, so they take turns.
describe('changes', { concurrency: 1 }, () => {
  for (const journey of changes) check(journey.name, () => walk(journey));
});
