// Pictures of the pages, and beside them what each page said when it was taken: made anew with UPDATE_PICTURES=1, else
// held against the page as it is. Fonts and their edges differ from one machine to the next, words do not: a page whose
// words, marks or styles have changed since its picture was taken fails until the picture is taken again.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { must, same } from './story.mjs';
import { smaller, size } from './png.mjs';

const DIR = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const BOOK = `${DIR}pages.txt`;
const MOST = 250 * 1024;
const UPDATE = Boolean(process.env.UPDATE_PICTURES);
/** A directory for pictures of whole pages, to look at them. */
const WHOLE = process.env.WHOLE_PICTURES;

const digest = (text, length) => createHash('sha256').update(text).digest('hex').slice(0, length);

/** What stands in `docs/pictures/pages.txt`: name to marks. */
const book = readFile(BOOK, 'utf8').then(
  (text) => new Map(text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.split(' '))),
  () => new Map(),
);
const taken = new Map();

/** The lines of a page as they are seen: its words, what its fields hold, the points of its charts. Times of the day and
    parts that differ from one run to the next are left out. */
async function lines(page, moving) {
  const seen = await page.evaluate((left) => {
    const hidden = left ? [...document.querySelectorAll(left)] : [];
    for (const one of hidden) one.style.setProperty('visibility', 'hidden');
    const fields = [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
      .filter((f) => f.checkVisibility({ visibilityProperty: true }))
      .map((f) => (f.type === 'checkbox' || f.type === 'radio' ? `[${f.checked ? 'x' : ' '}]` : f.type === 'file' ? '[file]' : `[${f.value || f.placeholder}]`));
    const charts = [...document.querySelectorAll('figure.chart svg')].map((svg) => `{chart ${svg.querySelectorAll('path, rect, circle').length}}`);
    const said = document.body.innerText;
    for (const one of hidden) one.style.removeProperty('visibility');
    return [said, ...fields, ...charts].join('\n');
  }, moving);
  return seen.replaceAll(/\b\d\d:\d\d(:\d\d)?\b/g, '··:··').replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1').split('\n').map((line) => line.trim()).filter(Boolean);
}

/** Holds the picture of a page in `docs/pictures/` against the page; `moving` selects what differs from run to run. */
export async function picture(page, name, moving) {
  const path = `${DIR}${name}.png`;
  if (WHOLE) {
    await mkdir(WHOLE, { recursive: true });
    await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css', fullPage: true, path: `${WHOLE}/${name}.png` });
    return;
  }
  const said = await lines(page, moving);
  const marks = said.map((line) => digest(line, 3)).join('');
  taken.set(name, marks);
  const shot = await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
  if (UPDATE) {
    const kept = smaller(shot);
    must(kept.length < MOST, `${name}: a picture of ${kept.length} bytes; at most ${MOST}`);
    await mkdir(DIR, { recursive: true });
    await writeFile(path, kept);
    return;
  }
  const again = 'take it again with UPDATE_PICTURES=1 tools/browser.sh';
  const kept = await readFile(path).catch(() => null);
  must(kept, `${name}: docs/pictures has no such picture; ${again}`);
  must(kept.length < MOST, `${name}: a picture of ${kept.length} bytes; at most ${MOST}`);
  same(size(kept), size(shot), `${name}: width and height`);
  const before = (await book).get(name) ?? '';
  if (before === marks) return;
  const first = said.findIndex((_, n) => marks.slice(n * 3, n * 3 + 3) !== before.slice(n * 3, n * 3 + 3));
  throw new Error(`${name}: the page has changed since its picture; ${again}\n  ${said.length} lines, ${before.length / 3} in the picture; first: ${said[first] ?? '(its end)'}`);
}

/** The styles that the pictures were taken with, as `asked` answers for the sheet of a page. */
export async function styles(text) {
  const marks = digest(text, 16);
  taken.set('styles', marks);
  if (!UPDATE) same((await book).get('styles'), marks, 'the styles have changed since the pictures were taken; take them again with UPDATE_PICTURES=1 tools/browser.sh');
}

/** Writes what the pages said, when pictures were taken; `all`: of every page. */
export async function keep(all) {
  if (!UPDATE) return;
  const now = all ? taken : new Map([...(await book), ...taken]);
  const text = [...now].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, marks]) => `${name} ${marks}\n`).join('');
  await writeFile(BOOK, `# What each page said when its picture was taken, three digits a line. Written by UPDATE_PICTURES=1 tools/browser.sh.\n${text}`);
}

/** The pictures there are that no page has. */
export async function orphans() {
  const { readdir } = await import('node:fs/promises');
  return (await readdir(DIR)).filter((file) => file.endsWith('.png') && !taken.has(file.slice(0, -4)));
}
