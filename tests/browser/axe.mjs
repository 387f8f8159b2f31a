// What axe finds against WCAG 2, levels A and AA. Nothing is let through.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The faults of a page, one line each. */
export async function faults(page) {
  // Run in the page from outside, as the inspector does: the page's own policy would refuse a script tag.
  await page.evaluate(await source);
  const found = await page.evaluate(() =>
    window.axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }, resultTypes: ['violations'] }),
  );
  return found.violations.flatMap((v) =>
    v.nodes.slice(0, 4).map((n) => `${v.id}: ${v.help}\n  ${n.html.slice(0, 200)}\n  ${n.failureSummary.replaceAll('\n', ' ').slice(0, 300)}`),
  );
}
