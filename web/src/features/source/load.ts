// Everything the source panel shows of one passage, fetched together.
import { get, Problem } from '../../api/client';
import type { DocumentDetails, Place, PlaceList, Section, SectionView, VersionView } from '../../api/types';
import type { SourceTarget } from './source.svelte';

export interface LoadedSource {
  version: VersionView;
  details: DocumentDetails | undefined;  // not there when the document has been withdrawn since
  sections: SectionView[];
  places: Place[];
  pageWidth: number;
  pageHeight: number;
}

const mostSections = 8;

// The sections whose own text a passage touches, in order.
export function touchedSections(sections: Section[], start: number, end: number): Section[] {
  const touched = sections.filter((section) => section.start < end && section.end > start);
  if (touched.length > 0) return touched.slice(0, mostSections);
  const before = sections.filter((section) => section.start <= start);
  return before.slice(-1);
}

async function detailsOf(document: string, signal: AbortSignal): Promise<DocumentDetails | undefined> {
  try {
    return await get<DocumentDetails>(`/api/documents/${document}`, {}, signal);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined;
    throw error;
  }
}

export async function loadSource(target: SourceTarget, signal: AbortSignal): Promise<LoadedSource> {
  const base = `/api/versions/${target.version}`;
  const [version, details] = await Promise.all([
    get<VersionView>(base, {}, signal),
    detailsOf(target.document, signal),
  ]);
  const passage = target.passage;
  const wanted = passage
    ? touchedSections(version.sections, passage.start, passage.end)
    : version.sections.filter((section) => section.ordinal === target.section);
  const sections = await Promise.all(
    wanted.map((section) => get<SectionView>(`${base}/sections/${section.ordinal}`, {}, signal)),
  );
  const from = passage?.start ?? wanted[0]?.start;
  const to = passage?.end ?? wanted[0]?.end;
  const onPaper = version.pages > 0 && from !== undefined && to !== undefined;
  const list = onPaper ? await get<PlaceList>(`${base}/places`, { start: from, end: to }, signal) : undefined;
  return {
    version,
    details,
    sections,
    places: list?.places ?? [],
    pageWidth: list?.page_width || version.page_width,
    pageHeight: list?.page_height || version.page_height,
  };
}
