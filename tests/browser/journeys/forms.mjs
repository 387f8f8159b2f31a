// Ten names are pasted; ten forms come back in that order.
import { settled } from '../desk.mjs';
import { must, same, story } from '../story.mjs';
import { unzip } from '../xlsx.mjs';

story('journey: forms are printed for ten pasted names in their order', async ({ desks }) => {
  await desks.at('zuzhi', {}, async (page) => {
    await page.goto('/roster?page=3');
    const all = (await page.locator('#roster-table tbody th a').allTextContents()).map((name) => name.trim());
    // An order that no list of the program has.
    const names = [...new Set(all)].slice(0, 10).sort((a, b) => (a.codePointAt(1) % 97) - (b.codePointAt(1) % 97));
    same(names.length, 10, 'names');

    const list = async (form) => {
      await page.goto('/forms');
      await page.fill('#names', names.join('\n'));
      await page.click('form[action="/forms/list"] button');
      await page.waitForSelector('#list');
      // Of namesakes one is chosen by hand, as the page asks.
      for (const choice of await page.locator('#list select[name=p]').all()) await choice.selectOption({ index: 1 });
      same(await page.locator('#list tbody tr').count(), 10, 'lines of the list');
      await page.selectOption('#form', form);
      await page.click('form[action="/forms/print"] button');
      await page.waitForSelector('#job a.btn-primary', { timeout: 120_000 });
      await settled(page);
      const href = await page.locator('#job a.btn-primary').getAttribute('href');
      // What the browser would show or save, with its own session.
      return page.evaluate(async (address) => {
        const answer = await fetch(address);
        const bytes = new Uint8Array(await answer.arrayBuffer());
        let text = '';
        for (const b of bytes) text += String.fromCharCode(b);
        return { kind: answer.headers.get('content-type'), text: btoa(text) };
      }, href);
    };

    const pdf = await list('cadre-pdf');
    same(pdf.kind, 'application/pdf', 'kind of the forms');
    const bytes = Buffer.from(pdf.text, 'base64');
    same(bytes.toString('latin1', 0, 5), '%PDF-', 'beginning of the file');
    const said = await page.locator('#job').innerText();
    const pages = Number(said.match(/(\d+) ?页/)?.[1]);
    must(pages >= 20 && pages % 2 === 0, `ten forms of two pages or more: ${said}`);

    const forms = await list('cadre-lrmx');
    const files = [...unzip(Buffer.from(forms.text, 'base64')).entries()].sort(([a], [b]) => a.localeCompare(b, 'zh', { numeric: true }));
    same(files.map(([, content]) => content.toString('utf8').match(/<XingMing>([^<]*)</)?.[1]), names, 'names of the forms in their order');
  });
});
