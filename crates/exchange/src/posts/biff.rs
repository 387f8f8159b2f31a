//! A look at an old workbook (`.xls`) before it is read: whether its cells lie within the sheet.
//!
//! The reader of the format lays every sheet out as a full rectangle, as large as the outermost cell says. One damaged
//! number there would claim more memory than a machine has. This walks the records of the workbook stream, inside
//! its container of sectors, and only looks at places; it reads no value.

/// The most cells that the rectangle of one sheet may have.
const MOST_AREA: u64 = 8_000_000;
/// The most cells that a sheet of this format may say it has: room for them is set aside, not filled.
const MOST_SAID: u64 = 65_536 * 256;
/// The most columns of a sheet in this format.
const MOST_COLUMNS: u16 = 256;
const END: u32 = 0xffff_fffa;

/// Whether the workbook can be read without claiming more than a post table may.
pub(super) fn is_sound(bytes: &[u8]) -> bool {
    stream(bytes).is_some_and(|s| records(&s))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// The bytes of the workbook stream.
fn stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let shift = u16_at(bytes, 30)?;
    let size = match shift {
        9 => 512usize,
        12 => 4096,
        _ => return None,
    };
    let sector = |id: u32| -> Option<&[u8]> {
        let at = (id as usize).checked_add(1)?.checked_mul(size)?;
        // The last sector of a file may be short.
        bytes.get(at..bytes.len().min(at.checked_add(size)?))
    };
    let words = |part: &[u8]| -> Vec<u32> {
        part.chunks_exact(4).filter_map(|w| Some(u32::from_le_bytes(w.try_into().ok()?))).collect()
    };
    // Where the tables of sectors are: 109 places in the head, the others in a chain.
    let mut tables = words(bytes.get(76..512)?);
    let (mut next, mut left) = (u32_at(bytes, 68)?, bytes.len() / size + 1);
    while next < END && left > 0 {
        let mut more = words(sector(next)?);
        next = more.pop()?;
        tables.extend(more);
        left -= 1;
    }
    let mut fat: Vec<u32> = Vec::new();
    for id in tables.into_iter().filter(|id| *id < END) {
        fat.extend(words(sector(id)?));
    }
    let chain = |start: u32, most: usize| -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let (mut id, mut left) = (start, bytes.len() / size + 2);
        while id < END && out.len() < most && left > 0 {
            out.extend_from_slice(sector(id)?);
            id = *fat.get(id as usize)?;
            left -= 1;
        }
        out.truncate(most);
        Some(out)
    };
    let folder = chain(u32_at(bytes, 48)?, usize::MAX)?;
    let entry = |name: &str| folder.chunks_exact(128).find(|e| is_named(e, name));
    let book = entry("Workbook").or_else(|| entry("Book"))?;
    let (start, len) = (u32_at(book, 116)?, u32_at(book, 120)? as usize);
    if len >= 4096 {
        return chain(start, len);
    }
    // A small stream lies in the small sectors of the root entry.
    let root = folder.chunks_exact(128).next()?;
    let small = chain(u32_at(root, 116)?, u32_at(root, 120)? as usize)?;
    let small_fat = words(&chain(u32_at(bytes, 60)?, usize::MAX)?);
    let mut out = Vec::new();
    let mut id = start;
    while id < END && out.len() < len {
        let at = (id as usize).checked_mul(64)?;
        out.extend_from_slice(small.get(at..at.checked_add(64)?)?);
        id = *small_fat.get(id as usize)?;
    }
    out.truncate(len);
    Some(out)
}

fn is_named(entry: &[u8], name: &str) -> bool {
    let wanted: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    entry.get(..wanted.len()).is_some_and(|n| n.eq_ignore_ascii_case(&wanted))
}

/// Walks the records: cells must lie in the columns of the format, and the rectangle of a sheet must be bearable.
///
/// A sheet's records are also reached from the places that the list of sheets names, which damage may move; so every
/// record is looked at from each of them.
fn records(stream: &[u8]) -> bool {
    let mut starts = vec![0usize];
    let mut at = 0;
    while let (Some(kind), Some(len)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
        if kind == 0x0085
            && let Some(place) = u32_at(stream, at + 4)
        {
            starts.push(place as usize);
        }
        at += 4 + usize::from(len);
    }
    starts.dedup();
    starts.len() < 300 && starts.into_iter().all(|start| sheet(stream, start))
}

/// The records of one sheet, from its place on.
fn sheet(stream: &[u8], start: usize) -> bool {
    let (mut top, mut bottom, mut left, mut right) = (u16::MAX, 0u16, u16::MAX, 0u16);
    let mut at = start;
    let mut depth = 0u32;
    while let (Some(kind), Some(len)) = (u16_at(stream, at), u16_at(stream, at.saturating_add(2))) {
        let data = at + 4;
        at = data + usize::from(len);
        match kind {
            // The rectangle that the sheet says it has: room is made for it before any cell is read.
            0x0200 => {
                let Some(area) = dimensions(stream, data, len) else {
                    return false;
                };
                if area > MOST_SAID {
                    return false;
                }
            }
            0x0203 | 0x0204 | 0x0205 | 0x0006 | 0x00d6 | 0x027e | 0x00fd | 0x00bd | 0x00be => {
                let (Some(row), Some(column)) = (u16_at(stream, data), u16_at(stream, data + 2)) else {
                    return false;
                };
                // Several numbers in one record run on to the right.
                let many = if kind == 0x00bd { len.saturating_sub(6) / 6 } else { 1 };
                let last = column.saturating_add(many.saturating_sub(1));
                if kind != 0x00be {
                    if last >= MOST_COLUMNS {
                        return false;
                    }
                    (top, bottom) = (top.min(row), bottom.max(row));
                    (left, right) = (left.min(column), right.max(last));
                }
            }
            0x0809 => depth += 1,
            0x000a => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    bottom < top || u64::from(bottom - top + 1) * u64::from(right.saturating_sub(left) + 1) <= MOST_AREA
}

fn dimensions(stream: &[u8], data: usize, len: u16) -> Option<u64> {
    let (first, last, left, right) = if len == 10 {
        (
            u32::from(u16_at(stream, data)?),
            u32::from(u16_at(stream, data + 2)?),
            u16_at(stream, data + 4)?,
            u16_at(stream, data + 6)?,
        )
    } else {
        (
            u32_at(stream, data)?,
            u32_at(stream, data + 4)?,
            u16_at(stream, data + 8)?,
            u16_at(stream, data + 10)?,
        )
    };
    let left = if left > 0xff || right < left { 0 } else { left };
    Some(u64::from(last.saturating_sub(first)) * u64::from(right.saturating_sub(left).max(1)))
}
