//! A sheet in memory: its filled cells in order, with all texts in one buffer.

use std::borrow::Cow;

use calamine::ExcelDateTime;

use super::fault::FileFaultKind;

/// More filled cells than this are not a roster.
const MOST_CELLS: usize = 40_000_000;

/// A filled cell. Texts lie in the sheet's buffer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// Text from byte to byte.
    Text(u32, u32),
    /// A number.
    Number(f64),
    /// A date: days since 30 December 1899, whatever epoch the file counts from.
    Date(f64),
    /// Yes or no.
    Bool(bool),
    /// An error such as `#REF!`, as text.
    Error(u32, u32),
}

/// Merged cells, from the first to the last (row, column), from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Top left.
    pub from: (u32, u32),
    /// Bottom right.
    pub to: (u32, u32),
}

/// A row that has filled cells.
#[derive(Clone, Copy, Debug)]
struct Line {
    row: u32,
    from: u32,
    to: u32,
}

/// A sheet.
#[derive(Debug)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Not shown in Excel.
    pub hidden: bool,
    /// Merged cells.
    pub merges: Vec<Merge>,
    /// Why its cells could not be read, if they could not.
    pub unreadable: Option<String>,
    /// One more than the last filled column.
    pub width: u16,
    lines: Vec<Line>,
    cells: Vec<(u16, Cell)>,
    text: String,
}

impl Sheet {
    /// How many rows have filled cells.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// The filled cells of the `n`th row that has any, with its number from 0.
    pub fn line(&self, n: usize) -> Option<(u32, &[(u16, Cell)])> {
        let line = self.lines.get(n)?;
        Some((line.row, self.cells.get(line.from as usize..line.to as usize)?))
    }

    /// The text between two bytes of the buffer.
    pub fn slice(&self, from: u32, to: u32) -> &str {
        self.text.get(from as usize..to as usize).unwrap_or_default()
    }

    /// A cell as text: trimmed, whole numbers without a point, dates as YYYY-MM-DD.
    pub fn show(&self, cell: Cell) -> Cow<'_, str> {
        match cell {
            Cell::Text(from, to) | Cell::Error(from, to) => Cow::Borrowed(self.slice(from, to).trim()),
            Cell::Number(n) => Cow::Owned(number(n)),
            Cell::Date(serial) => match super::date::from_serial(serial) {
                Some(day) => Cow::Owned(day.to_string()),
                None => Cow::Owned(number(serial)),
            },
            Cell::Bool(true) => Cow::Borrowed("TRUE"),
            Cell::Bool(false) => Cow::Borrowed("FALSE"),
        }
    }
}

/// A number as Excel shows it in a cell of no format, as far as a reader needs.
pub fn number(n: f64) -> String {
    if n.abs() >= 1e15 { format!("{n:E}").replace('E', "E+") } else { format!("{n}") }
}

/// Collects cells into a [`Sheet`].
pub struct SheetBuilder {
    sheet: Sheet,
    cells: Vec<(u32, u16, Cell)>,
}

impl SheetBuilder {
    /// An empty sheet.
    pub fn new(name: &str, hidden: bool) -> SheetBuilder {
        let sheet = Sheet {
            name: name.to_owned(),
            hidden,
            merges: Vec::new(),
            unreadable: None,
            width: 0,
            lines: Vec::new(),
            cells: Vec::new(),
            text: String::new(),
        };
        SheetBuilder { sheet, cells: Vec::new() }
    }

    fn push(&mut self, row: u32, col: u32, cell: Cell) -> Result<(), FileFaultKind> {
        let col = u16::try_from(col).ok().filter(|c| *c < 16_384).ok_or(FileFaultKind::TooLarge)?;
        if row >= 1 << 20 || self.cells.len() >= MOST_CELLS {
            return Err(FileFaultKind::TooLarge);
        }
        self.sheet.width = self.sheet.width.max(col + 1);
        self.cells.push((row, col, cell));
        Ok(())
    }

    fn keep(&mut self, text: &str) -> Result<(u32, u32), FileFaultKind> {
        let from = u32::try_from(self.sheet.text.len()).map_err(|_| FileFaultKind::TooLarge)?;
        self.sheet.text.push_str(text);
        let to = u32::try_from(self.sheet.text.len()).map_err(|_| FileFaultKind::TooLarge)?;
        Ok((from, to))
    }

    /// Adds a text; one of spaces only is an empty cell.
    pub fn text(&mut self, row: u32, col: u32, text: &str) -> Result<(), FileFaultKind> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let (from, to) = self.keep(text)?;
        self.push(row, col, Cell::Text(from, to))
    }

    /// Adds an error cell.
    pub fn error(&mut self, row: u32, col: u32, text: &str) -> Result<(), FileFaultKind> {
        let (from, to) = self.keep(text)?;
        self.push(row, col, Cell::Error(from, to))
    }

    /// Adds a number.
    pub fn number(&mut self, row: u32, col: u32, n: f64) -> Result<(), FileFaultKind> {
        self.push(row, col, Cell::Number(n))
    }

    /// Adds a yes or no.
    pub fn bool(&mut self, row: u32, col: u32, b: bool) -> Result<(), FileFaultKind> {
        self.push(row, col, Cell::Bool(b))
    }

    /// Adds a date; a duration is a number.
    pub fn date(&mut self, row: u32, col: u32, date: &ExcelDateTime) -> Result<(), FileFaultKind> {
        let serial = date.as_f64();
        if date.is_duration() {
            return self.number(row, col, serial);
        }
        // The date as the epoch of the file gives it, counted from the epoch that we keep.
        let (year, month, day, ..) = date.to_ymd_hms_milli();
        let cell = match takeroot_civil::Day::new(year, month, day) {
            Some(day) => Cell::Date(super::date::to_serial(day)),
            None => Cell::Date(serial),
        };
        self.push(row, col, cell)
    }

    /// Adds merged cells.
    pub fn merge(&mut self, merge: Merge) {
        if merge.from.0 <= merge.to.0 && merge.from.1 <= merge.to.1 && merge.from != merge.to {
            self.sheet.merges.push(merge);
        }
    }

    /// Says that the cells could not be read (all of them: half a sheet is not taken).
    pub fn unreadable(&mut self, kind: FileFaultKind) {
        self.cells.clear();
        self.sheet.width = 0;
        self.sheet.unreadable = Some(match kind {
            FileFaultKind::Corrupt(why) => why,
            _ => String::new(),
        });
    }

    /// The sheet.
    pub fn finish(mut self) -> Result<Sheet, FileFaultKind> {
        if !self.cells.is_sorted_by_key(|c| (c.0, c.1)) {
            self.cells.sort_by_key(|c| (c.0, c.1));
        }
        self.sheet.cells.reserve_exact(self.cells.len());
        for (row, col, cell) in self.cells {
            let at = u32::try_from(self.sheet.cells.len()).map_err(|_| FileFaultKind::TooLarge)?;
            match self.sheet.lines.last_mut() {
                Some(line) if line.row == row => line.to = at + 1,
                _ => self.sheet.lines.push(Line { row, from: at, to: at + 1 }),
            }
            self.sheet.cells.push((col, cell));
        }
        Ok(self.sheet)
    }
}
