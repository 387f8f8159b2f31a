// From the click that starts a run of the lab to its answer on the screen, in Chromium:
//   node bench/lab-answer.mjs ADDRESS [YEARS [REPLICATES [PROPOSAL…]]]
// Told are the first figures (every replicate of both policies at the central figures) and the whole answer, with the draws of what
// is assumed and the levers. Each turn has another seed, so that nothing is remembered.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';

const require = createRequire(new URL('../tests/browser/run.mjs', import.meta.url));
const { chromium } = require('playwright-core');

const [address, years = '10', replicates = '100', ...proposals] = process.argv.slice(2);
const wanted = proposals.length ? proposals : ['one-rise-one-fall'];
const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = process.env.CHROMIUM || paths.find(existsSync);
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
page.setDefaultTimeout(300_000);
await page.goto(`${address}/sign-in`);
await page.fill('[name=name]', 'zhengce');
await page.fill('[name=password]', 'takeroot-demo');
await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), page.press('[name=password]', 'Enter')]);

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const first = [];
const whole = [];
let people = '';
for (let turn = 0; turn < 5; turn += 1) {
  await page.goto(`${address}/lab`);
  for (const id of wanted) await page.check(`#lab-form [name=with][value="${id}"]`);
  await page.fill('#lab-years', years);
  await page.fill('#lab-replicates', replicates);
  await page.evaluate((seed) => { document.querySelector('#lab-form [name=seed]').value = seed; }, String(1000 + turn));
  const from = performance.now();
  await page.click('#lab-form button.btn-primary');
  await page.waitForSelector('#lab-sum .tiles');
  first.push(performance.now() - from);
  await page.waitForSelector('.lab-paper');
  whole.push(performance.now() - from);
  people = await page.textContent('#lab-sum dl.facts');
}
await browser.close();
const told = (all) => `${(median(all) / 1000).toFixed(2)} s (${all.map((ms) => (ms / 1000).toFixed(2)).join(', ')})`;
console.log(people.replace(/\s+/g, ' ').trim());
console.log(`${years} years, ${replicates} replicates of two policies: first figures ${told(first)}; whole answer ${told(whole)}`);
