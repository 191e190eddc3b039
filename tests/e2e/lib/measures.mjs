// Measuring: from the overview to a figure and away with it; what people say of an item.
import assert from 'node:assert/strict';
import { handIn } from './states.mjs';
import { signedInAs } from './desk.mjs';

export async function figuresToTakeAway(page) {
  await page.goto('/');
  await page.getByRole('link', { name: 'Mätning' }).click();
  await page.locator('main li.card .value').first().waitFor();
  assert.equal(await page.locator('main li.card').count(), 9);
  await page.getByLabel('Slag av ärende').selectOption('answer');
  await page.waitForURL(/slag=answer/);
  await page.getByRole('link', { name: 'Tid', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Tid' }).waitFor();
  assert.match(page.url(), /\/matning\/tid\?slag=answer/, 'what was asked for goes along');
  const handling = page.getByRole('region', { name: 'Handläggningstid, median' });
  await handling.getByRole('img').first().waitFor();
  assert.match(await handling.textContent(), /Försöket: utan AI/);
  assert.match(await handling.textContent(), /Skillnaden är större än slumpen/);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  assert.equal((await download).suggestedFilename(), 'matning.csv');
}

export async function saysHowItWent(page) {
  const address = await handIn(page);
  const eva = await signedInAs(page, `Mea ${Date.now()}`, ['reviewer']);
  try {
    await eva.page.goto(address);
    await eva.page.locator('.evidence blockquote').first().waitFor();
    await eva.page.keyboard.press('a');
    await eva.page.locator('.state', { hasText: 'Godkänt' }).waitFor();
    await eva.page.getByText('En fråga om hur det gick').click();
    await eva.page.getByLabel('4', { exact: true }).check();
    await eva.page.getByRole('button', { name: 'Skicka svaret' }).click();
    await eva.page.getByText('Tack för svaret.').waitFor();
    await eva.page.getByText('Säg till om ett fel').click();
    await eva.page.getByLabel('Hur allvarligt är felet?').selectOption('major');
    await eva.page.getByLabel('Vad var fel?').fill('Fel höjd.');
    await eva.page.getByRole('button', { name: 'Skriv felet i protokollet' }).click();
    await eva.page.getByText('Fel höjd.').waitFor();
  } finally {
    await eva.context.close();
  }
}
