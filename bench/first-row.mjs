// From the click on the roster to its first row on the screen, in Chromium: node bench/first-row.mjs ADDRESS
// Once with nothing in the browser's memory (a new profile, signed in by its cookie), then as on a working day.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../tests/browser/run.mjs', import.meta.url));
const { chromium } = require('playwright-core');

const address = process.argv[2];
const paths = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const { existsSync } = await import('node:fs');
const executablePath = process.env.CHROMIUM || paths.find(existsSync);
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

/** Milliseconds from the start of the navigation until the frame that shows the first row has been drawn. */
async function firstRow(page) {
  await page.goto(`${address}/roster`, { waitUntil: 'commit' });
  await page.waitForSelector('#roster-table tbody tr td');
  return page.evaluate(() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
      // A row that was there at the first paint was on the screen then; else now at the latest.
      const whole = performance.getEntriesByType('navigation')[0].responseEnd;
      done(painted > whole ? painted : performance.now());
    }));
  }));
}

async function signedIn() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${address}/sign-in`);
  await page.fill('[name=name]', 'zuzhi');
  await page.fill('[name=password]', 'takeroot-demo');
  await Promise.all([page.waitForURL(`${address}/`), page.press('[name=password]', 'Enter')]);
  return { context, page };
}

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const { context, page } = await signedIn();
const cookies = await context.cookies();
const cold = [];
for (let turn = 0; turn < 7; turn += 1) {
  const fresh = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await fresh.addCookies(cookies);
  cold.push(await firstRow(await fresh.newPage()));
  await fresh.close();
}
const warm = [];
for (let turn = 0; turn < 15; turn += 1) warm.push(await firstRow(page));
await browser.close();
console.log(`first row of the roster in the browser: ${median(warm).toFixed(0)} ms (median of ${warm.length}); `
  + `${median(cold).toFixed(0)} ms with nothing kept from before (median of ${cold.length})`);
