// An analyst asks what a proposal would do, watches the run, stops another, moves the ages by keyboard, hands the link to
// one who may only read; whoever may not is turned away.
import { faults } from '../axe.mjs';
import { asks, whole } from '../laid.mjs';
import { must, same, story } from '../story.mjs';

story('journey: proposals are run in the lab, and the link gives the same to whoever may read', async ({ desks }) => {
  let link;
  let said;
  await desks.at('zhengce', {}, async (page) => {
    await page.goto('/lab');
    await page.fill('#lab-years', '2');
    await page.click('#lab-form button.btn-primary');
    await page.waitForSelector('#d-with .error');
    must((await page.inputValue('#lab-years')) === '2', 'what was typed is gone');
    // A long run shows how far it is and is stopped.
    await asks(page, ['township-tilt'], { years: 40, replicates: 2000 });
    await page.waitForSelector('#lab-work progress');
    await page.click('#lab-work form[action$="/stop"] button');
    await page.waitForSelector('#lab-work .notice.warn', { timeout: 60_000 });
    // A short one is answered.
    await asks(page, ['one-rise-one-fall', 'township-tilt']);
    link = await whole(page);
    said = await page.locator('#lab-measures tbody').innerText();
    must((await page.locator('.lab-fans figure.is-drawn').count()) >= 8, 'charts are not drawn');
    // The ages are moved by keyboard, and what is said follows.
    const slide = page.locator('#lab-slide');
    await slide.focus();
    await page.keyboard.press('Home');
    const first = await slide.getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowRight');
    const second = await slide.getAttribute('aria-valuetext');
    must(first.includes('2026-07-01') && second.includes('2027') && first !== second, `the year at the slide: ${first}, ${second}`);
    same(await page.locator('#lab-ages output').textContent(), second, 'the year beside the slide');
    same(await faults(page), [], 'faults of the page');
  });
  await desks.at('caizheng', {}, async (page) => {
    await page.goto(link);
    await page.waitForSelector('#lab-sum');
    same(await page.locator('#lab-measures tbody').innerText(), said, 'the figures by the link');
    same(await page.locator('#lab-form').count(), 0, 'forms for one who only reads');
    await page.goto(link.replace(/roster=[0-9a-f]+/, 'roster=0123456789abcdef'));
    must((await page.innerText('.notice.warn')).includes('花名册'), 'the page does not say what has changed');
  });
  for (const role of ['xiangzhen', 'geren', 'shenji']) {
    await desks.at(role, {}, async (page) => same((await page.goto(link)).status(), 403, `${role} at a run`));
  }
  // Without a script everything is there as tables.
  const context = await desks.browser.newContext({ javaScriptEnabled: false, baseURL: desks.address, locale: 'zh-CN' });
  try {
    await context.addCookies(desks.cookies.get('zhengce'));
    const page = await context.newPage();
    await page.goto(link);
    must((await page.locator('#lab-ages tbody').count()) === 3, 'the ages of the years are not all in the table');
    must((await page.locator('.lab-fans table tbody tr').count()) >= 16, 'the years are not in the tables');
  } finally {
    await context.close();
  }
});
