// Words of the municipality's own: suggestions while typing, a corrected question, and the glossary that it ends up in.
import assert from 'node:assert/strict';
import { ask, typeForSuggestions } from './states.mjs';

const question = 'Behöver jag bygglov för fnurran?';

async function active(page) {
  const id = await page.locator('#question').getAttribute('aria-activedescendant');
  return id === null ? undefined : page.locator(`#${id}`).textContent();
}

export async function suggestedQuestion(page) {
  await page.goto('/');
  await typeForSuggestions(page);
  const box = page.locator('#question');
  const first = ((await page.getByRole('option').first().textContent()) ?? '').trim();
  assert.equal(await active(page), undefined, 'nothing is chosen before an arrow key is pressed');
  await page.keyboard.press('ArrowDown');
  assert.equal((await active(page))?.trim(), first);
  assert.equal(await page.getByRole('option', { selected: true }).count(), 1);
  await page.keyboard.press('ArrowUp');
  assert.equal(await active(page), undefined);
  await page.keyboard.press('Escape');
  await page.getByRole('listbox', { name: 'Förslag på frågor' }).waitFor({ state: 'detached' });
  assert.equal(await box.inputValue(), 'cateringfirma', 'what was typed stays');
  await page.keyboard.type(' ');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('#answer-title').waitFor();
  assert.equal(((await page.locator('#answer-title').textContent()) ?? '').trim(), first);
  assert.equal(await page.getByRole('listbox', { name: 'Förslag på frågor' }).count(), 0, 'the list is gone');
}

export async function suggestedByTouch(page) {
  await page.goto('/');
  await typeForSuggestions(page);
  const first = page.getByRole('option').first();
  const words = ((await first.textContent()) ?? '').trim();
  await first.tap();
  await page.locator('#answer-title').waitFor();
  assert.equal(((await page.locator('#answer-title').textContent()) ?? '').trim(), words);
}

async function understood(page) {
  await page.getByText('Så förstod jag frågan').click();
  return page.locator('.understood');
}

async function askAgain(page) {
  const before = new URL(page.url()).search;
  await page.getByRole('button', { name: 'Fråga igen med rättelserna' }).click();
  await page.waitForURL((address) => address.search !== before);
  await page.locator('.understood').waitFor();
}

// A word that nothing knows is explained by who asks, waits, is accepted, holds for everybody, and is removed.
export async function correctedQuestion(page) {
  await ask(page, question);
  let part = await understood(page);
  assert.match((await part.textContent()) ?? '', /fnurran\s+söktes som det står/);
  await part.getByLabel('Ord i frågan').selectOption('fnurran');
  await part.getByLabel('betyder', { exact: true }).fill('altan');
  await part.getByRole('button', { name: 'Lägg till' }).click();
  await askAgain(page);
  part = await understood(page);
  await part.locator('.wording', { hasText: 'altan' }).waitFor();
  await part.getByText('De väntar som förslag').waitFor();

  await page.goto('/installningar');
  await page.getByRole('link', { name: 'Öppna ordlistan' }).click();
  await page.getByRole('button', { name: /^Godta\s*: fnurran = altan/ }).click();
  const entry = page.locator('section[aria-labelledby="entries-title"] li', { hasText: 'fnurran' });
  await entry.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'suggestions-title', 'the focus is not lost');

  await ask(page, question);
  part = await understood(page);
  await part.locator('.wording', { hasText: 'altan' }).waitFor();
  await part.getByRole('button', { name: 'fnurran betyder inte altan' }).click();
  await askAgain(page);
  part = await understood(page);
  assert.equal(await part.locator('.wording', { hasText: 'altan' }).count(), 0);

  await page.goto('/ordlista');
  await page.getByRole('button', { name: /^Ändra\s*: fnurran/ }).click();
  await page.getByLabel('Ord som dokumenten har').fill('plank');
  await page.getByRole('button', { name: 'Spara' }).click();
  await entry.getByText('plank', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Ta bort\s*: fnurran/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ta bort' }).click();
  await entry.waitFor({ state: 'detached' });
}

export async function glossaryFile(page) {
  await page.goto('/ordlista');
  await page.getByRole('button', { name: 'Läs in en fil' }).waitFor();
  const file = (text) => ({ name: 'ord.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.locator('input[type=file]').setInputFiles(file('snurret = rondell\nfel rad\n'));
  await page.getByText('1 lades till, 0 fanns redan, 0 togs bort.').first().waitFor();
  await page.getByText(/Rad 2: /).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Spara som fil' }).click();
  assert.equal((await download).suggestedFilename(), 'ordlista.txt');
  await page.getByRole('button', { name: /^Ta bort\s*: snurret/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ta bort' }).click();
  await page.locator('li', { hasText: 'snurret' }).waitFor({ state: 'detached' });
}
