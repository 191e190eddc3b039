// Every page in every state worth looking at, and how to get there from a fresh page. `within`: the only part that the
// state adds to another one, so that the rest is not judged again.

const answerDone = '.support, .refusal, .exchange .notice';

async function open(page, address) {
  await page.goto(address);
  await page.locator('main h1').first().waitFor({ state: 'attached' });
  await page.locator('main .skeleton:visible').first().waitFor({ state: 'detached' });
}

export async function ask(page, question) {
  await open(page, '/');
  if (question) {
    await page.locator('#question').fill(question);
    await page.locator('#question').press('Enter');
  } else {
    await page.locator('.examples button').first().click();
  }
  await page.locator(answerDone).first().waitFor();
}

// Asks and hands in; the address of the proposal.
export async function handIn(page, question) {
  await ask(page, question);
  await page.getByText('Lämna till granskning …').click();
  await page.getByLabel('Meddelande').fill('Till en boende');
  await page.getByRole('button', { name: 'Lämna till granskning' }).click();
  const follow = page.getByRole('link', { name: 'Följ det' });
  await follow.waitFor();
  return follow.getAttribute('href');
}

// Types something that questions are suggested for; they are there when it ends.
export async function typeForSuggestions(page) {
  await page.locator('#question').click();
  await page.keyboard.type('cateringfirma');
  await page.getByRole('option').first().waitFor();
}

async function openCitation(page) {
  await page.locator('.cite').first().click();
  await page.locator('#source-title').waitFor();
  await page.locator('.panel .skeleton').first().waitFor({ state: 'detached' });
}

async function openFirstDocument(page) {
  await open(page, '/dokument');
  await page.locator('.list h2 a').first().click();
  await page.locator('#versions-title').waitFor();
  await page.locator('main .skeleton').first().waitFor({ state: 'detached' });
}

export const signedOut = [
  { name: 'sign-in', go: (page) => open(page, '/') },
  {
    // The provider of the test's settings does not answer, and the person is told.
    name: 'sign-in-provider-silent',
    go: async (page) => {
      await open(page, '/inkorg');
      await page.getByRole('link', { name: 'Logga in med kommunens konto' }).click();
      await page.getByRole('alert').getByText('Kommunens inloggning svarade inte').waitFor();
    },
  },
  { name: 'enter', go: (page) => open(page, '/in/not-a-real-link') },
];

export const signedIn = [
  { name: 'ask', go: (page) => open(page, '/') },
  {
    name: 'ask-suggestions',
    within: 'form',
    go: async (page) => {
      await open(page, '/');
      await typeForSuggestions(page);
      await page.keyboard.press('ArrowDown');
    },
  },
  { name: 'answer', go: (page) => ask(page) },
  {
    name: 'answer-understood',
    within: '.understood',
    go: async (page) => {
      await ask(page);
      await page.getByText('Så förstod jag frågan').click();
      await page.getByLabel('betyder', { exact: true }).fill('plank');
      await page.locator('.understood form button').click();
    },
  },
  {
    name: 'answer-source',
    go: async (page) => {
      await ask(page);
      await openCitation(page);
    },
  },
  {
    name: 'answer-source-pdf',
    go: async (page) => {
      await ask(page, 'Blir det billigare om kommunen är sen med mitt bygglov?');
      await openCitation(page);
    },
  },
  { name: 'refusal', go: (page) => ask(page, 'Vad tjänar kommundirektören?') },
  { name: 'search', go: (page) => open(page, '/sok') },
  {
    name: 'search-hits',
    go: async (page) => {
      await open(page, '/sok?q=bygglov');
      await page.locator('.hits details summary').first().click();
      await page.locator('.hits table').first().waitFor();
    },
  },
  {
    name: 'search-source',
    within: '.panel',
    go: async (page) => {
      await open(page, '/sok?q=bygglov');
      await page.locator('.hits h3 button').first().click();
      await page.locator('.panel .skeleton').first().waitFor({ state: 'detached' });
    },
  },
  { name: 'search-nothing', go: (page) => open(page, '/sok?q=zzzzqqqq&slag=form') },
  { name: 'documents', go: (page) => open(page, '/dokument') },
  {
    name: 'documents-upload',
    within: '.bring',
    go: async (page) => {
      await open(page, '/dokument');
      await page.locator('.bring summary').first().click();
      await page.locator('.bring .stack details summary').first().click();
    },
  },
  { name: 'document', go: openFirstDocument },
  {
    name: 'document-edit',
    within: 'section[aria-labelledby="about-title"]',
    go: async (page) => {
      await openFirstDocument(page);
      await page.locator('section[aria-labelledby="about-title"] button').first().click();
      await page.locator('form input').first().waitFor();
    },
  },
  { name: 'document-missing', go: (page) => open(page, '/dokument/there-is-no-such-document') },
  {
    name: 'desk',
    go: async (page) => {
      await handIn(page);
      await open(page, '/inkorg');
      await page.locator('main ol a').first().waitFor();
      for (const summary of await page.locator('main .stack > details > summary').all()) await summary.click();
    },
  },
  ...['tid', 'miljo', 'valmaende', 'kostnad', 'fel', 'nojdhet', 'genomstromning', 'integration', 'hallbarhet'].map((slug) => ({
    name: `measures-${slug}`,
    go: async (page) => {
      await open(page, `/matning/${slug}`);
      await page.locator('main section.card').first().waitFor();
      for (const summary of await page.locator('main section details > summary').all()) await summary.click();
    },
  })),
  {
    name: 'measures',
    go: async (page) => {
      await open(page, '/matning');
      await page.locator('main li.card .value').first().waitFor();
    },
  },
  {
    name: 'measures-nothing',
    within: 'main',
    go: async (page) => {
      await open(page, '/matning/tid?till=2001-01-01');
      await page.getByText('För få ärenden än').first().waitFor();
    },
  },
  { name: 'measures-missing', within: 'main', go: (page) => open(page, '/matning/finns-inte') },
  {
    name: 'measures-settings',
    go: async (page) => {
      await open(page, '/matning/installningar');
      await page.locator('main section table').first().waitFor();
      for (const summary of await page.locator('main section details > summary').all()) await summary.click();
    },
  },
  {
    name: 'proposal',
    go: async (page) => {
      await open(page, await handIn(page));
      await page.locator('.evidence blockquote').first().waitFor();
    },
  },
  {
    name: 'proposal-edit',
    go: async (page) => {
      await open(page, await handIn(page));
      await page.locator('.evidence blockquote').first().waitFor();
      await page.locator('.actions .button').nth(1).click();
      await page.locator('main form textarea').first().waitFor();
    },
  },
  {
    name: 'record',
    go: async (page) => {
      await open(page, '/protokoll');
      await page.locator('.verify button').click();
      await page.locator('.outcome .good, .outcome .bad').first().waitFor();
      await page.locator('main ol details summary').first().click();
    },
  },
  // The administrator of the test is no data protection officer, and is told what that takes.
  { name: 'retention-closed', within: 'main', go: (page) => open(page, '/gallring') },
  { name: 'release-closed', within: 'main', go: (page) => open(page, '/utlamnande') },
  { name: 'subject-audit', within: 'main', go: (page) => open(page, '/registrerade') },
  { name: 'settings', go: (page) => open(page, '/installningar') },
  {
    name: 'settings-source',
    go: async (page) => {
      await open(page, '/installningar');
      await page.locator('section[aria-labelledby="sources-title"] .button').first().click();
    },
  },
  { name: 'glossary', go: (page) => open(page, '/ordlista') },
  {
    name: 'glossary-form',
    within: 'main',
    go: async (page) => {
      await open(page, '/ordlista');
      await page.getByRole('button', { name: 'Lägg till ord' }).click();
    },
  },
  { name: 'people', go: (page) => open(page, '/personer') },
  {
    name: 'people-forms',
    go: async (page) => {
      await open(page, '/personer');
      for (const button of ['Lägg till person', 'Lägg till nämnd', 'Lägg till grupp']) {
        await page.getByRole('button', { name: button }).click();
      }
      await page.getByRole('checkbox', { name: /Granskare/ }).check();
    },
  },
  { name: 'account', go: (page) => open(page, '/konto') },
  {
    name: 'account-forms',
    go: async (page) => {
      await open(page, '/konto');
      await page.getByRole('button', { name: 'Välj lösenord' }).click();
      await page.getByRole('button', { name: 'Ny nyckel' }).click();
    },
  },
  { name: 'missing', go: (page) => open(page, '/finns/inte/alls') },
];

// What only a data protection officer sees. Nothing is saved here; lib/archive.mjs and lib/subject.mjs go the whole way.
export const signedInAsOfficer = [
  {
    name: 'retention',
    go: async (page) => {
      await open(page, '/gallring');
      await page.getByRole('button', { name: 'Provkör' }).click();
      await page.getByText(/saker? skulle gallras/).waitFor();
    },
  },
  {
    name: 'retention-forms',
    within: 'main',
    go: async (page) => {
      await open(page, '/gallring');
      await page.getByRole('button', { name: 'Stoppa gallring' }).click();
      await page.getByRole('button', { name: 'Lägg till regel' }).click();
      await page.getByLabel('Beslutets diarienummer').waitFor();
      await page.getByLabel('Varför').scrollIntoViewIfNeeded();
    },
  },
  { name: 'release', go: (page) => open(page, '/utlamnande') },
  {
    name: 'release-review',
    within: 'main',
    go: async (page) => {
      await open(page, '/utlamnande');
      await page.getByLabel('Ord', { exact: true }).fill('förskolan uppsägningstid');
      await page.getByRole('button', { name: 'Sök', exact: true }).click();
      await page.locator('main li input[type=checkbox]').first().check();
      await page.getByLabel('Handlingens text').scrollIntoViewIfNeeded();
    },
  },
  { name: 'subject', go: (page) => open(page, '/registrerade') },
  {
    name: 'subject-found',
    within: 'main',
    go: async (page) => {
      await open(page, '/registrerade');
      await page.getByLabel('Namn', { exact: true }).fill('Bygg- och miljönämnden');
      await page.getByRole('button', { name: 'Sök', exact: true }).click();
      const thing = page.locator('.thing').filter({ has: page.locator('a[href^="/dokument/"]') }).first();
      await thing.locator('details summary').click();
      await thing.getByRole('button', { name: /^Rätta/ }).click();
      await page.getByLabel('Uppgiften som den ska vara').waitFor();
      await thing.scrollIntoViewIfNeeded();
    },
  },
];
