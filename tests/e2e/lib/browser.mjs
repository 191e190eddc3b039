// The browser and its pages: Debian's Chromium, headless, driven over its debugging protocol.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const pictures = join(root, 'build', 'screenshots');

export const base = (process.env.KANSLI_URL ?? 'http://127.0.0.1:8480').replace(/\/$/, '');
export const link = process.env.KANSLI_LINK ?? '';

export const looks = [
  { name: 'light-desktop', colorScheme: 'light', viewport: { width: 1280, height: 860 } },
  { name: 'dark-desktop', colorScheme: 'dark', viewport: { width: 1280, height: 860 } },
  { name: 'light-phone', colorScheme: 'light', viewport: { width: 390, height: 844 }, hasTouch: true },
  { name: 'dark-phone', colorScheme: 'dark', viewport: { width: 390, height: 844 }, hasTouch: true },
];

export async function startBrowser() {
  const executablePath = process.env.KANSLI_CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is missing: install the package chromium`);
  mkdirSync(pictures, { recursive: true });
  // Chromium's sandbox refuses to run as root, which is what containers run as.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...args, '--disable-gpu', '--lang=sv-SE'] });
}

// Faults that no page may have: exceptions, console errors, and anything the content security policy stopped.
export function watchFaults(page) {
  const faults = [];
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // "Nobody is signed in" is how the sign-in page learns what to show.
    if (/status of 401/.test(message.text())) return;
    faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  return faults;
}

export async function openContext(browser, look, storageState) {
  const context = await browser.newContext({
    ...look,
    locale: 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    reducedMotion: 'reduce',
    baseURL: base,
    ...(storageState ? { storageState } : {}),
  });
  context.setDefaultTimeout(20_000);
  return context;
}

export async function picture(page, name) {
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}
