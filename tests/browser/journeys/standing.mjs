// A civil servant reads on a phone what holds, what is missing, what the pay is made of and who looked, and asks for a
// correction; the organization department accepts it.
import { must, same, story } from '../story.mjs';

story('journey: one reads one\'s own standing on a phone and has a fact corrected', async ({ desks }) => {
  // Someone of the organization department looks at the pay of the person first.
  const own = await desks.at('zuzhi', {}, async (page) => {
    await page.goto('/corrections');
    const href = await page.locator('main h2 a[href^="/person/"]').first().getAttribute('href').catch(() => null);
    return href && href.split('?')[0];
  });
  await desks.at('geren', { size: 'phone' }, async (page) => {
    await page.goto('/');
    await page.click('label.menu-open');
    await page.click('nav a[href="/mine"]');
    await page.waitForURL(/\/mine/);
    must((await page.locator('#holds .pay-line, #holds details').count()) > 0, 'nothing is said of what holds the person');
    must((await page.locator('#next ul.reasons li').count()) > 0, 'no reasons for the next rank');
    must((await page.locator('#next ul.reasons li details, #next ul.reasons .source').count()) > 0, 'no clause for the next rank');
    const lines = await page.locator('#pay .pay-line:not(.total)').evaluateAll((all) => all.map((l) => ({ value: l.querySelector('.num').innerText, clause: l.querySelector('details summary')?.innerText ?? '' })));
    must(lines.length >= 3, `lines of pay: ${JSON.stringify(lines)}`);
    const bare = lines.filter((l) => /\d/.test(l.value) && !l.clause);
    same(bare, [], 'lines of pay without a clause');
    // The clause is read where one is.
    const clause = page.locator('#pay .pay-line details').first();
    await clause.locator('summary').click();
    must((await clause.innerText()).length > 12, 'a clause has no text');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    must(wide <= 0, `the page is ${wide} points wider than the phone`);

    await page.fill('#c-wrong', '学历少登记了一项');
    await page.fill('#c-right', '2019 年取得在职大学本科学历');
    await page.fill('#c-evidence', '毕业证书编号 990101201900001');
    await page.click('form[action="/mine/correction"] button');
    await page.waitForURL(/\/mine/);
    must((await page.locator('#corrections').innerText()).includes('学历少登记了一项'), 'the request is not shown to its author');
  });

  const place = await desks.at('zuzhi', {}, async (page) => {
    await page.goto('/corrections');
    const asked = page.locator('main section.panel').filter({ hasText: '学历少登记了一项' });
    const person = (await asked.locator('h2 a').getAttribute('href')).split('?')[0];
    await page.goto(`${person}?tab=standing`);
    await page.goto('/corrections');
    await asked.locator('[name=ground]').fill('已核对毕业证书');
    await asked.locator('button[value=accept]').click();
    await page.waitForURL(/\/person\//);
    return person;
  });
  if (own) same(place, own, 'whose request it is');

  await desks.at('geren', { size: 'phone' }, async (page) => {
    await page.goto('/mine');
    const mine = page.locator('#corrections .pay-line').filter({ hasText: '学历少登记了一项' });
    same(await mine.locator('.chip').getAttribute('class'), 'chip ok', 'the answer to the request');
    must((await page.locator('#looks').innerText()).includes('组织部'), 'the look of the organization department is not told');
    await page.goto('/account/looks');
    must((await page.locator('main').innerText()).includes('组织部'), 'the look is not among the looks at the file');
  });
});
