// The pages in a real browser: node tests/browser/run.mjs PROGRAM [WORD…]; a word runs the stories whose names hold it.
import { Desks, open } from './desk.mjs';
import { keep } from './pictures.mjs';
import { serve } from './server.mjs';
import { run, same, story } from './story.mjs';
import './look.mjs';
import './journeys.mjs';

const [program, ...words] = process.argv.slice(2);
if (!program) {
  console.error('node tests/browser/run.mjs PROGRAM [WORD…]');
  process.exit(2);
}
const browsers = await open();
if (!browsers) {
  const said = 'skipped: the browser tests (no Chromium found; install the package chromium or set CHROMIUM)';
  console.error(said);
  process.exit(process.env.CI ? 1 : 0);
}
const server = await serve(program);
const desks = new Desks(browsers, server);
const whole = words.length === 0;

story('no page asked for anything outside this machine', ({ desks: all }) => same(all.outside, [], 'addresses outside'));

let well = false;
try {
  well = await run({ desks, server, whole }, words);
  await keep(whole && well);
} finally {
  await desks.close();
  const code = await server.stop();
  if (code !== 0) {
    console.log(`the server ended with ${code}`);
    well = false;
  }
}
process.exit(well ? 0 : 1);
