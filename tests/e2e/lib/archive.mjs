// The data protection officer's pages: the schedule with a rule, a hold and a dry run; a release that is found, masked and packed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { accessibilityFaults } from './axe.mjs';
import { picture } from './browser.mjs';
import { signedInAs } from './desk.mjs';

async function asOfficer(page, act) {
  const officer = await signedInAs(page, `Dag ${Date.now()}`, ['reader', 'data_protection_officer']);
  try {
    await act(officer.page);
  } finally {
    await officer.context.close();
  }
}

export function scheduleAndDryRun(page) {
  return asOfficer(page, async (officer) => {
    const name = `Brev ${Date.now()}`;
    await officer.goto('/gallring');
    // What the kind suggests begins a rule; what is missing is the decision, and without it nothing is saved.
    await officer.getByText('Föreslagen tid enligt slaget Svarsutkast: 24 månader.').waitFor();
    await officer.getByRole('button', { name: 'Skriv regeln' }).click();
    assert.equal(await officer.getByLabel('Slag', { exact: true }).inputValue(), 'answer_proposal');
    assert.equal(await officer.getByLabel('Gallras efter så många månader').inputValue(), '24');
    assert.equal(await officer.getByLabel('Beslutets diarienummer').inputValue(), '');
    await officer.getByRole('button', { name: 'Avbryt' }).click();
    await officer.getByText('Föreslagen tid enligt slaget').waitFor();
    await officer.getByRole('button', { name: 'Lägg till regel' }).click();
    await officer.getByLabel('Handlingstyp').fill(name);
    await officer.getByLabel('Gallras efter så många månader').fill('240');
    await officer.getByLabel('Beslutets diarienummer').fill('KS 2026/00123');
    await officer.getByLabel('Beslutat av').fill('Kommunstyrelsen');
    await officer.getByLabel('Rättslig grund').fill('10 § arkivlagen');
    assert.deepEqual(await accessibilityFaults(officer), []);
    await officer.getByRole('button', { name: 'Spara' }).click();
    const row = officer.getByRole('row', { name: new RegExp(name) });
    await row.waitFor();
    assert.match((await row.textContent()) ?? '', /Gallras 240 månader efter att det tillkom/);

    await officer.getByRole('button', { name: 'Stoppa gallring' }).click();
    await officer.getByLabel('Varför').fill('Överklagat');
    await officer.getByLabel('Namn eller personnummer').fill('850312-2387');
    await officer.getByRole('button', { name: 'Spara' }).click();
    await officer.getByRole('button', { name: 'Häv' }).first().waitFor();

    await officer.getByRole('button', { name: 'Provkör' }).click();
    await officer.getByText('0 saker skulle gallras.').waitFor();
    await officer.getByText('Tiden är inte ute').waitFor();
    assert.equal(await officer.getByRole('button', { name: 'Gallra det här' }).count(), 0, 'nothing is due on its first day');
    assert.deepEqual(await accessibilityFaults(officer), []);
    await picture(officer, 'retention-light-desktop');

    await officer.getByRole('button', { name: 'Häv' }).first().click();
    await officer.getByText(/hävt .* av Dag/).waitFor();
    await row.getByRole('button', { name: 'Sluta använda' }).click();
    await officer.getByRole('dialog').getByRole('button', { name: 'Sluta använda' }).click();
    await row.getByRole('button', { name: 'Sluta använda' }).waitFor({ state: 'detached' });
  });
}

export function releaseWithMask(page) {
  return asOfficer(page, async (officer) => {
    await officer.goto('/utlamnande');
    await officer.getByLabel('Ord', { exact: true }).fill('förskolan uppsägningstid');
    await officer.getByRole('button', { name: 'Sök', exact: true }).click();
    const first = officer.locator('main li input[type=checkbox]').first();
    await first.check();
    const text = officer.getByLabel('Handlingens text');
    await text.waitFor();
    await text.evaluate((element) => {
      const range = document.createRange();
      const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      let node = nodes.nextNode();
      while (node && node.length < 6) node = nodes.nextNode();
      range.setStart(node, 0);
      range.setEnd(node, 6);
      window.getSelection()?.removeAllRanges();
      window.getSelection()?.addRange(range);
    });
    await officer.getByRole('button', { name: 'Maska det markerade' }).click();
    await officer.getByText('En maskad uppgift saknar lagrum.').waitFor();
    const release = officer.getByRole('button', { name: 'Lämna ut', exact: true });
    assert.ok(await release.isDisabled(), 'a mask needs its provision');
    const provision = officer.getByRole('textbox', { name: /^Lagrum/ }).first();
    await provision.fill('21 kap. 7 § OSL');
    await provision.press('Tab');
    await officer.getByLabel('Begärans diarienummer').fill('KS 2026/300');
    assert.deepEqual(await accessibilityFaults(officer), []);
    await picture(officer, 'release-light-desktop');
    const [download] = await Promise.all([officer.waitForEvent('download'), release.click()]);
    const bytes = readFileSync(await download.path());
    assert.equal(bytes.subarray(0, 2).toString(), 'PK');
    await officer.getByText('Paketet är gjort och utlämnandet står i protokollet.').first().waitFor();
    await officer.getByRole('link', { name: /Anteckning \d+/ }).click();
    await officer.locator('main ol').getByText('Handlingar utlämnade').first().waitFor();
  });
}

// An auditor has nothing to ask: their first page, and the one behind the program's name, is the record. Nothing is asked of the
// server on the way that it refuses.
export async function auditorBegins(page) {
  const auditor = await signedInAs(page, `Alf ${Date.now()}`, ['auditor'], '.verify');
  try {
    const refused = [];
    auditor.page.on('response', (response) => {
      if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
    });
    await auditor.page.goto('/');
    await auditor.page.getByRole('heading', { level: 1, name: 'Protokoll' }).waitFor();
    await auditor.page.locator('main ol > li').first().waitFor();
    await auditor.page.getByRole('link', { name: 'Mätning' }).click();
    await auditor.page.getByRole('heading', { level: 1, name: 'Mätning' }).waitFor();
    await auditor.page.locator('header a.name').click();
    await auditor.page.getByRole('heading', { level: 1, name: 'Protokoll' }).waitFor();
    assert.deepEqual(refused, []);
  } finally {
    await auditor.context.close();
  }
}
