// By keyboard alone: sign in, find, open, go through the tabs, sign out. What has the focus is seen.
import { must, same, story } from '../story.mjs';

const PASSWORD = 'takeroot-demo';

/** Presses Tab until what has the focus fits. */
async function tabTo(page, selector, most = 60) {
  let last = '';
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate((wanted) => {
      const here = document.activeElement;
      if (!here || here === document.body) return { fits: false };
      const style = getComputedStyle(here);
      const box = here.getBoundingClientRect();
      return { fits: here.matches(wanted), seen: here.matches('.only-read, .skip') || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none', shown: box.width > 0, what: here.outerHTML.slice(0, 120) };
    }, selector);
    // The parts of a date are shown by the browser itself.
    if (at.what && at.what !== last) must(at.seen, `nothing shows that the focus is at ${at.what}`);
    last = at.what;
    if (at.fits) return;
  }
  throw new Error(`${selector} was not reached in ${most} steps`);
}

story('journey: by keyboard alone', async ({ desks }) => {
  await desks.at(null, {}, async (page) => {
    await page.goto('/roster');
    must(new URL(page.url()).pathname === '/sign-in', 'not asked to sign in');
    await page.keyboard.type('zuzhi');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/roster');

    // The first stop leads past the menu.
    await page.keyboard.press('Tab');
    same(await page.evaluate(() => document.activeElement.className), 'skip', 'the first stop');

    // "/" goes to the search of the page's head; initials and Enter find.
    await page.locator('body').press('/');
    must(await page.evaluate(() => document.activeElement.matches('[data-find]')), '/ does not go to the search');
    await page.keyboard.type('l');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=l/);

    // Down the list, a choice, and into a file.
    await tabTo(page, '#roster-table tbody tr');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    same(await page.textContent('[data-selected]'), '1', 'chosen by the space bar');
    const href = await page.evaluate(() => document.activeElement.dataset.href);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === href);

    await tabTo(page, '.tabs a[href*="tab=timeline"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/tab=timeline/);
    same(await page.locator('.tabs [aria-current]').count(), 1, 'the tab that is shown');

    await page.goto('/');
    await tabTo(page, '.top details.drop > summary');
    await page.keyboard.press('Enter');
    await tabTo(page, 'form[action="/sign-out"] button', 6);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/sign-in');
    await page.goto('/roster');
    must(new URL(page.url()).pathname === '/sign-in', 'signed out, and the roster still opens');
  });
});
