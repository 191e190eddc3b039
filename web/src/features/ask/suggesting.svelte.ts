// Questions to choose from while somebody types. A newer request cancels the older, and nothing is asked for until the hands rest a moment.
import { get, isAbort } from '../../api/client';
import type { QuestionList } from '../../api/types';
import { announcer } from '../../app/announcer.svelte';
import { counted } from '../../app/language.svelte';
import { screen } from '../../app/screen.svelte';

const rest = 150; // milliseconds
const shortest = 3;
const onNarrow = 3; // so many beside a keyboard on the glass
const longest = 200; // what is longer, or has several lines, is no beginning any more

export class Suggesting {
  questions = $state.raw<string[]>([]);
  active = $state(-1); // the one that the arrow keys have come to; -1: none
  private running: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  get open(): boolean {
    return this.questions.length > 0;
  }

  typed(text: string): void {
    this.cancel();
    this.active = -1;
    const wanted = text.trimStart();
    if (wanted.length < shortest || wanted.length > longest || wanted.includes('\n')) {
      this.questions = [];
      return;
    }
    this.timer = setTimeout(() => void this.fetch(wanted), rest);
  }

  close(): void {
    this.cancel();
    this.active = -1;
    this.questions = [];
  }

  // To the next one, or the one before; round and round, by way of none.
  move(step: 1 | -1): void {
    const places = this.questions.length + 1;
    this.active = ((this.active + 1 + step + places) % places) - 1;
  }

  private cancel(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = undefined;
  }

  private async fetch(typed: string): Promise<void> {
    const mine = new AbortController();
    this.running = mine;
    try {
      const { questions } = await get<QuestionList>('/api/ask/suggestions', { q: typed }, mine.signal);
      if (this.running !== mine) return;
      const shown = screen.narrow ? questions.slice(0, onNarrow) : questions;
      if (shown.length > 0 && !this.open) announcer.say(counted('ask.suggested', shown.length));
      this.active = -1;
      this.questions = shown;
    } catch (error) {
      // Nobody has asked for suggestions: that there are none needs no words.
      if (!isAbort(error) && this.running === mine) this.questions = [];
    }
  }
}
