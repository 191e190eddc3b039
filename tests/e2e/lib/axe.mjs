// axe-core on a page. It is put in through the debugging protocol, so the page's content security policy stays as it is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

async function faults(page, within, runOnly) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  return page.evaluate(async ([place, only]) => {
    // Parts that wait outside the window to be drawn still have the colours of before a change.
    const drawn = new CSSStyleSheet();
    drawn.replaceSync('* { content-visibility: visible !important }');
    document.adoptedStyleSheets = [drawn];
    const { violations } = await globalThis.axe.run(place ?? document, {
      runOnly: only,
      resultTypes: ['violations'],
      preload: false,
    });
    const told = 3;
    return violations.flatMap(({ id, help, nodes }) => [
      ...nodes.slice(0, told).map(({ target, failureSummary }) => `${id}: ${target.join(' ')} – ${failureSummary ?? help}`),
      ...(nodes.length > told ? [`${id}: … and ${nodes.length - told} more`] : []),
    ]);
  }, [within, runOnly]);
}

// `within` is a selector; without it the whole page is judged.
export function accessibilityFaults(page, within) {
  return faults(page, within, { type: 'tag', values: tags });
}

// What can differ when only the colours do.
export function contrastFaults(page, within) {
  return faults(page, within, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
}
