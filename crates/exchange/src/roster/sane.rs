//! Looks a workbook over before the third-party reader does.
//!
//! That reader reserves memory for what a file *declares*: the count of shared strings of an `.xlsx`, the extent of a
//! sheet of an `.xls`. A damaged or hostile file can declare more than any machine has, which ends the process and
//! cannot be caught. What is declared here is held against what the file can hold.

use std::io::{Cursor, Read as _};

use super::fault::FileFaultKind;

/// No roster of an office unpacks to more.
const MOST_UNPACKED: u64 = 2 << 30;
/// Cells that a sheet of an old workbook may span, filled or not.
const MOST_SPANNED: u64 = 8 << 20;

fn corrupt(why: &str) -> FileFaultKind {
    FileFaultKind::Corrupt(why.to_owned())
}

/// An `.xlsx` archive: its size unpacked, and the number of its shared strings.
pub fn xlsx(bytes: &[u8]) -> Result<(), FileFaultKind> {
    let damaged = |e: zip::result::ZipError| corrupt(&e.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut unpacked = 0u64;
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).map_err(damaged)?;
        unpacked = unpacked.saturating_add(part.size());
        if unpacked > MOST_UNPACKED {
            return Err(FileFaultKind::TooLarge);
        }
        if part.name().map_err(damaged)?.to_ascii_lowercase().ends_with("sharedstrings.xml") {
            let size = part.size();
            let mut head = Vec::new();
            // A damaged part is the reader's to report.
            let _ = part.by_ref().take(64 << 10).read_to_end(&mut head);
            // Each string takes at least the five bytes of `<si/>`.
            if unique_count(&head).is_some_and(|n| n > size / 4 + 16) {
                return Err(corrupt("the count of shared strings is impossible"));
            }
        }
    }
    Ok(())
}

/// The number of different strings that the opening tag of the part declares.
fn unique_count(head: &[u8]) -> Option<u64> {
    let tag = head.windows(3).position(|w| w == b"sst").and_then(|at| head.get(at..))?;
    let tag = tag.split(|b| *b == b'>').next()?;
    let at = tag.windows(11).position(|w| w == b"uniqueCount")?;
    let digits =
        tag.get(at + 11..)?.iter().skip_while(|b| !b.is_ascii_digit()).take_while(|b| b.is_ascii_digit());
    Some(digits.take(19).fold(0, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0'))))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// An `.xls` file: the extent that each sheet declares, and the extent of its cells.
pub fn xls(bytes: &[u8]) -> Result<(), FileFaultKind> {
    let stream = workbook_stream(bytes).ok_or_else(|| corrupt("no workbook in the compound file"))?;
    let (mut at, mut extent) = (0usize, Extent::default());
    while let (Some(kind), Some(len)) = (u16_at(&stream, at), u16_at(&stream, at + 2)) {
        let from = at + 4;
        at = from + usize::from(len);
        let Some(data) = stream.get(from..at) else {
            break;
        };
        match kind {
            // A substream begins: a sheet.
            0x0809 => extent = Extent::default(),
            0x0200 => {
                let wide = data.len() >= 14;
                let (first, last) = if wide {
                    (u32_at(data, 0), u32_at(data, 4))
                } else {
                    (u16_at(data, 0).map(u32::from), u16_at(data, 2).map(u32::from))
                };
                let columns = u16_at(data, if wide { 10 } else { 6 });
                let (Some(first), Some(last), Some(columns)) = (first, last, columns) else {
                    continue;
                };
                // Excel 97 to 2003 has 65,536 rows and 256 columns.
                if first > 0x1_0000 || last > 0x1_0000 || columns > 0x200 {
                    return Err(corrupt("the extent of a sheet is impossible"));
                }
            }
            // Records of cells begin with row and column; MULRK ends with its last column.
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x027e | 0x00d6 | 0x00fd | 0x00bd => {
                let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else {
                    continue;
                };
                let last = if kind == 0x00bd { u16_at(data, data.len().saturating_sub(2)) } else { None };
                extent.take(row, first);
                extent.take(row, last.unwrap_or(first));
                if extent.span() > MOST_SPANNED {
                    return Err(FileFaultKind::TooLarge);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The rows and columns between which the cells of a sheet lie.
#[derive(Default)]
struct Extent(Option<(u16, u16, u16, u16)>);

impl Extent {
    fn take(&mut self, row: u16, col: u16) {
        let (top, bottom, left, right) = self.0.unwrap_or((row, row, col, col));
        self.0 = Some((top.min(row), bottom.max(row), left.min(col), right.max(col)));
    }

    fn span(&self) -> u64 {
        self.0.map_or(0, |(top, bottom, left, right)| {
            (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
        })
    }
}

/// The stream `Workbook` or `Book` of a compound file (MS-CFB), as far as its sectors can be followed.
fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let shift = u16_at(bytes, 30).filter(|s| matches!(s, 9 | 12))?;
    let size = 1usize << shift;
    let sector = |n: u32| {
        let from = (n as usize).checked_add(1)?.checked_mul(size)?;
        // The last sector may be cut short.
        bytes.get(from..from.checked_add(size)?.min(bytes.len())).filter(|s| !s.is_empty())
    };
    let most = bytes.len() / size + 1;

    let mut tables: Vec<u32> = (0..109).filter_map(|n| u32_at(bytes, 76 + n * 4)).collect();
    let mut next = u32_at(bytes, 68)?;
    let mut seen = 0;
    while let Some(more) = sector(next).filter(|_| next < 0xffff_fffa && seen <= most) {
        let entries = size / 4 - 1;
        tables.extend((0..entries).filter_map(|n| u32_at(more, n * 4)));
        next = u32_at(more, entries * 4).unwrap_or(u32::MAX);
        seen += 1;
    }
    let mut fat: Vec<u32> = Vec::new();
    for table in tables.into_iter().filter(|t| *t < 0xffff_fffa).take(most) {
        let Some(entries) = sector(table) else {
            continue;
        };
        fat.extend((0..size / 4).map(|n| u32_at(entries, n * 4).unwrap_or(u32::MAX)));
    }
    let chain = |start: u32| {
        let (mut out, mut at, mut steps) = (Vec::new(), start, 0);
        while at < 0xffff_fffa && steps <= most {
            let Some(part) = sector(at) else { break };
            out.extend_from_slice(part);
            at = fat.get(at as usize).copied().unwrap_or(u32::MAX);
            steps += 1;
        }
        out
    };

    let directory = chain(u32_at(bytes, 48)?);
    let name = |entry: &[u8]| -> String {
        let len = usize::from(u16_at(entry, 64).unwrap_or_default()).saturating_sub(2) / 2;
        char::decode_utf16((0..len.min(31)).filter_map(|n| u16_at(entry, n * 2)))
            .map(|c| c.unwrap_or('\u{fffd}'))
            .collect()
    };
    let root = directory.chunks(128).next()?;
    let found = directory
        .chunks(128)
        .find(|e| name(e).eq_ignore_ascii_case("workbook"))
        .or_else(|| directory.chunks(128).find(|e| name(e).eq_ignore_ascii_case("book")))?;
    let (start, len) = (u32_at(found, 116)?, u32_at(found, 120)? as usize);
    let cutoff = u32_at(bytes, 56)? as usize;
    let mut stream = if len >= cutoff {
        chain(start)
    } else {
        // Short streams lie in sectors of 64 bytes inside the root's stream.
        let minis = chain(u32_at(root, 116)?);
        let links = chain(u32_at(bytes, 60)?);
        let (mut out, mut at, mut steps) = (Vec::new(), start, 0);
        while at < 0xffff_fffa && steps <= minis.len() / 64 {
            let from = at as usize * 64;
            let Some(part) = minis.get(from..(from + 64).min(minis.len())) else {
                break;
            };
            out.extend_from_slice(part);
            at = u32_at(&links, at as usize * 4).unwrap_or(u32::MAX);
            steps += 1;
        }
        out
    };
    stream.truncate(len);
    Some(stream)
}
