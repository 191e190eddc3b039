// Whether there is room for a source beside the page. The same limit stands in the style sheets.
const query = '(max-width: 60rem)';

class Screen {
  narrow = $state(window.matchMedia(query).matches);

  listen(): () => void {
    const list = window.matchMedia(query);
    const change = () => (this.narrow = list.matches);
    change();
    list.addEventListener('change', change);
    return () => list.removeEventListener('change', change);
  }
}

export const screen = new Screen();
