// What screen readers are told besides what has the focus: one polite live region for the whole program.
class Announcer {
  text = $state('');

  say(text: string): void {
    // The same words twice in a row are only read when the region was empty in between.
    this.text = '';
    setTimeout(() => (this.text = text), 50);
  }
}

export const announcer = new Announcer();
