// What several pages need to know of the library: its collections and the owners of its documents.
import { get } from '../api/client';
import type { Collection, DocumentView } from '../api/types';

class LibraryState {
  collections = $state.raw<Collection[]>([]);
  owners = $state.raw<string[]>([]);
  loaded = $state(false);

  async loadCollections(): Promise<void> {
    const answer = await get<{ collections: Collection[] }>('/api/collections');
    this.collections = answer.collections;
    this.loaded = true;
  }

  async loadOwners(): Promise<void> {
    this.learnOwners((await get<{ documents: DocumentView[] }>('/api/documents')).documents);
  }

  learnOwners(documents: DocumentView[]): void {
    const owners = new Set(documents.map((document) => document.attributes.owner).filter((owner) => owner !== ''));
    this.owners = [...owners].sort((a, b) => a.localeCompare(b, 'sv'));
  }
}

export const library = new LibraryState();
