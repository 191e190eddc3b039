// The whole way of one matter: a letter is asked about, the proposal is reviewed while another has it open, delivered, the chain
// is verified, the letter is gallrat by decision, and the chain is verified again: on the page and from the command line.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { base } from './browser.mjs';
import { skip } from './checks.mjs';
import { signedInAs, withoutSecondLooks } from './desk.mjs';
import { ask, handIn } from './states.mjs';

// serve_and_run.py brings this letter in and dates it back, so that its time is out.
const letter = { owner: 'Gallringsnämnden', words: 'zirkusängen', question: 'Vad är avgiften för en plats på zirkusängen?' };

async function letterOf(page) {
  const found = await (await page.request.get(`/api/documents?owner=${encodeURIComponent(letter.owner)}`)).json();
  if (found.documents.length === 0) skip('the letter that is to be removed has not been brought in');
  return found.documents[0].id;
}

// Opens a proposal and waits until the server has heard of it.
async function opened(person, address) {
  const told = person.page.waitForResponse((response) => response.url().endsWith('/claim'));
  await person.page.goto(address);
  await person.page.locator('.evidence blockquote').first().waitFor();
  await told;
}

async function leave(person) {
  const told = person.page.waitForResponse((response) => response.url().endsWith('/claim') && response.request().method() === 'DELETE');
  await person.page.locator('main a[href="/inkorg"]').first().click();
  await told;
}

async function othersSeen(person, address, name) {
  await opened(person, address);
  const notice = person.page.locator('.other');
  await notice.waitFor();
  assert.ok((await notice.textContent())?.includes(`Öppnad av ${name}`));
  assert.ok(await person.page.locator('.actions .button').first().isDisabled(), 'nobody decides while another has it open');
}

// Each sees the other, and neither can decide over the other's head.
async function seeEachOther(eva, kim, address) {
  await opened(eva, address);
  await othersSeen(kim, address, eva.name);
  await leave(eva);
  await opened(kim, address);
  await othersSeen(eva, address, kim.name);
  const refused = await eva.page.evaluate(async (path) => {
    const { csrf } = await (await fetch('/api/session')).json();
    const { item } = await (await fetch(path)).json();
    const answer = await fetch(`${path}/review`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Kansli-Csrf': csrf },
      body: JSON.stringify({ version: item.version, outcome: 'accepted' }),
    });
    return answer.status;
  }, `/api/desk/proposals/${address.split('/').at(-1)}`);
  assert.equal(refused, 409, 'the server holds what the page shows');
  await leave(kim);
}

async function decideAndDeliver(eva, kim, address) {
  await opened(eva, address);
  await eva.page.keyboard.press('e');
  await eva.page.getByLabel('Texten som du godkänner').fill('En plats kostar 7 200 kronor per dygn. Välkommen!');
  await eva.page.getByRole('button', { name: 'Ändra och godkänn' }).click();
  await eva.page.locator('.state', { hasText: 'Ändrat och godkänt' }).waitFor();
  await eva.page.locator('ins', { hasText: 'Välkommen' }).first().waitFor();
  await kim.page.goto(address);
  await kim.page.locator('.state', { hasText: 'Ändrat och godkänt' }).waitFor();
  const [download] = await Promise.all([
    eva.page.waitForEvent('download'),
    eva.page.getByRole('button', { name: 'Hämta som text' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^beslut\.txt$/);
  await kim.page.locator('.state', { hasText: 'Utlämnat' }).waitFor();
}

// The number of entries, and of those whose content is gone.
async function verified(auditor) {
  await auditor.page.goto('/protokoll');
  await auditor.page.getByRole('button', { name: 'Kontrollera', exact: true }).click();
  await auditor.page.getByText('Kedjan är hel').waitFor();
  const told = (await auditor.page.locator('.outcome').first().textContent()) ?? '';
  const count = (pattern) => Number(told.match(pattern)?.[1]?.replace(/\s/g, '') ?? 0);
  return { entries: count(/([\d\s]+) anteckning/), removed: count(/gallrat i ([\d\s]+) anteckning/) };
}

function verifiedFromOutside() {
  const { KANSLI_BINARY: program, KANSLI_DATA: data } = process.env;
  if (!program || !data) return;
  assert.match(execFileSync(program, ['record', 'verify', '--data', data], { encoding: 'utf8' }), /Kedjan är hel/);
}

async function addRule(officer, name) {
  await officer.page.goto('/gallring');
  await officer.page.getByRole('button', { name: 'Lägg till regel' }).click();
  await officer.page.getByLabel('Handlingstyp').fill(name);
  await officer.page.getByLabel('Slag', { exact: true }).selectOption({ label: 'Brev eller e-post' });
  await officer.page.getByLabel('Ägare', { exact: true }).fill(letter.owner);
  await officer.page.getByLabel('Gallras efter så många månader').fill('12');
  await officer.page.getByLabel('Beslutets diarienummer').fill('KS 2026/00200');
  await officer.page.getByLabel('Beslutat av').fill('Kommunstyrelsen');
  await officer.page.getByLabel('Rättslig grund').fill('10 § arkivlagen');
  await officer.page.getByRole('button', { name: 'Spara' }).click();
  await officer.page.getByRole('row', { name: new RegExp(name) }).waitFor();
}

async function remove(officer, document) {
  await officer.page.getByRole('button', { name: 'Provkör' }).click();
  await officer.page.getByText('1 sak skulle gallras.').waitFor();
  assert.equal((await officer.page.request.get(`/api/documents/${document}`)).status(), 200, 'a dry run removes nothing');
  await officer.page.getByRole('button', { name: 'Gallra det här' }).click();
  await officer.page.getByRole('dialog').getByRole('button', { name: 'Avbryt' }).click();
  assert.equal((await officer.page.request.get(`/api/documents/${document}`)).status(), 200, 'nor does thinking better of it');
  await officer.page.getByRole('button', { name: 'Gallra det här' }).click();
  await officer.page.getByRole('dialog').getByRole('button', { name: 'Gallra det här' }).click();
  await officer.page.getByText('Gallringen är gjord.').first().waitFor();
  await officer.page.getByText(/Dokumentversioner: 1/).waitFor();
}

// It is gone from every page, and what was decided from it still stands.
async function isGone(person, document, address) {
  assert.equal((await person.page.request.get(`/api/documents/${document}`)).status(), 404);
  const searched = person.page.waitForResponse((response) => response.url().includes('/api/search?'));
  await person.page.goto(`/sok?q=${letter.words}`);
  assert.deepEqual((await (await searched).json()).hits, []);
  await ask(person.page, letter.question);
  assert.ok(!(await person.page.locator('main').textContent())?.includes('7 200'), 'no answer knows it any more');
  await person.page.goto(address);
  await person.page.locator('.state', { hasText: 'Utlämnat' }).waitFor();
  assert.ok((await person.page.locator('article').first().textContent())?.includes('Välkommen!'));
}

export async function wholeWay(page) {
  const document = await letterOf(page);
  await withoutSecondLooks(page);
  const stamp = Date.now();
  const people = [];
  const arrive = async (name, roles) => {
    const person = { name: `${name} ${stamp}`, ...(await signedInAs(page, `${name} ${stamp}`, roles)) };
    people.push(person);
    return person;
  };
  try {
    const eva = await arrive('Evelina', ['reviewer']);
    const kim = await arrive('Kimberly', ['reviewer']);
    const officer = await arrive('Dagny', ['reader', 'data_protection_officer']);
    const auditor = await arrive('Alva', ['reader', 'auditor']);
    const address = await handIn(page, letter.question);
    await eva.page.goto('/inkorg');
    await eva.page.locator(`main ol a[href="${new URL(address, base).pathname}"]`).waitFor();
    await seeEachOther(eva, kim, address);
    await decideAndDeliver(eva, kim, address);
    const before = await verified(auditor);
    verifiedFromOutside();
    await addRule(officer, `Brev ${stamp}`);
    await remove(officer, document);
    await isGone(eva, document, address);
    const after = await verified(auditor);
    verifiedFromOutside();
    assert.ok(after.entries > before.entries, 'the removal itself is on record');
  } finally {
    for (const person of people) await person.context.close();
  }
}
