// Workbooks as a person at a desk would change them: the cells of a downloaded file, and a file of other cells.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { crc32 } from './png.mjs';

const plain = (text) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
const marked = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The files of a .zip by name. */
export function unzip(bytes) {
  const files = new Map();
  let end = bytes.length - 22;
  while (bytes.readUInt32LE(end) !== 0x06054b50) end -= 1;
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [method, length, name, extra, comment] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const local = bytes.readUInt32LE(at + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(begin, begin + length);
    files.set(bytes.toString('utf8', at + 46, at + 46 + name), method === 8 ? inflateRawSync(data) : data);
    at += 46 + name + extra + comment;
  }
  return files;
}

function zip(files) {
  const [bodies, heads] = [[], []];
  let at = 0;
  for (const [name, text] of files) {
    const [raw, path] = [Buffer.from(text), Buffer.from(name)];
    const data = deflateRawSync(raw);
    const common = Buffer.alloc(26);
    [20, 0x800, 8, 0, 0x21].forEach((v, i) => common.writeUInt16LE(v, i * 2));
    [crc32(raw), data.length, raw.length].forEach((v, i) => common.writeUInt32LE(v >>> 0, 10 + i * 4));
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    heads.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, path]));
    bodies.push(local, data);
    at += local.length + data.length;
  }
  const directory = Buffer.concat(heads);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  [heads.length, heads.length].forEach((v, i) => end.writeUInt16LE(v, 8 + i * 2));
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, directory, end]);
}

const column = (letters) => [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1;
const letters = (n) => (n < 26 ? '' : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26));

/** The sheets that one sees in a workbook: name to rows of texts. */
export function read(bytes) {
  const files = unzip(bytes);
  const text = (name) => files.get(name)?.toString('utf8') ?? '';
  const runs = (xml) => [...xml.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/g)].map((m) => plain(m[1])).join('');
  const shared = [...text('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map((m) => runs(m[1]));
  const places = new Map([...text('xl/_rels/workbook.xml.rels').matchAll(/<Relationship [^>]*>/g)].map(([m]) => [m.match(/Id="([^"]+)"/)[1], m.match(/Target="([^"]+)"/)[1]]));
  const sheets = new Map();
  for (const [tag] of text('xl/workbook.xml').matchAll(/<sheet [^>]*>/g)) {
    if (/state="(hidden|veryHidden)"/.test(tag)) continue;
    const xml = text(`xl/${places.get(tag.match(/r:id="([^"]+)"/)[1]).replace('/xl/', '')}`);
    const rows = [];
    for (const [, where, kind, inside] of xml.matchAll(/<c r="([A-Z]+\d+)"(?:[^>]*? t="(\w+)")?[^>]*?(?:\/>|>(.*?)<\/c>)/gs)) {
      const [, col, row] = where.match(/([A-Z]+)(\d+)/);
      const value = kind === 'inlineStr' ? runs(inside ?? '') : plain(inside?.match(/<v>([^<]*)<\/v>/)?.[1] ?? '');
      rows[row - 1] ??= [];
      rows[row - 1][column(col)] = kind === 's' ? shared[Number(value)] : value;
    }
    sheets.set(plain(tag.match(/name="([^"]+)"/)[1]), Array.from(rows, (r) => Array.from(r ?? [], (c) => c ?? '')));
  }
  return sheets;
}

/** A workbook of sheets: name to rows of texts, numbers and `{ error: '#N/A' }`. */
export function write(sheets) {
  const cell = (value, where) => {
    if (value === '' || value === null || value === undefined) return '';
    if (typeof value === 'number') return `<c r="${where}"><v>${value}</v></c>`;
    if (value.error) return `<c r="${where}" t="e"><v>${value.error}</v></c>`;
    return `<c r="${where}" t="inlineStr"><is><t xml:space="preserve">${marked(value)}</t></is></c>`;
  };
  const row = (cells, n) => `<row r="${n}">${Array.from(cells, (c, i) => cell(c, letters(i) + n)).join('')}</row>`;
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const of = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const kinds = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const names = [...sheets.keys()];
  const files = new Map([
    ['[Content_Types].xml', `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kinds}.sheet.main+xml"/>${names.map((_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${kinds}.worksheet+xml"/>`).join('')}</Types>`],
    ['_rels/.rels', `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${of}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ['xl/workbook.xml', `${head}<workbook xmlns="${main}" xmlns:r="${of}"><sheets>${names.map((name, i) => `<sheet name="${marked(name)}" sheetId="${i + 1}" r:id="r${i + 1}"/>`).join('')}</sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, i) => `<Relationship Id="r${i + 1}" Type="${of}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`],
  ]);
  [...sheets.values()].forEach((rows, i) => files.set(`xl/worksheets/sheet${i + 1}.xml`, `${head}<worksheet xmlns="${main}"><sheetData>${Array.from(rows, (cells, n) => row(cells ?? [], n + 1)).join('')}</sheetData></worksheet>`));
  return zip(files);
}
