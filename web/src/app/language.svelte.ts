// The interface's words. Swedish is the source; English has the same keys.
import sv from '../locales/sv.json';

export type Language = 'sv' | 'en';
export type Words = keyof typeof sv;
type Values = Record<string, string | number>;

const stored = 'kansli.language';

function initial(): Language {
  return document.documentElement.lang === 'en' ? 'en' : 'sv';
}

class LanguageChoice {
  current = $state<Language>(initial());
  words = $state.raw<Record<Words, string>>(sv);

  // Brings the words of the language chosen earlier. Fails when the server is out of reach.
  async ready(): Promise<void> {
    this.words = this.current === 'en' ? (await import('../locales/en.json')).default : sv;
  }

  async choose(language: Language): Promise<void> {
    const before = this.current;
    this.current = language;
    try {
      await this.ready();
    } catch {
      this.current = before;
      return;
    }
    document.documentElement.lang = language;
    try {
      localStorage.setItem(stored, language);
    } catch {
      // Without storage the choice lasts until the page is closed.
    }
  }
}

export const language = new LanguageChoice();

export function t(key: Words, values: Values = {}): string {
  return language.words[key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

// A word for a value the server sent, such as a kind; the value itself when there is no word for it.
export function word(group: string, value: string): string {
  const key = `${group}.${value}`;
  return key in sv ? t(key as Words) : value;
}

// "1 träff", "12 träffar": the keys end in `.one` and `.other`.
export function counted(key: string, count: number): string {
  return t(`${key}.${count === 1 ? 'one' : 'other'}` as Words, { count: number(count) });
}

function locale(): string {
  return language.current === 'sv' ? 'sv-SE' : 'en-GB';
}

export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

export function percent(value: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(value);
}

// "2026-01-01" as "1 januari 2026". Days carry no time zone.
export function day(value: string): string {
  const date = new Date(`${value}T12:00:00Z`);
  if (Number.isNaN(date.getTime())) return value;
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeZone: 'UTC' }).format(date);
}

export function moment(value: string): string {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  return new Intl.DateTimeFormat(locale(), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Stockholm',
  }).format(date);
}

// "10:42", or the whole moment when it was another day.
export function clock(value: string): string {
  const date = new Date(value);
  const zone = { timeZone: 'Europe/Stockholm' };
  const dayOf = (one: Date) => new Intl.DateTimeFormat('sv-SE', zone).format(one);
  if (Number.isNaN(date.getTime()) || dayOf(date) !== today()) return moment(value);
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'short', ...zone }).format(date);
}

// Today in Sweden, as the server writes days.
export function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
}
