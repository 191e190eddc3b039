// The pages. The one for questions comes with the program; the code of the others comes when it is first needed.
import type { Component } from 'svelte';
import AskPage from '../features/ask/AskPage.svelte';
import EnterPage from '../features/sign_in/EnterPage.svelte';
import MissingPage from './MissingPage.svelte';
import type { PageName } from './place.svelte';

// What stands between braces in the page's address.
export type Page = Component<{ id: string; token: string }>;

const later: Partial<Record<PageName, () => Promise<{ default: unknown }>>> = {
  search: () => import('../features/search/SearchPage.svelte'),
  documents: () => import('../features/documents/DocumentsPage.svelte'),
  document: () => import('../features/documents/DocumentPage.svelte'),
  desk: () => import('../features/desk/DeskPage.svelte'),
  proposal: () => import('../features/desk/ProposalPage.svelte'),
  record: () => import('../features/record/RecordPage.svelte'),
  measures: () => import('../features/measures/MeasuresPage.svelte'),
  measures_settings: () => import('../features/measures/MeasuresSettingsPage.svelte'),
  question: () => import('../features/measures/QuestionPage.svelte'),
  retention: () => import('../features/retention/RetentionPage.svelte'),
  subject: () => import('../features/subject/SubjectPage.svelte'),
  release: () => import('../features/release/ReleasePage.svelte'),
  settings: () => import('../features/settings/SettingsPage.svelte'),
  people: () => import('../features/people/PeoplePage.svelte'),
  glossary: () => import('../features/glossary/GlossaryPage.svelte'),
  account: () => import('../features/account/AccountPage.svelte'),
};

// Pages that take nothing of the address have another type, and get what they do not ask for.
const loaded = new Map<PageName, unknown>([
  ['ask', AskPage],
  ['enter', EnterPage],
  ['missing', MissingPage],
]);

// Brings the page's code. Fails when the server is out of reach, or has been replaced by a newer one meanwhile.
export async function loadPage(name: PageName): Promise<void> {
  const bring = later[name];
  if (loaded.has(name) || !bring) return;
  loaded.set(name, (await bring()).default);
}

// Requires: `loadPage` has brought it.
export function pageOf(name: PageName): Page {
  return (loaded.get(name) ?? MissingPage) as Page;
}

// Brings the rest while nobody waits.
export function loadTheRest(): void {
  for (const name of Object.keys(later) as PageName[]) void loadPage(name).catch(() => undefined);
}
