// The browser and its pages: Debian's Chromium, headless, driven over its debugging protocol.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const pictures = join(root, 'build', 'screenshots');

export const base = (process.env.KANSLI_URL ?? 'http://127.0.0.1:8480').replace(/\/$/, '');
export const link = process.env.KANSLI_LINK ?? '';

// Each device is seen in both colour schemes, in the first of them from the start.
export const desktop = { name: 'desktop', looks: ['light', 'dark'], viewport: { width: 1280, height: 860 } };
export const phone = {
  name: 'phone',
  looks: ['dark', 'light'],
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  narrowest: { width: 320, height: 640 },
};

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

export async function openContext(browser, device, storageState) {
  const context = await browser.newContext({
    viewport: device.viewport,
    hasTouch: device.hasTouch ?? false,
    colorScheme: device.looks[0],
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
