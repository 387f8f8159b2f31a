// A proposal is written in the browser: a fault is told where it stands; mended and published, it is tried on the roster,
// and those whose standing would change are listed.
import { proposed, tried } from '../laid.mjs';
import { must, same, story } from '../story.mjs';

story('journey: a proposal is written, mended and tried on the roster', async ({ desks }) => {
  await desks.at('zhengce', {}, async (page) => {
    const faulty = proposed(page, 'trial-of-a-year', '试写', (text) => text.replace(/confidence = "[A-D]"/, 'confidence = "Z"'));
    // It is not saved: the editor stays, and says where the fault is.
    await page.waitForSelector('#editor .notice.bad', { timeout: 20_000 });
    must(/第 ?\d+ ?行/.test(await page.innerText('#editor')), 'the fault is not told by its line');
    await page.fill('#text', (await page.inputValue('#text')).replace('confidence = "Z"', 'confidence = "B"'));
    await page.click('button[name=act][value=save]');
    same(await faulty, '/policy/write/trial-of-a-year', 'where the proposal is kept');
    await page.click('form[action$="/publish"] button');
    await page.waitForSelector('form[action$="/withdraw"]');
  });
  await desks.at('zuzhi', {}, async (page) => {
    const roster = async () => {
      await page.goto('/roster?per=200');
      return page.locator('#roster-table tbody tr').allInnerTexts();
    };
    const before = await roster();
    await tried(page, 'trial-of-a-year');
    const tiles = await page.locator('main .tile .value').allTextContents();
    const [people, changed] = tiles.map((text) => Number(text.replaceAll(/\D/g, '')));
    must(people > 1000 && changed > 0 && changed <= people, `in service and changed: ${tiles}`);
    const first = page.locator('#changes tbody tr').first();
    must((await first.locator('a[href^="/policy/clause/"], a[href^="/person/"]').count()) >= 2, 'a change does not name its person and clause');
    const owed = page.locator('#changes tbody tr', { has: page.locator('a[href^="/policy/clause/"][title="试写"]') }).first();
    await owed.locator('a[href^="/person/"]').click();
    await page.waitForURL(/\/person\/\d+/);
    // What would be, is not what is: the person's standing does not rest on the proposal, and the roster is as it was.
    const file = await page.textContent('main');
    must(file.includes('公务员职务与职级并行规定') && !file.includes('试写'), 'a standing rests on a proposal');
    must(before.length > 100, `lines of the roster: ${before.length}`);
    same(await roster(), before, 'the roster after a trial');
  });
  // Who may not see single people sees sums alone.
  await desks.at('zhengce', {}, async (page) => {
    await tried(page, 'trial-of-a-year');
    same(await page.locator('main a[href^="/person/"]').count(), 0, 'people shown to one who may not see files');
  });
});
