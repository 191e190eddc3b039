// Things a person does from beginning to end.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { accessibilityFaults } from './axe.mjs';
import { openContext, phone, picture, root } from './browser.mjs';
import { skip } from './checks.mjs';
import { auditorBegins, releaseWithMask, scheduleAndDryRun } from './archive.mjs';
import { storedMarkup } from './attacks.mjs';
import { rightsOfAPerson } from './subject.mjs';
import { wayOfAProposal } from './desk.mjs';
import { correctedQuestion, glossaryFile, suggestedByTouch, suggestedQuestion } from './glossary.mjs';
import { figuresToTakeAway, saysHowItWent } from './measures.mjs';
import { noticesOfWhatWaits } from './notices.mjs';
import { ask } from './states.mjs';
import { wholeWay } from './whole_way.mjs';

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

// What the bar at the foot has no room for is in sight as its last place, and opens there.
async function restOfThePages(page) {
  await page.goto('/');
  const bar = page.getByRole('navigation', { name: 'Huvudmeny' });
  const more = bar.getByRole('button', { name: 'Mer' });
  await more.waitFor();
  const { width } = page.viewportSize();
  for (const place of await bar.locator('.bar > li').all()) {
    const box = await place.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= width + 1, 'each place of the bar is in sight');
  }
  const settings = bar.getByRole('link', { name: 'Inställningar' });
  assert.equal(await settings.isVisible(), false);
  await more.focus();
  await page.keyboard.press('Enter');
  assert.equal(await more.getAttribute('aria-expanded'), 'true');
  await settings.waitFor();
  await picture(page, 'more-pages-dark-phone');
  assert.deepEqual(await accessibilityFaults(page, 'header'), []);
  await page.keyboard.press('Escape');
  assert.equal(await more.getAttribute('aria-expanded'), 'false');
  assert.equal(await more.evaluate((button) => document.activeElement === button), true, 'the focus is back on the button');
  await more.click();
  await page.locator('main h1').first().click();
  assert.equal(await more.getAttribute('aria-expanded'), 'false', 'a touch beside it closes it');
  await more.click();
  await settings.click();
  await page.waitForURL('**/installningar');
  assert.equal(await more.getAttribute('aria-expanded'), 'false');
  assert.equal(await page.locator('.more.here').count(), 1, 'the place tells that one is under it');
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

// The frame is in sight in a low window too, where the page has to be scrolled to it.
async function pageWithBox(page, question = 'Blir det billigare om kommunen är sen med mitt bygglov?') {
  await page.setViewportSize({ width: 1280, height: 480 });
  await ask(page, question);
  const cites = page.locator('.cite');
  for (let index = 0; index < (await cites.count()); ++index) {
    await cites.nth(index).scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => window.scrollY);
    await cites.nth(index).click();
    await page.locator('.panel .skeleton').first().waitFor({ state: 'detached' });
    if (!(await page.locator('.panel rect').count())) continue;
    await page.locator('.panel rect').first().waitFor();
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector('.panel rect').getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    });
    assert.equal(await page.evaluate(() => window.scrollY), before, 'the page beside the source stays where it was');
    const box = await page.locator('.panel rect').first().boundingBox();
    const image = await page.locator('.panel img').boundingBox();
    assert.ok(box.width > 5 && box.height > 3, 'the frame has a size');
    assert.ok(box.x >= image.x && box.x + box.width <= image.x + image.width + 1, 'the frame lies on the page');
    assert.ok(box.y >= image.y && box.y + box.height <= image.y + image.height + 1, 'the frame lies on the page');
    return;
  }
  skip('no citation of a printed page in the answer');
}

// The passage stands marked in the text of a file that has no pages, and is what the sentence says.
async function markedInText(page, question) {
  await ask(page, question);
  const cites = page.locator('.cite');
  if ((await cites.count()) === 0) skip(`no answer to: ${question}`);
  const sentence = page.locator('.sentences p').first();
  await sentence.locator('.cite').first().click();
  await page.locator('.panel mark').first().waitFor();
  // A row of a table is marked cell by cell; the sentence has the columns' names between them.
  const letters = (text) => text.replace(/[^\p{L}]/gu, '');
  const marked = (await page.locator('.panel mark').allTextContents()).map(letters);
  assert.ok(marked.join('').length > 5, 'a passage is marked');
  const stated = letters((await sentence.textContent()) ?? '');
  for (const cell of marked) assert.ok(stated.includes(cell), cell);
  await page.locator('.panel mark').first().waitFor({ state: 'visible' });
}

async function twoOfOneDocument(page) {
  await ask(page, 'Vilka regler gäller för skolskjuts?');
  const cites = page.locator('.cite');
  if ((await cites.count()) < 2) skip('the answer has one citation');
  const quotes = new Set();
  for (const index of [0, 1]) {
    await cites.nth(index).click();
    await page.locator('.panel .kicker', { hasText: `Källa ${index + 1}` }).waitFor();
    await page.locator('.panel rect, .panel mark').first().waitFor();
    assert.equal(await page.locator('.cite.open').count(), 1, 'the open citation is shown as open');
    quotes.add(await page.locator('.panel blockquote, .panel mark').first().textContent());
  }
  assert.equal(quotes.size, 2, 'each citation shows its own passage');
}

async function backAndForward(page) {
  await ask(page);
  await page.locator('.cite').first().click();
  await page.locator('#source-title').waitFor();
  await page.goBack();
  await page.locator('#examples-title').waitFor();
  assert.equal(await page.locator('.panel').count(), 0, 'the source went with its answer');
  assert.equal(await page.locator('#question').inputValue(), '');
  await page.goForward();
  await page.locator('.support').waitFor();
  assert.equal((await focused(page)).id, 'answer-title');
  await page.getByRole('link', { name: 'Fråga', exact: true }).click();
  await page.locator('#examples-title').waitFor();
  await page.locator('.earlier button').first().click();
  await page.locator('.support').waitFor();
}

async function deepLinks(page) {
  await page.goto('/sok?q=snö&samling=trafik&slag=guideline&dag=2026-06-01');
  await page.locator('.hits h3').first().waitFor();
  await page.reload();
  await page.locator('.hits h3').first().waitFor();
  assert.equal(await page.locator('#words').inputValue(), 'snö');
  assert.equal(await page.locator('#kind').inputValue(), 'guideline');
  assert.equal(await page.locator('#as-of').inputValue(), '2026-06-01');
  await page.locator('.hits h3 button').first().click();
  await page.locator('.panel .links a').first().click();
  await page.locator('.section.here').waitFor();
  const address = page.url();
  await page.reload();
  await page.locator('.section.here').waitFor();
  assert.equal(page.url(), address);
  await page.goBack();
  await page.locator('.hits h3').first().waitFor();
  assert.equal(await page.locator('#words').inputValue(), 'snö');
}

async function misspelt(page) {
  await page.goto('/sok?q=byglov altan');
  await page.locator('.suggestion button').click();
  await page.locator('#words').waitFor();
  await page.waitForFunction(() => new URLSearchParams(location.search).get('q') === 'bygglov altan');
  await page.locator('.hits h3').first().waitFor();
}

// A new person gets a link, signs in with it and sees only what a reader may do.
// Makes a person and signs them in on a telephone of their own.
async function asNewPerson(page, name, act) {
  await page.goto('/personer');
  await page.getByRole('button', { name: 'Lägg till person' }).click();
  await page.getByLabel('Namn', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Spara' }).click();
  const address = await page.locator('.link code').textContent();
  const context = await openContext(page.context().browser(), phone);
  try {
    const other = await context.newPage();
    await other.goto(new URL(address).pathname);
    await other.getByRole('button', { name: 'Logga in' }).click();
    await other.locator('#question').waitFor();
    await act(other);
  } finally {
    await context.close();
  }
}

async function newReader(page) {
  await asNewPerson(page, 'Rut Läsare', async (other) => {
    assert.equal(await other.getByRole('link', { name: 'Protokoll' }).count(), 0);
    await other.getByRole('link', { name: 'Dokument', exact: true }).click();
    await other.locator('.list').waitFor();
    assert.equal(await other.locator('.bring').count(), 0, 'a reader brings nothing in');
    await other.goto('/protokoll');
    await other.getByText('Protokollet läses av revisorer').waitFor();
    await other.goto('/personer');
    await other.getByText('Personer sköts av administratörer').waitFor();
  });
}

// What an authenticator shows for a secret in base 32 (RFC 6238).
function oneTimeCode(secret, step) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replaceAll(' ', '')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', key).update(message).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

async function localAccount(page) {
  const step = () => Math.floor(Date.now() / 30_000);
  const password = 'femton gröna kaffekoppar';
  await asNewPerson(page, `Lokal ${Date.now()}`, async (own) => {
    await own.goto('/konto');
    const userName = await own.locator('.facts dd').nth(1).textContent();
    await own.getByRole('button', { name: 'Välj lösenord' }).click();
    await own.getByLabel('Nytt lösenord').fill(password);
    await own.getByRole('button', { name: 'Spara' }).click();
    await own.getByRole('button', { name: 'Koppla en app' }).click();
    await own.getByRole('img', { name: /QR-kod/ }).waitFor();
    await picture(own, 'account-factor-dark-phone');
    assert.deepEqual(await accessibilityFaults(own), []);
    const secret = await own.locator('.secret').textContent();
    await own.getByLabel('Kod ur appen').fill(oneTimeCode(secret, step()));
    await own.getByRole('button', { name: 'Bekräfta' }).click();
    await own.locator('.codes code').first().waitFor();
    assert.equal(await own.locator('.codes code').count(), 10);
    const recovery = await own.locator('.codes code').first().textContent();
    await own.getByRole('button', { name: 'Logga ut' }).click();
    await own.getByLabel('Användarnamn').fill(userName);
    await own.getByLabel('Lösenord', { exact: true }).fill('fel lösenord med flit');
    await own.getByLabel('Kod', { exact: true }).fill('000000');
    await own.getByRole('button', { name: 'Logga in' }).click();
    await own.locator('.notice').waitFor();
    await own.getByLabel('Lösenord', { exact: true }).fill(password);
    await own.getByLabel('Kod', { exact: true }).fill(recovery);
    await own.getByRole('button', { name: 'Logga in' }).click();
    await own.getByText('Du har 9 reservkoder kvar.').waitFor();
  });
}

async function ownKey(page) {
  await asNewPerson(page, `Nyckel ${Date.now()}`, async (own) => {
    await own.goto('/konto');
    await own.getByRole('button', { name: 'Ny nyckel' }).click();
    await own.getByLabel('Vad den ska användas till').fill('statistik');
    await own.getByRole('checkbox').first().waitFor();
    assert.equal(await own.getByRole('checkbox').count(), 1, 'a reader can give a key nothing but reading');
    await own.getByRole('checkbox', { name: /^Läsa och fråga/ }).check();
    await own.getByRole('button', { name: 'Skapa nyckel' }).click();
    const token = await own.locator('.made code').textContent();
    const ask = () => fetch(new URL('/api/documents', own.url()), { headers: { Authorization: `Bearer ${token}` } });
    assert.equal((await ask()).status, 200);
    await own.getByRole('button', { name: 'Återkalla statistik' }).click();
    await own.getByRole('dialog').getByRole('button', { name: 'Återkalla' }).click();
    await own.locator('li', { hasText: 'återkallad' }).waitFor();
    assert.equal((await ask()).status, 401);
  });
}

async function organisation(page) {
  const name = `Provnämnden ${Date.now()}`;
  await page.goto('/personer');
  await page.getByRole('button', { name: 'Lägg till nämnd' }).click();
  await page.locator('form').getByLabel('Namn', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByRole('button', { name: `Ändra ${name}` }).click();
  await page.locator('form').getByLabel('Namn', { exact: true }).fill(`${name} B`);
  await page.getByRole('button', { name: 'Spara' }).click();
  await page.getByRole('button', { name: `Ta bort ${name} B` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ta bort' }).click();
  await page.getByRole('button', { name: `Ta bort ${name} B` }).waitFor({ state: 'detached' });
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
  await openUpload(page);
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

async function openUpload(page) {
  await page.goto('/dokument');
  await page.locator('.list, .empty').first().waitFor();
  const summary = page.locator('.bring summary').first();
  if (/Läs in dokument/.test((await summary.textContent()) ?? '')) await summary.click();
  await page.getByLabel('Samling', { exact: true }).first().fill('webbprov');
}

function ended(page) {
  return page.waitForFunction(() => !document.querySelector('progress') && document.querySelector('.state'), null, {
    timeout: 60_000,
  });
}

async function unreadableFiles(page) {
  await openUpload(page);
  const broken = {
    'trasig.docx': 'PK\u0003\u0004 trasig',
    'trasig.pdf': '%PDF-1.7\n trasig',
    'tom.pdf': '',
    'program.exe': 'MZ\u0000\u0003\u0000 inget dokument',
  };
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(Object.entries(broken).map(([name, text]) => ({ name, mimeType: '', buffer: Buffer.from(text) })));
  for (const name of Object.keys(broken)) {
    const said = page.locator('li', { hasText: name }).locator('.said.bad');
    await said.waitFor({ timeout: 60_000 });
    const words = ((await said.textContent()) ?? '').trim();
    assert.ok(words.length > 15 && words.length < 200, `${name}: ${words}`);
    assert.equal(await said.count(), 1);
  }
  await picture(page, 'upload-error-light-desktop');
}

// A scan takes long to read; the bytes after its end make it a file of its own.
function slowFile(name) {
  const scan = readFileSync(`${root}/demo/documents/bygga/planbestammelser-rosjobo-1991.pdf`);
  return { name, mimeType: 'application/pdf', buffer: Buffer.concat([scan, Buffer.from(`\n% ${name} ${Date.now()}`)]) };
}

async function cancelUploads(page) {
  await openUpload(page);
  const names = ['avbruten-1.pdf', 'avbruten-2.pdf', 'avbruten-3.pdf', 'avbruten-4.pdf'];
  await page.locator('input[type=file]').first().setInputFiles(names.map(slowFile));
  // Some are waiting, some are being sent, some are being read.
  for (const name of names) await page.getByRole('button', { name: `Avbryt ${name}` }).click();
  await ended(page);
  for (const name of names) {
    const state = await page.locator('li', { hasText: name }).locator('.state').textContent();
    assert.match(state ?? '', /Avbruten/, name);
  }
  const answer = await page.request.get('/api/documents?collection=webbprov&q=avbruten');
  assert.deepEqual((await answer.json()).documents, [], 'nothing of them is left');
}

async function dropFile(page) {
  await openUpload(page);
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['# Släppt fil\n\nDen här texten släpptes på sidan.\n'], 'släppt.md', { type: 'text/markdown' }));
    return transfer;
  });
  const refused = await page.evaluate((dataTransfer) => {
    return !document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, data);
  assert.ok(refused, 'a file let go beside the place for it does not take the place of the page');
  await page.dispatchEvent('.drop', 'dragover', { dataTransfer: data });
  await page.locator('.drop.over').waitFor();
  await page.dispatchEvent('.drop', 'drop', { dataTransfer: data });
  await page.locator('li', { hasText: 'släppt.md' }).locator('.good').waitFor({ timeout: 60_000 });
}

export const journeys = [
  { name: 'asking a question and opening a citation with the keyboard alone', run: keyboardOnly },
  { name: 'on a phone the source is a sheet that gives the focus back', run: sheetOnPhone, device: phone },
  { name: 'on a phone the last place of the bar opens the rest of the pages', run: restOfThePages, device: phone },
  { name: 'the marked passage is what the sentence says', run: quoteIsMarked },
  { name: 'a citation of a printed page is framed on its picture, in sight', run: (page) => pageWithBox(page) },
  {
    name: 'a citation of a scanned page is framed on its picture, in sight',
    run: (page) => pageWithBox(page, 'Vilka byggnader får uppföras i Rösjöbo fritidshusområde?'),
  },
  {
    name: 'a passage of a Word file is marked in its table',
    run: (page) => markedInText(page, 'Hur mycket snö ska det vara innan en bostadsgata plogas?'),
  },
  {
    name: 'a passage of a Markdown file is marked',
    run: (page) => markedInText(page, 'Hur lång är uppsägningstiden för en plats i förskolan?'),
  },
  { name: 'two citations of one document each show their passage', run: twoOfOneDocument },
  { name: 'answers are steps in the history of the browser', run: backAndForward },
  { name: 'an address with a search or a section survives a reload', run: deepLinks },
  { name: 'a misspelt word is met with a suggestion', run: misspelt },
  { name: 'a suggested question is chosen with the arrow keys', run: suggestedQuestion },
  { name: 'a suggested question is chosen with a finger', run: suggestedByTouch, device: phone },
  { name: 'a new person signs in with a link and sees what a reader may', run: newReader },
  { name: 'an auditor begins with the record and asks for nothing that is refused', run: auditorBegins },
  { name: 'a person chooses a password, connects an authenticator and signs in with them', run: localAccount },
  { name: 'a key of one\'s own works until it is revoked', run: ownKey },
  { name: 'a department is made, renamed and removed', run: organisation },
  { name: 'language and theme can be chosen and are remembered', run: languageAndTheme },
  { name: 'a proposal arrives, another is on it, it is edited, undone, accepted and delivered', run: wayOfAProposal },
  { name: 'figures are looked at and taken away as a table', run: figuresToTakeAway },
  { name: 'a decided proposal is rated and told to be wrong', run: saysHowItWent },
  { name: 'the schedule gets a rule and a hold, and a dry run removes nothing', run: scheduleAndDryRun },
  { name: 'records are found, masked, packed and on record', run: releaseWithMask },
  { name: 'the heading takes the focus when the page changes', run: headingTakesFocus },
];

// Those that bring documents in or take them away, and one that counts what waits. The last one leaves its marks everywhere.
export const changes = [
  { name: 'a document is brought in, gets a new version, is compared and withdrawn', run: documentLife },
  { name: 'broken, empty and unknown files are each told about in a line', run: unreadableFiles },
  { name: 'a thing about a person is corrected, restricted, gone and back', run: rightsOfAPerson },
  { name: 'a word is explained by who asks, accepted, holds for all, and is removed', run: correctedQuestion },
  { name: 'the glossary goes in and comes out as a file', run: glossaryFile },
  { name: 'uploads are cancelled one by one and leave nothing', run: cancelUploads },
  { name: 'a file can be dropped on the page', run: dropFile },
  { name: 'the browser tells once of each thing that waits, and only who has asked for it', run: noticesOfWhatWaits },
  { name: 'a proposal goes the whole way, the chain holds, its letter is removed by decision, the chain holds', run: wholeWay },
  { name: 'markup and script in every text that others write stay words on every page', run: storedMarkup },
];
