// The JSON that the server speaks. An optional value that is not set is either absent or null.

export type Maybe<T> = T | null | undefined;

export type Role = 'reader' | 'editor' | 'administrator';
export type InformationClass = 'open' | 'internal' | 'confidential' | 'secret';
export type Validity = 'applies' | 'not_yet' | 'expired' | 'replaced';

export const roles: Role[] = ['reader', 'editor', 'administrator'];
export const informationClasses: InformationClass[] = ['open', 'internal', 'confidential', 'secret'];
export const documentKinds = [
  'statute',
  'policy',
  'guideline',
  'plan',
  'fee_schedule',
  'decision',
  'minutes',
  'form',
  'faq',
  'web_page',
  'letter',
  'other',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

export interface User {
  id: string;
  name: string;
  role: Role;
  groups: string[];
}

export interface Session {
  user: User;
  csrf: string;
  version: string;
  municipality: string;
}

export interface Collection {
  name: string;
  documents: number;
}

export interface Attributes {
  title: string;
  kind: DocumentKind;
  owner: string;
  source: string;
  reference: string;
  information_class: InformationClass;
  access: string[];
  valid_from?: Maybe<string>;
  valid_to?: Maybe<string>;
  replaced_by?: Maybe<string>;
}

export interface DocumentView {
  id: string;
  collection: string;
  file_name: string;
  current_version: string;
  versions: number;
  changed: string;
  attributes: Attributes;
  validity: Validity;
}

export interface VersionSummary {
  id: string;
  number: number;
  imported: string;
  file_name: string;
  file_hash: string;
  format: string;
  pages: number;
  sections: number;
  current: boolean;
  warnings: string[];
}

export interface DocumentDetails {
  document: DocumentView;
  versions: VersionSummary[];
}

// Offsets are bytes of the version's UTF-8 text: heading from `start`, own text from `body` to `end`.
export interface Section {
  ordinal: number;
  parent: number;
  level: number;
  path: string;
  heading: string;
  trail?: string[];
  role?: 'text' | 'repealed' | 'contents';
  start: number;
  body: number;
  end: number;
}

export interface VersionView {
  document: string;
  version: string;
  title: string;
  format: string;
  pages: number;
  page_width: number;
  page_height: number;
  validity: Validity;
  sections: Section[];
}

export interface SectionView {
  section: Section;
  text: string;
  page?: Maybe<number>;
}

// Points from the page's top left corner.
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Place {
  start: number;
  end: number;
  page: number;
  box: Box;
}

export interface PlaceList {
  places: Place[];
  page_width: number;
  page_height: number;
}

export interface DifferencePiece {
  kind: 'same' | 'inserted' | 'deleted';
  text: string;
}

export interface SectionDifference {
  path: string;
  state: 'changed' | 'added' | 'removed';
  pieces: DifferencePiece[];
}

// Bytes of the text they belong to.
export interface Span {
  start: number;
  end: number;
}

export interface Hit {
  document: string;
  version: string;
  section: number;
  title: string;
  reference: string;
  collection: string;
  file_name: string;
  kind: DocumentKind;
  path: string;
  trail: string[];
  score: number;
  snippet: string;
  marks: Span[];
  validity: Validity;
  page?: Maybe<number>;
}

export interface Results {
  hits: Hit[];
  total: number;
  total_is_exact: boolean;
  suggestion?: Maybe<string>;
}

export interface ExplainedTerm {
  word: string;
  matched: string;
  relation: string;
  field: string;
  occurrences: number;
  weight: number;
}

// `quote` is byte for byte the version's text between `start` and `end`.
export interface Citation {
  sentence: string;
  quote: string;
  document: string;
  version: string;
  title: string;
  reference: string;
  path: string;
  page?: Maybe<number>;
  start: number;
  end: number;
  valid: boolean;
}

export interface Reading {
  document: string;
  version: string;
  title: string;
  path: string;
  section: number;
}

export interface Answer {
  answerable: boolean;
  support: number;
  answer: string;
  citations: Citation[];
  reason?: Maybe<string>;
  nearest: Reading[];
  entry?: Maybe<number>;
}

export type FileState = 'waiting' | 'reading' | 'indexing' | 'done' | 'unchanged' | 'failed' | 'cancelled';

export interface ShownError {
  message: string;
  where: string;
  advice: string;
}

export interface FileReport {
  name: string;
  state: FileState;
  document?: Maybe<string>;
  version?: Maybe<string>;
  new_version: boolean;
  sections: number;
  error?: Maybe<ShownError>;
  warnings: string[];
}

export interface ImportJob {
  id: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  created: string;
  files: FileReport[];
  error?: Maybe<ShownError>;
}

export interface ImportOptions {
  collection: string;
  title?: string;
  kind?: DocumentKind;
  owner?: string;
  information_class?: InformationClass;
  access?: string[];
  valid_from?: string;
  valid_to?: string;
  as_version_of?: string;
}

export interface RecordEntry {
  number: number;
  moment: string;
  actor: string;
  kind: string;
  subject: string;
  content: unknown;
  previous: string;
  hash: string;
}

export interface Verification {
  entries: number;
  head: string;
  first_broken?: Maybe<number>;
  reason: string;
}

export interface Source {
  id: string;
  kind: 'folder' | 'web';
  collection: string;
  locations: string[];
  interval_minutes: number;
  polled?: Maybe<string>;
  problem?: Maybe<string>;
  items: number;
}

export interface Status {
  version: string;
  documents: number;
  sections: number;
  index: { state: string; progress: number };
  allowed_hosts: string[];
}
