//! Many files: each is read, the broken ones are reported and the rest go on.

use super::decode::decode;
use super::document::Document;
use super::fault::Fault;
use super::meaning::{Reading, to_career};

/// What became of one file.
#[derive(Clone, Debug)]
pub struct FileReading {
    /// Its name.
    pub name: String,
    /// The file as it is; `None` if it cannot be read.
    pub document: Option<Document>,
    /// What it says; `None` if it cannot be read.
    pub reading: Option<Reading>,
    /// Its faults and notes, with its name.
    pub faults: Vec<Fault>,
}

impl FileReading {
    /// A file that could not even be fetched.
    pub fn unread(name: &str, fault: Fault) -> FileReading {
        FileReading { name: name.to_owned(), document: None, reading: None, faults: vec![fault.file(name)] }
    }

    /// Whether it has a fault, not only notes.
    pub fn is_faulty(&self) -> bool {
        self.faults.iter().any(|f| !f.is_note())
    }
}

/// Reads one file.
pub fn read_file(name: &str, bytes: &[u8]) -> FileReading {
    match decode(bytes) {
        Err(fault) => FileReading::unread(name, fault),
        Ok(document) => {
            let mut reading = to_career(&document);
            for fault in &mut reading.faults {
                name.clone_into(&mut fault.file);
            }
            let faults = std::mem::take(&mut reading.faults);
            FileReading { name: name.to_owned(), document: Some(document), reading: Some(reading), faults }
        }
    }
}

/// Reads files one after another, as they are asked for.
pub fn read_folder<'a, I>(files: I) -> impl Iterator<Item = FileReading> + 'a
where
    I: IntoIterator<Item = (String, Vec<u8>)> + 'a,
    I::IntoIter: 'a,
{
    files.into_iter().map(|(name, bytes)| read_file(&name, &bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lrmx::encode;

    #[test]
    fn a_broken_file_does_not_stop_the_rest() {
        let mut good = Document::empty();
        good.set("XingMing", "韩石");
        let files = vec![
            ("a.lrmx".to_owned(), encode(&good)),
            ("b.lrmx".to_owned(), b"junk".to_vec()),
            ("c.lrmx".to_owned(), encode(&good)),
        ];
        let read: Vec<FileReading> = read_folder(files).collect();
        let faulty: Vec<bool> = read.iter().map(FileReading::is_faulty).collect();
        assert_eq!(faulty, [false, true, false]);
        assert_eq!(read[1].faults[0].file, "b.lrmx");
    }
}
