// What the pages show beside the county itself: a workbook sent with faults and one without, a request for a correction, a
// note, a token, an account with a second factor. Laid out once, before the first page is looked at.
import { createHmac } from 'node:crypto';
import { fetched, settled } from './desk.mjs';
import { book, SOUND, withFaults } from './roster.mjs';
import { write } from './xlsx.mjs';

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

/** A post table of the demonstration county, one post of which cannot be read. */
const POSTS = write(
  new Map([
    [
      '乡镇机关',
      [
        ['云岭县2026年考试录用公务员职位表（虚构）'],
        ['招录机关', '职位名称', '职位代码', '招录人数', '学历', '学位', '专业', '年龄', '政治面貌', '户籍', '服务年限', '备注'],
        ['云岭县星峪镇人民政府', '一级科员（党建）', '9901001', 2, '本科以上', '学士', '不限', '18周岁以上、35周岁以下', '中共党员', '云岭县', '在本单位最低服务5年', ''],
        ['云岭县星峪镇人民政府', '一级科员（财务）', '9901002', 1, '大专以上', '', '会计学、财务管理、审计学', '18周岁以上、35周岁以下', '', '', '在本单位最低服务5年', '限2026年应届高校毕业生'],
        ['云岭县仁澜镇人民政府', '一级科员', '9901003', 1, '大专以上', '', '不限', '18周岁以上、40周岁以下', '', '', '在本单位最低服务5年', '面向服务基层项目人员'],
        ['云岭县竹亭镇人民政府', '一级科员（农业）', '9901004', 2, '本科以上', '学士', '农学、林学、植物保护', '18周岁以上、35周岁以下', '', '', '', ''],
        ['云岭县晴岚镇人民政府', '一级科员（综合）', '9901005', '若干', '本科以上', '学士', '汉语言文学', '18周岁以上、35周岁以下', '', '', '', ''],
        ['云岭县石坳乡人民政府', '一级科员', '9901006', 1, '大专以上', '', '不限', '18周岁以上、35周岁以下', '', '', '', ''],
      ],
    ],
  ]),
);

/** The template as the page gives it. */
export async function template(page) {
  await page.goto('/import');
  return fetched(page, () => page.click('a[href="/import/template"]'));
}

/** Runs a proposal on the roster; where the result is. */
export async function tried(page, proposal) {
  await page.goto('/policy/effect');
  await page.check(`[name=with][value="${proposal}"]`);
  await page.click('form[action="/policy/effect"] button.btn-primary');
  await page.waitForSelector('main .tiles', { timeout: 180_000 });
  return page.url().replace(/^https?:\/\/[^/]+/, '');
}

/** Writes a proposal after the pattern of a shipped one; where its editor is. `change` changes the text before it is saved. */
export async function proposed(page, id, title, change) {
  await page.goto('/policy/write');
  await page.fill('#id', id);
  await page.fill('#title_zh', title);
  await page.fill('#summary_zh', `${title}（演示）`);
  await page.fill('#asked_zh', '乡镇（演示）');
  await page.click('form[action="/policy/write/new"] button.btn-primary');
  const head = await page.inputValue('#text');
  const pattern = await page.evaluate((address) => fetch(address).then((answer) => answer.text()), '/policy/document/one-rise-one-fall/text');
  await page.fill('#text', change(`${head.trimEnd()}\n\n${pattern.slice(pattern.indexOf('[[clause]]'))}`));
  await page.click('button[name=act][value=save]');
  await page.waitForURL((url) => url.pathname === `/policy/write/${id}`);
  return new URL(page.url()).pathname;
}

/** Fills in the form of the lab and sends it. */
export async function asks(page, proposals, { years = 2, replicates = 10 } = {}) {
  await page.goto('/lab');
  for (const id of proposals) await page.check(`#lab-form [name=with][value="${id}"]`);
  await page.fill('#lab-years', String(years));
  await page.fill('#lab-replicates', String(replicates));
  await page.click('#lab-form button.btn-primary');
  await page.waitForURL((url) => url.pathname === '/lab/run');
}

/** Waits until everything of the run is there; its address. */
export async function whole(page) {
  await page.waitForSelector('#lab-sum', { timeout: 240_000 });
  await page.waitForFunction(() => !document.querySelector('#lab-work progress'), null, { timeout: 240_000 });
  await page.waitForSelector('.lab-paper', { timeout: 20_000 });
  await settled(page);
  return page.url().replace(/^https?:\/\/[^/]+/, '');
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
  await desks.at('zhengce', {}, async (page) => {
    await page.goto('/posts');
    await page.setInputFiles('input[type=file]', { name: '云岭县职位表（虚构）.xlsx', mimeType: XLSX, buffer: POSTS });
    await page.click('form[action="/posts"] button.btn-primary');
    await page.waitForURL((url) => /^\/posts\/\d+$/.test(url.pathname), { timeout: 60_000 });
    found.posts = new URL(page.url()).pathname;
    found.effect = await tried(page, 'one-rise-one-fall');
    await asks(page, ['one-rise-one-fall', 'township-tilt'], { years: 2, replicates: 20 });
    found.run = await whole(page);
    await page.click('.lab-paper a[href^="/lab/packages"]');
    await page.check('[name=target][value="vacant-township"]');
    await page.click('form[action="/lab/packages"] button.btn-primary');
    await page.waitForSelector('main figure.chart', { timeout: 120_000 });
    found.packages = page.url().replace(/^https?:\/\/[^/]+/, '');
    await page.goto(found.run.replace('/lab/run?', '/lab/doubt?').replace('years=2', 'years=1'));
    await page.click('form[action="/lab/doubt"] button');
    await page.waitForSelector('main .lab-tornado', { timeout: 300_000 });
    found.doubt = page.url().replace(/^https?:\/\/[^/]+/, '');
    found.proposal = await proposed(page, 'a-year-less', '缩短一年', (text) => text);
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
    await page.fill('#f-present', found.password);
    await page.click('form[action="/account/code/begin"] button');
    await page.waitForSelector('#f-code');
    found.secret = (await page.locator('main code').textContent()).trim();
    await page.fill('#f-code', code(found.secret, desks.now()));
    await page.click('form[action="/account/code"] button');
    await page.waitForURL(/done=code/);
  });
  return found;
}
