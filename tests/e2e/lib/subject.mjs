// The rights of a data subject on the page: a thing is found, corrected, restricted, gone from search, and back again.
import assert from 'node:assert/strict';
import { accessibilityFaults } from './axe.mjs';
import { phone, picture } from './browser.mjs';
import { signedInAs } from './desk.mjs';

export async function rightsOfAPerson(page) {
  const officer = await signedInAs(page, `Disa ${Date.now()}`, ['reader', 'data_protection_officer']);
  try {
    await theWay(officer.page);
  } finally {
    await officer.context.close();
  }
}

async function theWay(officer) {
  await officer.goto('/registrerade');
  await officer.getByRole('heading', { level: 1, name: 'Registrerade' }).waitFor();
  assert.ok(await officer.getByRole('button', { name: 'Gör registerutdrag' }).isDisabled(), 'nobody is named');
  await officer.getByLabel('Namn', { exact: true }).fill('Miljö- och byggnadsnämnden');
  await officer.getByRole('button', { name: 'Sök', exact: true }).click();
  await officer.getByRole('heading', { level: 2, name: /uppgift/ }).waitFor();
  const thing = officer.locator('.thing').filter({ has: officer.getByRole('link') }).first();
  const title = (await thing.getByRole('link').first().textContent()) ?? '';
  assert.deepEqual(await accessibilityFaults(officer), []);

  await thing.getByRole('button', { name: /^Rätta/ }).click();
  await officer.getByLabel('Uppgiften som den står').fill('Byggnadsnämnden');
  await officer.getByLabel('Uppgiften som den ska vara').fill('Bygg- och miljönämnden');
  await officer.getByLabel('Varför').fill('Nämnden har bytt namn.');
  await officer.locator('form.card').getByRole('button', { name: 'Rätta', exact: true }).click();
  await officer.getByText('Bygg- och miljönämnden').first().waitFor();

  const again = officer.locator('.thing').filter({ hasText: title }).first();
  await again.getByRole('button', { name: /^Vilka har fått den/ }).click();
  await again.getByText(/har fått uppgiften/).waitFor();
  await again.getByRole('button', { name: /^Begränsa/ }).click();
  await officer.getByLabel('Grund').selectOption('accuracy');
  await officer.getByLabel('Varför').fill('Utreds.');
  assert.deepEqual(await accessibilityFaults(officer), []);
  await picture(officer, 'subject-light-desktop');
  await officer.locator('form.card').getByRole('button', { name: 'Begränsa', exact: true }).click();
  const restricted = officer.getByRole('region', { name: 'Begränsad behandling' });
  await restricted.getByText('Utreds.').waitFor();
  await restricted.getByRole('button', { name: /^Visa texten/ }).first().click();
  await restricted.locator('pre').waitFor();

  await officer.goto('/dokument');
  await officer.locator('main li, main tr').first().waitFor();
  assert.equal(await officer.getByRole('link', { name: title, exact: true }).count(), 0, 'the document is in no list');

  await officer.setViewportSize(phone.viewport);
  await officer.goto('/registrerade');
  await restricted.getByRole('button', { name: /^Häv/ }).first().click();
  await officer.getByLabel('Varför begränsningen hävs').fill('Utredd.');
  await picture(officer, 'subject-light-phone');
  await restricted.locator('form').getByRole('button', { name: 'Häv', exact: true }).click();
  await restricted.getByText(/Hävd .* av/).first().waitFor();
  await officer.goto('/dokument');
  await officer.getByRole('link', { name: title, exact: true }).first().waitFor();
}
