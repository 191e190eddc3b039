// Brings an element to the middle of what scrolls around it, unless it is in sight already. `scrollIntoView` would move the
// page beside the source as well.
export function bringIntoSight(element: Element | null | undefined): void {
  if (!element) return;
  for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(around);
    const [inner, outer] = [element.getBoundingClientRect(), around.getBoundingClientRect()];
    if (/auto|scroll/.test(overflowY)) around.scrollTop += way(inner.top, inner.bottom, outer.top, outer.bottom);
    if (/auto|scroll/.test(overflowX)) around.scrollLeft += way(inner.left, inner.right, outer.left, outer.right);
  }
}

// So near the edge the passage's next lines may be hidden.
const edge = 64;

function way(start: number, end: number, from: number, to: number): number {
  return start >= from && end <= to - edge ? 0 : (start + end - from - to) / 2;
}
