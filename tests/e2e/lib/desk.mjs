// The whole way of a proposal: it arrives, somebody else is on it, it is edited, accepted, undone, accepted again and delivered.
import assert from 'node:assert/strict';
import { base, desktop, openContext } from './browser.mjs';
import { handIn } from './states.mjs';

// A context in which another person is signed in; `first` is there when their first page is.
export async function signedInAs(page, name, roles, first = '#question') {
  const { csrf } = await (await page.request.get('/api/session')).json();
  const answer = await page.request.post('/api/people', {
    headers: { 'X-Kansli-Csrf': csrf },
    data: { name, roles, review_kinds: ['answer'], groups: [], department: '' },
  });
  assert.equal(answer.status(), 201, await answer.text());
  const { link } = await answer.json();
  const context = await openContext(page.context().browser(), desktop);
  const other = await context.newPage();
  await other.goto(base + new URL(link).pathname);
  await other.getByRole('button', { name: 'Logga in' }).click();
  await other.locator(first).waitFor();
  return { context, page: other };
}

// Chance gives a decision to somebody else for a blind second look, who then does not see what became of it.
export async function withoutSecondLooks(page) {
  const { csrf } = await (await page.request.get('/api/session')).json();
  const answer = await page.request.put('/api/desk/kinds/answer', {
    headers: { 'X-Kansli-Csrf': csrf },
    data: { batch_confidence: null, sampled_batch: 0, sampled_single: 0 },
  });
  assert.equal(answer.status(), 200, await answer.text());
}

export async function wayOfAProposal(page) {
  const address = await handIn(page);
  const eva = await signedInAs(page, `Eva ${Date.now()}`, ['reviewer']);
  try {
    await eva.page.goto('/inkorg');
    await eva.page.locator('h1').waitFor();
    await eva.page.locator('main ol a').first().waitFor();
    await eva.page.keyboard.press('j');
    assert.match(await eva.page.evaluate(() => document.activeElement?.getAttribute('href') ?? ''), /^\/inkorg\/.+/);

    const claimed = eva.page.waitForResponse((response) => response.url().endsWith('/claim'));
    await eva.page.goto(address);
    await eva.page.locator('.evidence blockquote').first().waitFor();
    await claimed;

    await page.goto(address);
    await page.locator('.other').waitFor();
    assert.match(await page.locator('.other').textContent(), /Öppnad av Eva \d+ sedan \d\d:\d\d/);
    assert.ok(await page.locator('.actions .button').first().isDisabled(), 'nobody decides while another has it open');

    await eva.page.keyboard.press('e');
    const box = eva.page.getByLabel('Texten som du godkänner');
    await box.waitFor();
    await box.fill('En altan kan kräva lov. Fråga oss.');
    await eva.page.getByRole('button', { name: 'Ändra och godkänn' }).click();
    await eva.page.locator('ins').first().waitFor();
    await page.locator('.state', { hasText: 'Ändrat och godkänt' }).waitFor();

    await eva.page.keyboard.press('z');
    await eva.page.locator('.state', { hasText: 'Väntar på granskning' }).waitFor();
    await eva.page.keyboard.press('a');
    await eva.page.locator('.state', { hasText: 'Godkänt' }).waitFor();
    await eva.page.getByRole('button', { name: 'Kopiera och notera som skickat' }).click();
    await eva.page.locator('.state', { hasText: 'Utlämnat' }).waitFor();
    assert.equal(await eva.page.getByRole('button', { name: 'Ångra' }).count(), 0, 'what was delivered cannot be undone');
    await page.locator('.state', { hasText: 'Utlämnat' }).waitFor();
  } finally {
    await eva.context.close();
  }
}
