// Gathers what the browser and the printed forms need into one folder, for the program to embed:
//   node bundle.mjs OUT
// writes OUT/<name> with its compressed copies beside it, and OUT/table.rs, the list that the crate includes.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import * as sass from 'sass';

const here = import.meta.dirname;
const out = process.argv[2];
if (!out) throw new Error('say where to: node bundle.mjs OUT');
const require = createRequire(import.meta.url);
const folder = (name) => dirname(require.resolve(`${name}/package.json`));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

/** The icons that pages use; each becomes a <symbol> of one sprite. */
const ICONS = readFileSync(join(here, 'icons.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));

function sprite() {
  const set = join(folder('@tabler/icons'), 'icons', 'outline');
  const symbols = ICONS.map((name) => {
    const svg = readFileSync(join(set, `${name}.svg`), 'utf8');
    const inside = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>'));
    return `<symbol id="${name}" viewBox="0 0 24 24">${inside.replace(/\s*\n\s*/g, '')}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`;
}

function tabler() {
  return sass.compile(join(here, 'styles', 'tabler.scss'), {
    style: 'compressed',
    loadPaths: [join(here, 'node_modules')],
    quietDeps: true,
    logger: sass.Logger.silent,
  }).css;
}

async function bundled(entry) {
  const result = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['chrome90', 'firefox90', 'safari15'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  return result.outputFiles[0].text;
}

const files = [
  ['takeroot.css', 'text/css; charset=utf-8', tabler() + (await bundled('styles/takeroot.css'))],
  ['app.js', 'text/javascript; charset=utf-8', await bundled('scripts/app.js')],
  ['chart.js', 'text/javascript; charset=utf-8', await bundled('scripts/chart.js')],
  ['icons.svg', 'image/svg+xml', sprite()],
  ['favicon.svg', 'image/svg+xml', readFileSync(join(here, 'favicon.svg'), 'utf8')],
];

// Named from where cargo builds, so that a tree which was moved builds anew without fetching.
const path = (file) => `concat!(env!("OUT_DIR"), ${JSON.stringify(`/bundle/${file}`)})`;
const font = (file) => `concat!(env!("CARGO_MANIFEST_DIR"), ${JSON.stringify(`/../../${relative(dirname(here), file).split(sep).join('/')}`)})`;
const lines = files.map(([name, mime, text]) => {
  const bytes = Buffer.from(text);
  writeFileSync(join(out, name), bytes);
  writeFileSync(join(out, `${name}.gz`), gzipSync(bytes, { level: 9 }));
  writeFileSync(
    join(out, `${name}.br`),
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  );
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const dot = name.lastIndexOf('.');
  const hashed = `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
  return `    Entry { name: ${JSON.stringify(name)}, path: ${JSON.stringify(hashed)}, asset: Asset {
        bytes: include_bytes!(${path(name)}),
        gzip: include_bytes!(${path(`${name}.gz`)}),
        brotli: include_bytes!(${path(`${name}.br`)}),
        mime: ${JSON.stringify(mime)},
        etag: ${JSON.stringify(`"${hash}"`)},
    } },`;
});

const serif = folder('@expo-google-fonts/noto-serif-sc');
const fonts = ['400Regular/NotoSerifSC_400Regular.ttf', '700Bold/NotoSerifSC_700Bold.ttf'];
writeFileSync(
  join(out, 'table.rs'),
  `static ENTRIES: &[Entry] = &[\n${lines.join('\n')}\n];\n` +
    `static ICONS: &[&str] = &[${ICONS.map((name) => JSON.stringify(name)).join(', ')}];\n` +
    `static SERIF: &[&[u8]] = &[${fonts.map((f) => `include_bytes!(${font(join(serif, f))})`).join(', ')}];\n`,
);
