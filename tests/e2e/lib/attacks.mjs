// Markup and script in every text that others write, stored through the API; then every page that shows it. Nothing may run, nothing
// may become an element, and the content security policy must not even be needed.
import assert from 'node:assert/strict';
import { base, openContext, desktop } from './browser.mjs';

const run = 'window.attacked=1';
// Fits into every field; each part breaks out of another place: attribute, text, text area, title, script, template, link.
const payload = `"'><img src=x onerror=${run}><svg onload=${run}></textarea></title><script>${run}</script>{{${run}}}`;
const short = `<img src=x onerror=${run}>`;
const scheme = `javascript:${run}`;

const source = (title) => `---
titel: ${JSON.stringify(title)}
beteckning: ${JSON.stringify(payload)}
---
# ${payload}

## ${short} Avgift

Avgiften för zebrafinken ${payload} är 42 kronor. [Klicka](${scheme}) ![bild](x" onerror="${run})

- ${short}

| ${short} | b |
|---|---|
| ${payload} | zebrafink |

<script>${run}</script><iframe srcdoc="<script>parent.attacked=1</script>"></iframe><a href="${scheme}">Länk</a>
`;

class Api {
  constructor(page, csrf) {
    this.page = page;
    this.headers = { 'X-Kansli-Csrf': csrf };
  }

  async send(method, path, data) {
    const answer = await this.page.request.fetch(path, { method, headers: this.headers, data });
    assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
    return answer.status() === 204 ? {} : answer.json();
  }

  get(path) {
    return this.send('GET', path);
  }

  post(path, data) {
    return this.send('POST', path, data);
  }

  // As a browser sends it: quotes and line breaks of a name are escaped its way.
  async upload(name, text, options) {
    const ended = await this.page.evaluate(
      async ([fileName, content, given, headers]) => {
        const form = new FormData();
        form.append('file', new File([content], fileName));
        form.append('options', JSON.stringify(given));
        const { job } = await (await fetch('/api/imports', { method: 'POST', headers, body: form })).json();
        for (;;) {
          const state = await (await fetch(`/api/imports/${job}`)).json();
          if (['done', 'failed'].includes(state.state)) return state;
          await new Promise((next) => setTimeout(next, 100));
        }
      },
      [name, text, options, this.headers],
    );
    assert.equal(ended.files[0].state, 'done', JSON.stringify(ended));
  }
}

async function apiOf(page) {
  const { csrf } = await (await page.request.get('/api/session')).json();
  return new Api(page, csrf);
}

// Somebody whose very name is an attack, with every right there is.
async function attacker(page) {
  const administrator = await apiOf(page);
  await administrator.post('/api/departments', { name: `Nämnd ${payload}` });
  await administrator.post('/api/groups', { name: `Grupp ${short}`, department: null });
  const { link } = await administrator.post('/api/people', {
    name: `Person ${payload}`,
    roles: ['editor', 'reviewer', 'administrator', 'auditor', 'data_protection_officer'],
    review_kinds: ['answer'],
    groups: [`Grupp ${short}`],
    department: `Nämnd ${payload}`,
  });
  const context = await openContext(page.context().browser(), desktop);
  // The page's own policy stops inline script in it; this watch comes from outside.
  await context.addInitScript(() => {
    window.stopped = [];
    addEventListener('securitypolicyviolation', (event) => window.stopped.push(`${event.effectiveDirective} ${event.blockedURI}`));
  });
  const own = await context.newPage();
  await own.goto(base + new URL(link).pathname);
  await own.getByRole('button', { name: 'Logga in' }).click();
  await own.locator('#question').waitFor();
  return { context, page: own };
}

async function storeDocuments(api) {
  const collection = short.slice(0, 60).replaceAll('/', '');
  const common = { collection, owner: `Nämnd ${payload}`, kind: 'letter' };
  await api.upload(`${short}.md`, source(payload), common);
  await api.upload(`a${payload.replaceAll('/', '')}.txt`, `Zebrafink. ${payload}\n\n${scheme}\n`, common);
  await api.upload('sida.html', `<!DOCTYPE html><title>${payload.replaceAll('<', '&lt;')}</title><h1>Zebrafink</h1><p>${source('x')}</p>`, common);
  await api.upload('tabell.csv', `zebrafink;"${payload.replaceAll('"', '""')}"\n1;2\n=cmd|' /C calc'!A0;${scheme}\n`, common);
  return (await api.get(`/api/documents?collection=${encodeURIComponent(collection)}`)).documents;
}

async function handedIn(api, note) {
  const { proposal, answerable } = await api.post('/api/ask', { question: `Vad är avgiften för zebrafinken? ${short}` });
  assert.ok(answerable, 'the question is answered from the document that attacks');
  const { item } = await api.post(`/api/desk/proposals/${proposal}/submit`, { version: 1, recipient: {}, note });
  return item;
}

const act = (api, item, what, body) => api.post(`/api/desk/proposals/${item.id}/${what}`, { version: item.version, ...body });

// One proposal in each state that shows a text of somebody's.
async function storeProposals(api) {
  const waiting = await handedIn(api, payload);
  const rejected = await handedIn(api, short);
  await act(api, rejected, 'review', { outcome: 'rejected', reason: payload });
  const returned = await handedIn(api, short);
  await act(api, returned, 'return', { reason: payload });
  const edited = await handedIn(api, short);
  const { item } = await act(api, edited, 'review', { outcome: 'edited', text: `${payload}\n${scheme}` });
  await act(api, item, 'deliveries', { way: 'file' });
  return { all: [waiting, rejected, returned, edited].map(({ id }) => id), delivered: edited.id };
}

async function storeTheRest(api) {
  const today = new Date().toISOString().slice(0, 10);
  await api.post('/api/account/keys', { name: payload, scope: ['read'], days: 9 });
  await api.post('/api/retention/rules', {
    name: payload, stock: 'document', kind: 'minutes', owner: payload, months: 600, event: 'created', legal_ground: payload,
    decision: payload, decided_by: payload, decided: today, valid_from: today, valid_to: null, information_class: null, instead_of: null,
  });
  await api.post('/api/retention/holds', { reason: payload, person: payload });
}

// Whatever came of a text: an element that the page's own templates never make, or a link that would run.
function intruders() {
  const found = [];
  for (const element of document.querySelectorAll('*')) {
    const name = element.tagName.toLowerCase();
    const handlers = [...element.attributes].filter((attribute) => /^on/i.test(attribute.name)).map((attribute) => attribute.name);
    if (handlers.length > 0) found.push(`<${name} ${handlers.join(' ')}>`);
    if (['iframe', 'object', 'embed', 'base', 'marquee'].includes(name) || (name === 'script' && !element.getAttribute('src'))) found.push(`<${name}>`);
    for (const attribute of ['href', 'src', 'action', 'formaction', 'xlink:href']) {
      const value = element.getAttribute(attribute) ?? '';
      if (/^\s*(javascript|data:text|vbscript)/i.test(value) || (name === 'img' && value === 'x')) found.push(`<${name} ${attribute}="${value}">`);
    }
  }
  return { found, attacked: window.attacked, stopped: window.stopped };
}

async function mustBeUnharmed(page, where) {
  const { found, attacked, stopped } = await page.evaluate(intruders);
  assert.deepEqual({ where, found, attacked, stopped }, { where, found: [], attacked: undefined, stopped: [] });
}

function checkPolicy(answer, where) {
  const policy = answer?.headers()['content-security-policy'] ?? '';
  assert.match(policy, /default-src 'self'/, where);
  assert.match(policy, /object-src 'none'/, where);
  assert.match(policy, /base-uri 'none'/, where);
  assert.doesNotMatch(policy, /unsafe-|\*|https?:|nonce-|sha\d+-/, `${where}: nothing inline is let through`);
}

async function look(page, address) {
  const answer = await page.goto(address);
  if (answer) checkPolicy(answer, address);
  // What no page answers to is a message, and no page for a browser to guess at.
  if (answer && !answer.headers()['content-type']?.startsWith('text/html')) {
    assert.ok(answer.status() >= 400 && answer.headers()['x-content-type-options'] === 'nosniff', address);
    return;
  }
  await page.locator('main h1').first().waitFor({ state: 'attached' });
  await page.locator('main .skeleton:visible').first().waitFor({ state: 'detached' });
  await mustBeUnharmed(page, address);
  await page.evaluate(() => document.querySelectorAll('main details').forEach((details) => (details.open = true)));
  await page.locator('main .skeleton:visible').first().waitFor({ state: 'detached' });
  await mustBeUnharmed(page, `${address}, unfolded`);
}

async function lookAtAll(page, documents, proposals) {
  const words = encodeURIComponent(payload);
  const addresses = [
    '/', '/sok?q=zebrafink', `/sok?q=${words}`, `/sok?q=zebrafinken&samling=${words}&slag=${words}&dag=${words}`, '/dokument',
    `/dokument/${words}`, '/inkorg', `/inkorg/${words}`, '/protokoll', `/protokoll?nummer=${words}`, '/gallring', '/utlamnande',
    '/personer', '/konto', '/installningar', `/in/${words}`, `/${words}`, `/${encodeURIComponent(scheme)}`, `/#${payload}`,
    `/?fraga=${words}`,
  ];
  for (const document of documents) {
    addresses.push(`/dokument/${document.id}`, `/dokument/${document.id}#${words}`);
  }
  for (const proposal of proposals) addresses.push(`/inkorg/${proposal}`);
  for (const address of addresses) await look(page, address);
}

// The answer with its source beside it; the text and where it stands are shown as words.
async function lookAtAnswer(page) {
  await page.goto('/');
  await page.locator('#question').fill(`Vad är avgiften för zebrafinken? ${short}`);
  await page.locator('#question').press('Enter');
  await page.locator('.support').waitFor();
  for (const cite of await page.locator('.cite').all()) {
    await cite.click();
    await page.locator('.panel mark').first().waitFor({ state: 'attached' });
    await mustBeUnharmed(page, 'an answer with its source');
  }
  assert.ok((await page.locator('.panel').textContent())?.includes(`onerror=${run}`), 'the payload is there, as words');
}

// What is saved to disk has no policy to guard it.
async function lookAtSavedDecision(page, delivered) {
  const html = await (await page.request.get(`/api/desk/proposals/${delivered}/file?format=html`)).text();
  assert.ok(html.includes('zebrafink'));
  const context = await openContext(page.context().browser(), desktop);
  try {
    const saved = await context.newPage();
    await saved.setContent(html);
    const { found, attacked } = await saved.evaluate(intruders);
    assert.deepEqual({ found, attacked }, { found: [], attacked: undefined });
  } finally {
    await context.close();
  }
}

// Without this nobody would know that the watch sees anything.
async function theWatchSees(page) {
  await page.evaluate((html) => {
    const place = document.createElement('div');
    document.body.append(place);
    place.innerHTML = html;
  }, payload);
  await page.waitForFunction(() => window.stopped.length > 0);
  const { found, attacked } = await page.evaluate(intruders);
  assert.equal(attacked, undefined, 'the policy stops what a page would have let through');
  assert.ok(found.length > 0);
}

export async function storedMarkup(page) {
  const { context, page: own } = await attacker(page);
  try {
    own.on('dialog', (dialog) => assert.fail(`a dialog opened: ${dialog.message()}`));
    const api = await apiOf(own);
    const documents = await storeDocuments(api);
    assert.equal(documents.length, 4);
    const proposals = await storeProposals(api);
    await storeTheRest(api);
    await lookAtAll(own, documents, proposals.all);
    await lookAtAnswer(own);
    await lookAtSavedDecision(own, proposals.delivered);
    await theWatchSees(own);
  } finally {
    await context.close();
  }
}
