// Notices of the browser about what waits: one for each thing, only while the page is out of sight, and only for who has asked.
import assert from 'node:assert/strict';
import { signedInAs } from './desk.mjs';
import { handIn } from './states.mjs';

const wish = 'Visa en avisering i webbläsaren när något nytt väntar';

// A reviewer at a browser that keeps what it would have shown, for this one has no screen. `answer` is what the person says when
// the browser asks whether Kansli may; the page is out of sight while `away` is noted.
async function reviewer(page, name, answer) {
  const person = await signedInAs(page, `${name} ${Date.now()}`, ['reviewer']);
  await person.context.addInitScript((said) => {
    window.told = [];
    Object.defineProperty(document, 'hidden', { get: () => localStorage.getItem('away') === 'yes' });
    window.Notification = class {
      static get permission() {
        return localStorage.getItem('said') ?? 'default';
      }
      static async requestPermission() {
        localStorage.setItem('said', said);
        return said;
      }
      constructor(title, options) {
        window.told.push(`${title}: ${options.body}`);
      }
    };
  }, answer);
  await person.page.goto('/inkorg');
  const { waiting, returned } = await (await person.page.request.get('/api/desk/count')).json();
  return { ...person, waits: waiting + returned };
}

async function asks(person) {
  await person.page.getByText('Aviseringar', { exact: true }).click();
  const box = person.page.getByLabel(wish);
  await box.click();
  return box;
}

const told = (person) => person.page.evaluate(() => window.told);

async function shows(person, more) {
  await person.page.locator('header .count', { hasText: new RegExp(`^${person.waits + more}$`) }).waitFor();
}

export async function noticesOfWhatWaits(page) {
  const people = [];
  const arrive = async (name, answer) => {
    const person = await reviewer(page, name, answer);
    people.push(person);
    return person;
  };
  try {
    const willing = await arrive('Vilja', 'granted');
    const refusing = await arrive('Nejla', 'denied');
    await arrive('Tyra', 'granted'); // never asks for any
    assert.ok(await (await asks(willing)).isChecked());
    const refused = await asks(refusing);
    await refusing.page.getByText('Webbläsaren tillåter inte aviseringar från Kansli.').waitFor();
    assert.ok(!(await refused.isChecked()), 'the box says how it is, not what was wished');

    await handIn(page);
    for (const person of people) {
      await shows(person, 1);
      assert.deepEqual(await told(person), [], 'who sees the page needs no notice');
      await person.page.evaluate(() => localStorage.setItem('away', 'yes'));
    }
    await handIn(page);
    for (const person of people) await shows(person, 2);
    await handIn(page);
    for (const person of people) await shows(person, 3);
    const [first, second, ...more] = await told(willing);
    assert.match(first, /^Nytt i Inkorgen: [\d\s]+ förslag väntar på dig$/);
    assert.match(second, /^Nytt i Inkorgen: /);
    assert.deepEqual(more, [], 'one for each');
    for (const person of people.filter((each) => each !== willing)) assert.deepEqual(await told(person), []);

    await willing.page.reload();
    await shows(willing, 3);
    assert.deepEqual(await told(willing), [], 'what waited when the page was opened is no news');
  } finally {
    for (const person of people) await person.context.close();
  }
}
