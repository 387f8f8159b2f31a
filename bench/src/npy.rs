//! Arrays in NumPy's own format, one file each.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes numbers as little-endian 32-bit integers.
pub fn write(dir: &Path, name: &str, values: impl ExactSizeIterator<Item = i32>) -> anyhow::Result<()> {
    let mut file = BufWriter::new(File::create(dir.join(format!("{name}.npy")))?);
    let head = format!("{{'descr': '<i4', 'fortran_order': False, 'shape': ({},), }}", values.len());
    // Magic, version and length take ten bytes; the head is padded so that the data begins at a multiple of 64.
    let padded = (10 + head.len() + 1).next_multiple_of(64) - 10;
    file.write_all(b"\x93NUMPY\x01\x00")?;
    file.write_all(&u16::try_from(padded)?.to_le_bytes())?;
    file.write_all(format!("{head:<width$}\n", width = padded - 1).as_bytes())?;
    for value in values {
        file.write_all(&value.to_le_bytes())?;
    }
    file.flush()?;
    Ok(())
}
