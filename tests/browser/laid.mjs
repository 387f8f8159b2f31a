// What the pages show beside the county itself: a workbook sent with faults and one without, a request for a correction, a
// note, a token, an account with a second factor. Laid out once, before the first page is looked at.
import { createHmac } from 'node:crypto';
import { fetched } from './desk.mjs';
import { book, SOUND, withFaults } from './roster.mjs';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

let laid;

/** Lays it out; where the pages are that show it. */
export const layOut = (desks) => (laid ??= all(desks));

/** Sends a workbook on the import page and waits for what was read; the address of the preview. */
export async function send(page, name, bytes) {
  await page.goto('/import');
  await page.setInputFiles('input[type=file]', { name, mimeType: XLSX, buffer: bytes });
  await page.click('form[action="/import"] button.btn-primary');
  await page.waitForURL((url) => /^\/import\/\d+$/.test(url.pathname), { timeout: 120_000 });
  return new URL(page.url()).pathname;
}

/** The template as the page gives it. */
export async function template(page) {
  await page.goto('/import');
  return fetched(page, () => page.click('a[href="/import/template"]'));
}

/** The code of a second factor (RFC 6238) for a secret in base 32, at a moment in milliseconds. */
export function code(secret, at) {
  const digits = [...secret.replaceAll(/[\s=]/g, '').toUpperCase()].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(digits.match(/.{8}/g).map((b) => Number.parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function all(desks) {
  const found = {};
  await desks.at('zuzhi', {}, async (page) => {
    const sheets = await template(page);
    found.faulty = await send(page, '花名册（有差错）.xlsx', withFaults(sheets).bytes);
    found.clean = await send(page, '花名册.xlsx', book(sheets, SOUND));
    // A large file, whose reading is given up.
    await page.goto('/roster');
    const whole = await page.evaluate(() => [...document.querySelectorAll('#list details.drop a')].find((a) => a.href.includes('form=roster')).getAttribute('href'));
    const county = await page.evaluate(async (address) => [...new Uint8Array(await (await fetch(address)).arrayBuffer())], whole);
    await page.goto('/import');
    await page.setInputFiles('input[type=file]', { name: '全县花名册.xlsx', mimeType: XLSX, buffer: Buffer.from(county) });
    await page.click('form[action="/import"] button.btn-primary');
    await page.click('#job form[action$="/cancel"] button');
    await page.waitForFunction(() => !document.querySelector('#job[hx-get]'), null, { timeout: 60_000 });
    found.job = new URL(page.url()).pathname;
    await page.goto('/roster?term=running');
    const rows = page.locator('#roster-table tbody th a');
    found.person = await rows.nth(0).getAttribute('href');
    found.other = (await rows.nth(1).getAttribute('href')).split('/').pop();
    found.names = await rows.allTextContents().then((names) => names.slice(0, 10).map((n) => n.trim()));
    await page.goto(`${found.person}?tab=acts`);
    await page.fill('textarea[name=text]', '拟列入年轻干部培养名单，待征求乡镇党委意见。');
    await page.click('form[action$="/note"] button');
    await page.goto(`${found.person}?tab=timeline`);
    found.amend = await page.locator('.timeline a[href$="/amend"]').first().getAttribute('href');
  });
  await desks.at('geren', {}, async (page) => {
    await page.goto('/mine');
    await page.fill('#c-wrong', '参加工作时间登记晚了一个月');
    await page.fill('#c-right', '以招录通知书为准');
    await page.fill('#c-evidence', '录用通知书、报到证');
    await page.click('form[action="/mine/correction"] button');
    await page.waitForURL(/mine/);
  });
  await desks.at('guanli', {}, async (page) => {
    await page.goto('/tokens');
    await page.fill('#t-name', '省公务员管理系统');
    await page.check('[name=scope][value="roster:read"]');
    await page.click('form[action="/tokens"] button.btn-primary');
    await page.waitForSelector('#secret');
    await page.goto('/accounts');
    await page.fill('#f-name', 'yanshi');
    await page.fill('#f-title', '演示账号（两步登录）');
    await page.click('form[action="/accounts"] button.btn-primary');
    found.once = await page.locator('[data-once]').textContent();
    found.account = await page.locator('form[action$="/disable"]').getAttribute('action').then((a) => a.replace('/disable', ''));
  });
  found.password = 'the-mountains-are-high';
  await desks.at(null, {}, async (page) => {
    await page.goto('/sign-in');
    await page.fill('[name=name]', 'yanshi');
    await page.fill('[name=password]', found.once);
    await page.click('form[action="/sign-in"] button');
    await page.waitForURL((url) => url.pathname === '/account');
    await page.fill('#f-present', found.once);
    await page.fill('#f-new', found.password);
    await page.fill('#f-again', found.password);
    await page.click('form[action="/account/password"] button');
    await page.waitForURL(/done=password/);
    await page.goto('/account/code');
    found.secret = (await page.locator('main code').textContent()).trim();
    await page.fill('#f-code', code(found.secret, desks.now()));
    await page.click('form[action="/account/code"] button');
    await page.waitForURL(/done=code/);
  });
  return found;
}
