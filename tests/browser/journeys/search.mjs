// Someone is found by the initials of the name, as one types it.
import { settled } from '../desk.mjs';
import { must, story } from '../story.mjs';

story('journey: a person is found by initials', async ({ desks }) => {
  await desks.at('zuzhi', {}, async (page) => {
    // Whoever stands in the middle of the second page: not one who is seen anyway.
    await page.goto('/roster?page=2');
    const link = page.locator('#roster-table tbody th a').nth(20);
    const [name, href] = [(await link.textContent()).trim(), await link.getAttribute('href')];
    const initials = initialsOf(name);
    await page.goto('/roster');
    await page.locator('#roster-q').pressSequentially(initials, { delay: 30 });
    await page.waitForFunction((wanted) => document.querySelector(`#roster-table tbody a[href="${wanted}"]`), href);
    await settled(page);
    const found = await page.locator('#roster-table tbody tr').count();
    must(found < 50, `the initials ${initials} left ${found} lines`);
    await page.locator(`#roster-table tbody a[href="${href}"]`).click();
    await page.waitForURL((url) => url.pathname === href);
    must((await page.textContent('main')).includes(name), `${href} does not show ${name}`);
  });
});

// The browser's own order of Chinese by pinyin tells the initial of a character: the last letter whose first character
// does not stand after it.
const FIRST = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀'];
const LETTERS = 'abcdefghjklmnopqrstwxyz';
const pinyin = new Intl.Collator('zh-CN-u-co-pinyin');

function initialsOf(name) {
  return [...name]
    .map((c) => LETTERS[FIRST.findLastIndex((first) => pinyin.compare(first, c) <= 0)] ?? '')
    .join('');
}
