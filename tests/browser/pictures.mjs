// Pictures of the pages: made anew with UPDATE_PICTURES=1, else held against those there are.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { must, same } from './story.mjs';
import { smaller, size } from './png.mjs';

const DIR = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const MOST = 250 * 1024;

/** The picture of a page as it stands in `docs/pictures/`. */
export async function picture(page, name) {
  const path = `${DIR}${name}.png`;
  const shot = await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'css' });
  if (process.env.UPDATE_PICTURES) {
    const kept = smaller(shot);
    must(kept.length < MOST, `${name}: a picture of ${kept.length} bytes; at most ${MOST}`);
    await mkdir(DIR, { recursive: true });
    await writeFile(path, kept);
    return createHash('sha256').update(kept).digest('hex');
  }
  const kept = await readFile(path).catch(() => null);
  must(kept, `${name}: docs/pictures has no such picture; make them with UPDATE_PICTURES=1 tools/browser.sh`);
  must(kept.length < MOST, `${name}: a picture of ${kept.length} bytes; at most ${MOST}`);
  same(size(kept), size(shot), `${name}: width and height`);
  return null;
}
