//! What goes to the terminal: errors, tables, JSON.

use std::io::Write as _;

use unicode_width::UnicodeWidthStr as _;

use crate::cli::Context;
use crate::words::say;

/// Says an error and its causes on standard error.
pub fn error(ctx: &Context, error: &anyhow::Error) {
    let mut said = say!(ctx.lang, "error", what = error.to_string());
    for cause in error.chain().skip(1) {
        said.push_str("\n  ");
        said.push_str(&cause.to_string());
    }
    eprintln!("{said}");
}

/// Prints text on standard output. A reader that has gone away (`| head`) is not an error.
///
/// # Errors
/// If standard output cannot be written for another reason.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// Prints a value as JSON with an end of line.
///
/// # Errors
/// If the value cannot be written.
pub fn json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    print(&text)
}

/// Lays rows out in columns as wide as their widest cell, Chinese characters counted as two. The first row is the
/// head. Columns named in `right` are set to the right.
pub fn table(rows: &[Vec<String>], right: &[usize]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| rows.iter().filter_map(|r| r.get(c)).map(|t| t.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for (n, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (c, cell) in row.iter().enumerate() {
            let pad = " ".repeat(widths[c] - cell.width());
            if c > 0 {
                line.push_str("  ");
            }
            line.push_str(&if right.contains(&c) { format!("{pad}{cell}") } else { format!("{cell}{pad}") });
        }
        text.push_str(line.trim_end());
        text.push('\n');
        if n == 0 {
            let rule: usize = widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1);
            text.push_str(&"─".repeat(rule));
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_take_two_places() {
        let rows = [vec!["项".into(), "n".into()], vec!["a".into(), "10".into()]];
        assert_eq!(table(&rows, &[1]), "项   n\n──────\na   10\n");
    }
}
