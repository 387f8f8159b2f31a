// Every page of the table, in both languages and both sizes: answers, complains of nothing, axe finds nothing, nothing
// runs out at the side, and its picture is the one that is kept. No page of the program is without a picture.
import { readFile } from 'node:fs/promises';
import { faults } from './axe.mjs';
import { SIZES, settled } from './desk.mjs';
import { layOut } from './laid.mjs';
import { NO_PAGE, PAGES } from './pages.mjs';
import { orphans, picture, styles } from './pictures.mjs';
import { must, same, story } from './story.mjs';

/** Words of the machine, and words of the frame that are not in the reader's language. Data keep the language they are in. */
const strange = (page, lang) =>
  page.evaluate((chinese) => {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.data.trim();
      const parent = node.parentElement;
      if (!text || parent.closest('script, style, code, textarea, .mono, .watermark, [lang]:not(html)')) continue;
      if (/^[a-z]+([-_.:][a-z0-9]+)+$/.test(text) || /\{ ?\$|\bNone\b|\bSome\(|\bundefined\b|\bNaN\b|Unknown localization/.test(text)) found.push(`a word of the machine: ${text}`);
      if (!chinese && /\p{Script=Han}/u.test(text) && parent.closest('button, .btn, label:not(.check), legend, th[scope=col], .tabs a, .menu nav a, .group, .hint, .empty, dt') && !parent.closest('.top, [data-own]')) found.push(`not in English: ${text}`);
    }
    return found.slice(0, 12);
  }, lang === 'zh');

/** Paths that were looked at. */
const seen = new Set();

for (const entry of PAGES) {
  story(`page ${entry.name}`, async ({ desks }) => {
    const laid = await layOut(desks);
    const wrong = [];
    for (const lang of ['zh', 'en']) {
      for (const size of Object.keys(SIZES)) {
        const here = `${entry.name}-${lang}-${size}`;
        await desks.at(entry.role, { lang, size }, async (page) => {
          const before = desks.complaints.length;
          const place = typeof entry.at === 'function' ? entry.at(laid) : entry.at;
          const answer = await page.goto(place);
          seen.add(place.split('?')[0]);
          same(answer.status(), entry.status ?? 200, `${here}: status`);
          await entry.act?.(page, laid);
          await settled(page);
          seen.add(new URL(page.url()).pathname);
          for (const fault of await faults(page)) wrong.push(`${here}: ${fault}`);
          const spills = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (spills > 0) wrong.push(`${here}: the page is ${spills} points wider than the window`);
          const shown = await page.evaluate(() => document.documentElement.lang);
          if (!shown.startsWith(lang)) wrong.push(`${here}: says that its language is ${shown}`);
          for (const word of await strange(page, lang)) wrong.push(`${here}: ${word}`);
          wrong.push(...desks.complaints.slice(before));
          await picture(page, here, entry.moving).catch((error) => wrong.push(error.message));
        });
      }
    }
    must(wrong.length === 0, wrong.join('\n'));
  });
}

story('page styles are those of the pictures', async ({ desks }) => {
  await desks.at(null, {}, async (page) => {
    await page.goto('/sign-in');
    const sheet = await page.locator('link[rel=stylesheet]').getAttribute('href');
    await styles(await page.evaluate((href) => fetch(href).then((answer) => answer.text()), sheet));
  });
});

story('every page of the routes has its picture', async ({ whole }) => {
  if (!whole) return;
  const table = await readFile(new URL('../../crates/web/src/routes.rs', import.meta.url), 'utf8');
  const routes = [...table.matchAll(/\("GET", "([^"]+)"/g)].map((m) => m[1]);
  must(routes.length > 20, 'the table of routes was not found');
  const is = (route) => new RegExp(`^${route.replaceAll(/\{[^}]+\}/g, '[^/]+').replaceAll('.', '\\.')}$`);
  const without = routes.filter((route) => !NO_PAGE.includes(route) && !route.startsWith('/api/') && ![...seen].some((path) => is(route).test(path)));
  same(without, [], 'pages that tests/browser/pages.mjs does not visit');
  same(NO_PAGE.filter((route) => !routes.includes(route)), [], 'routes without a page that are no routes');
  same(await orphans(), [], 'pictures of no page');
});
