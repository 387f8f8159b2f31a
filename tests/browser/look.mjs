// Every page of the table, in both languages and both sizes: answers, complains of nothing, axe finds nothing, nothing
// runs out at the side, and its picture is the one that is kept.
import { faults } from './axe.mjs';
import { SIZES, settled } from './desk.mjs';
import { PAGES, address } from './pages.mjs';
import { picture } from './pictures.mjs';
import { must, same, story } from './story.mjs';

for (const entry of PAGES) {
  story(`page ${entry.name}`, async ({ desks }) => {
    const wrong = [];
    for (const lang of ['zh', 'en']) {
      for (const size of Object.keys(SIZES)) {
        const here = `${entry.name}-${lang}-${size}`;
        await desks.at(entry.role, { lang, size }, async (page) => {
          const before = desks.complaints.length;
          const answer = await page.goto(await address(entry, page));
          same(answer.status(), entry.status ?? 200, `${here}: status`);
          await entry.act?.(page);
          await settled(page);
          await picture(page, here).catch((error) => wrong.push(error.message));
          for (const fault of await faults(page)) wrong.push(`${here}: ${fault}`);
          const spills = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (spills > 0) wrong.push(`${here}: the page is ${spills} points wider than the window`);
          const shown = await page.evaluate(() => document.documentElement.lang);
          if (!shown.startsWith(lang)) wrong.push(`${here}: says that its language is ${shown}`);
          wrong.push(...desks.complaints.slice(before));
        });
      }
    }
    must(wrong.length === 0, wrong.join('\n'));
  });
}
