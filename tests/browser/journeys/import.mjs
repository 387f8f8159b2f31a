// A clerk fills in the template, thirty things are wrong; each is named by sheet, row and column; mended, it comes in, and
// goes out again as one act.
import { send, template } from '../laid.mjs';
import { SOUND, book, withFaults } from '../roster.mjs';
import { must, same, story } from '../story.mjs';
import { read } from '../xlsx.mjs';
import { fetched } from '../desk.mjs';

const found = async (page, name) => {
  await page.goto(`/roster?q=${encodeURIComponent(name)}`);
  return page.locator('#roster-table tbody tr').count();
};

story('journey: a workbook with thirty faults is mended, imported and undone', async ({ desks }) => {
  await desks.at('zuzhi', {}, async (page) => {
    const blank = await template(page);
    const { bytes, planted } = withFaults(blank);
    same(planted.length, 30, 'faults planted');

    const place = await send(page, '新进人员.xlsx', bytes);
    await page.goto(`${place}?kind=error`);
    const rows = await page.locator('main tbody tr').evaluateAll((all) => all.map((row) => row.innerText.replaceAll(/\s+/g, ' ')));
    same(rows.length, 30, 'rows at fault');
    for (const { sheet, row, column } of planted) {
      must(rows.some((said) => said.includes(`${sheet} ${row} `) && said.includes(column)), `nothing is said of ${sheet}, row ${row}, ${column}:\n${rows.join('\n')}`);
    }

    // The same workbook comes back with what is wrong beside each row.
    const back = read(await fetched(page, () => page.click('a[href$="/back"]')));
    for (const { sheet, row } of planted) must(back.get(sheet)[row - 1].at(-1).length > 3, `the workbook that comes back says nothing at ${sheet}, row ${row}`);
    same(await found(page, '林小禾'), 0, 'people of a workbook that was only read');

    const mended = await send(page, '新进人员（改）.xlsx', book(blank, SOUND));
    const tabs = await page.locator('main .tabs').innerText();
    must(/差错\s*0|有误\s*0|错误\s*0/.test(tabs), `the mended workbook still has faults: ${tabs}`);
    await page.click('form[action$="/apply"] button');
    await page.waitForURL((url) => url.pathname === mended, { timeout: 120_000 });
    await page.waitForSelector('form[action$="/undo"]');
    same(await found(page, '林小禾'), 1, 'people of the mended workbook');
    same(await found(page, 'mqy'), 1, 'people found by the initials of a name that was imported');

    await page.goto(mended);
    await page.click('form[action$="/undo"] button');
    await page.click('dialog .btn-primary, dialog .btn-danger');
    await page.waitForLoadState();
    await page.waitForFunction(() => !document.querySelector('form[action$="/undo"]'));
    same(await found(page, '林小禾'), 0, 'people after the import was undone');
  });
});
