// Things a person does from beginning to end.
import assert from 'node:assert/strict';
import { phone, picture } from './browser.mjs';
import { skip } from './checks.mjs';
import { ask } from './states.mjs';

async function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    return { id: element?.id ?? '', tag: element?.tagName ?? '', class: element?.className ?? '' };
  });
}

// Presses Tab until the focus is where it is wanted; a person would not go on for ever either.
async function tabTo(page, wanted, most = 40) {
  for (let press = 0; press < most; ++press) {
    const now = await focused(page);
    if (wanted(now)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`not reached with ${most} presses of Tab; the focus is on ${JSON.stringify(await focused(page))}`);
}

async function keyboardOnly(page) {
  await page.goto('/');
  await page.locator('.examples').waitFor();
  await page.keyboard.press('Tab');
  assert.match((await focused(page)).class, /skip/, 'the first stop is the skip link');
  await page.keyboard.press('Enter');
  assert.equal((await focused(page)).id, 'content');
  await tabTo(page, (now) => now.id === 'question');
  await page.keyboard.type('Får jag bygga ett förråd på 28 kvadratmeter utan bygglov?');
  await page.keyboard.press('Enter');
  await page.locator('.support').waitFor();
  assert.equal((await focused(page)).id, 'answer-title', 'the question over the answer has the focus');
  await tabTo(page, (now) => /cite/.test(now.class));
  await page.keyboard.press('Enter');
  await page.locator('.panel mark, .panel rect').first().waitFor({ state: 'attached' });
  assert.equal((await focused(page)).id, 'source-title', 'the source has the focus');
  await page.keyboard.press('Escape');
  await page.locator('.panel').waitFor({ state: 'detached' });
  assert.match((await focused(page)).class, /cite/, 'the focus is back on the citation');
}

async function sheetOnPhone(page) {
  await ask(page);
  await page.locator('.cite').first().click();
  const sheet = page.getByRole('dialog');
  await sheet.waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('.frame')?.inert), true, 'the page behind is at rest');
  await page.getByRole('button', { name: 'Stäng källan' }).click();
  await sheet.waitFor({ state: 'detached' });
  // The focus is given back once the page is awake again.
  await page.waitForFunction(() => document.activeElement?.classList.contains('cite'));
}

async function quoteIsMarked(page) {
  await ask(page);
  await page.locator('.cite').first().click();
  await page.locator('.panel .skeleton').first().waitFor({ state: 'detached' });
  if (await page.getByRole('radio', { name: 'Text' }).count()) await page.getByRole('radio', { name: 'Text' }).check();
  const marked = (await page.locator('.panel mark').allTextContents()).join(' ').replace(/\s+/g, ' ').trim();
  const stated = (await page.locator('.sentences p').first().textContent()).replace(/\s+/g, ' ');
  assert.ok(marked.length > 10, 'a passage is marked');
  assert.ok(stated.includes(marked) || marked.includes(stated.replace(/[\s\d]+$/, '').trim().slice(0, 40)), `${marked} / ${stated}`);
}

async function pageWithBox(page) {
  await ask(page, 'Vad kostar det att få lov för en altan?');
  const cites = page.locator('.cite');
  for (let index = 0; index < (await cites.count()); ++index) {
    await cites.nth(index).click();
    await page.locator('.panel .skeleton').first().waitFor({ state: 'detached' });
    if (!(await page.locator('.panel rect').count())) continue;
    const box = await page.locator('.panel rect').first().boundingBox();
    const image = await page.locator('.panel img').boundingBox();
    assert.ok(box.width > 5 && box.height > 3, 'the frame has a size');
    assert.ok(box.x >= image.x && box.x + box.width <= image.x + image.width + 1, 'the frame lies on the page');
    assert.ok(box.y >= image.y && box.y + box.height <= image.y + image.height + 1, 'the frame lies on the page');
    return;
  }
  skip('no citation of a printed page in the answer');
}

async function languageAndTheme(page) {
  await page.goto('/installningar');
  await page.getByRole('radio', { name: 'English' }).check();
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.reload();
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'dark');
  await page.getByRole('radio', { name: 'As the system' }).check();
  await page.getByRole('radio', { name: 'Svenska' }).check();
  await page.getByRole('heading', { name: 'Inställningar', level: 1 }).waitFor();
}

async function headingTakesFocus(page) {
  await page.goto('/');
  await page.locator('.examples').waitFor();
  await page.getByRole('link', { name: 'Dokument', exact: true }).click();
  await page.getByRole('heading', { name: 'Dokument', level: 1 }).waitFor();
  assert.equal((await focused(page)).tag, 'H1');
  assert.match(await page.title(), /^Dokument – Kansli$/);
  await page.goBack();
  await page.locator('#question').waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
}

async function upload(page, name, text) {
  await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) });
  await page.locator('.good').first().waitFor({ timeout: 60_000 });
}

async function documentLife(page) {
  const unique = `Provning ${Date.now()}`;
  await page.goto('/dokument');
  await page.locator('.list, .empty').first().waitFor();
  const summary = page.locator('.bring summary').first();
  if (/Läs in dokument/.test((await summary.textContent()) ?? '')) await summary.click();
  await page.getByLabel('Samling', { exact: true }).first().fill('webbprov');
  const text = (weeks) => `# ${unique}\n\n## 1 Tidsfrist\n\nNämnden beslutar inom ${weeks} veckor från ansökan.\n`;
  await upload(page, `${unique}.md`, text('tolv'));
  await page.getByRole('link', { name: 'Öppna dokumentet' }).first().click();
  await page.locator('#versions-title').waitFor();
  assert.equal(await page.locator('ol > li strong').count(), 1);
  await page.getByText('Läs in en ny version').click();
  await page.getByRole('button', { name: 'Rensa avslutade' }).click();
  await upload(page, `${unique}.md`, text('tio'));
  await page.getByText('Jämför versioner').click();
  await page.locator('ins, del').nth(2).waitFor();
  await picture(page, 'difference-light-desktop');
  const inserted = (await page.locator('.difference ins').allTextContents()).join(' ');
  assert.match(inserted, /tio/);
  await page.getByRole('button', { name: 'Ta ur bruk' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ta ur bruk' }).click();
  await page.getByRole('heading', { name: 'Dokument', level: 1 }).waitFor();
}

async function unreadableFile(page) {
  await page.goto('/dokument');
  await page.locator('.list, .empty').first().waitFor();
  const summary = page.locator('.bring summary').first();
  if (/Läs in dokument/.test((await summary.textContent()) ?? '')) await summary.click();
  await page.getByLabel('Samling', { exact: true }).first().fill('webbprov');
  const broken = { name: 'trasig.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('PK\u0003\u0004 trasig') };
  await page.locator('input[type=file]').first().setInputFiles(broken);
  const said = page.locator('.said.bad').first();
  await said.waitFor({ timeout: 60_000 });
  assert.ok(((await said.textContent()) ?? '').trim().length > 15, 'the reason is told in words');
  await picture(page, 'upload-error-light-desktop');
}

export const journeys = [
  { name: 'asking a question and opening a citation with the keyboard alone', run: keyboardOnly },
  { name: 'on a phone the source is a sheet that gives the focus back', run: sheetOnPhone, device: phone },
  { name: 'the marked passage is what the sentence says', run: quoteIsMarked },
  { name: 'a citation of a printed page is framed on its picture', run: pageWithBox },
  { name: 'language and theme can be chosen and are remembered', run: languageAndTheme },
  { name: 'the heading takes the focus when the page changes', run: headingTakesFocus },
];

// Those that bring documents in.
export const changes = [
  { name: 'a document is brought in, gets a new version, is compared and withdrawn', run: documentLife },
  { name: 'a broken file is told about in words', run: unreadableFile },
];
