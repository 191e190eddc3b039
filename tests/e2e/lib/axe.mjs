// axe-core on a page. It is put in through the debugging protocol, so the page's content security policy stays as it is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

async function faults(page, runOnly) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  return page.evaluate(async (only) => {
    // Parts that wait outside the window to be drawn still have the colours of before a change.
    const drawn = new CSSStyleSheet();
    drawn.replaceSync('* { content-visibility: visible !important }');
    document.adoptedStyleSheets = [drawn];
    const { violations } = await globalThis.axe.run(document, { runOnly: only, resultTypes: ['violations'] });
    const told = 3;
    return violations.flatMap(({ id, help, nodes }) => [
      ...nodes.slice(0, told).map(({ target, failureSummary }) => `${id}: ${target.join(' ')} – ${failureSummary ?? help}`),
      ...(nodes.length > told ? [`${id}: … and ${nodes.length - told} more`] : []),
    ]);
  }, runOnly);
}

export function accessibilityFaults(page) {
  return faults(page, { type: 'tag', values: tags });
}

// What can differ when only the colours do.
export function contrastFaults(page) {
  return faults(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] });
}
