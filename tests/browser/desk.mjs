// A desk: a browser in which someone of the demonstration installation is signed in. Nothing but this machine can be
// reached from it, and what a page complains about is kept.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Sizes that every page is looked at in. */
export const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

const PASSWORD = 'takeroot-demo';
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser; `null` where there is none. */
export async function open() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path));
  if (!executablePath) return null;
  // The resolver knows this machine alone: what the routes below let through by mistake still goes nowhere.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'];
  return chromium.launch({ executablePath, args });
}

/** Desks of one browser, each with its role signed in once. */
export class Desks {
  constructor(browser, server) {
    this.browser = browser;
    this.address = server.address;
    /** The moment on the server's clock, milliseconds. */
    this.now = server.now;
    this.cookies = new Map();
    /** Addresses off this machine that a page asked for. */
    this.outside = [];
    /** What pages complained about: script errors, refusals of the page's own policy. */
    this.complaints = [];
  }

  /** Takes another browser where this one has ended by itself; whether it had. */
  async renewed() {
    if (this.browser.isConnected()) return false;
    this.browser = await open();
    return true;
  }

  /** A page for a role (`null`: nobody signed in), in a language and size. Close its context when done. */
  async page(role, { lang = 'zh', size = 'wide' } = {}) {
    const phone = size === 'phone';
    const context = await this.browser.newContext({
      viewport: SIZES[size],
      baseURL: this.address,
      locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      hasTouch: phone,
      isMobile: phone,
      acceptDownloads: true,
    });
    context.setDefaultTimeout(20_000);
    await context.route('**/*', (route) => {
      const { hostname, protocol } = new URL(route.request().url());
      if (hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:') return route.continue();
      this.outside.push(route.request().url());
      return route.abort();
    });
    await context.addCookies([{ name: 'lang', value: lang, url: this.address }]);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // An answer of 4xx to what a story does on purpose is said here too; those stories look at the status themselves.
      const text = message.text();
      if (message.type() === 'error' && !/status of 4\d\d/.test(text)) this.complaints.push(`${page.url()}: ${text}`);
    });
    if (role) {
      if (!this.cookies.has(role)) await this.signIn(page, role);
      await context.addCookies(this.cookies.get(role));
    }
    return page;
  }

  async signIn(page, role) {
    await page.goto('/sign-in');
    await page.fill('[name=name]', role);
    await page.fill('[name=password]', PASSWORD);
    await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), page.click('form[action="/sign-in"] button')]);
    const cookies = await page.context().cookies();
    this.cookies.set(role, cookies.filter((c) => c.name !== 'lang'));
  }

  /** Sits down, does something, and leaves whatever comes. */
  async at(role, how, act) {
    const page = await this.page(role, how);
    try {
      return await act(page);
    } finally {
      await page.context().close();
    }
  }
}

/** Settled: fragments have come, charts are drawn, fonts are there. */
export async function settled(page) {
  await page.waitForLoadState('load');
  await page.waitForFunction(() => !document.documentElement.classList.contains('is-working'));
  await page.waitForFunction(() => [...document.querySelectorAll('figure.chart[data-chart]')].every((f) => f.querySelector('svg') || f.offsetParent === null || !f.dataset.chart));
  await page.evaluate(() => document.fonts.ready);
}

/** What the browser saves when something is done. */
export async function fetched(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}
