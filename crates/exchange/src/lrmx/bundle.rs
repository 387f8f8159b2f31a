//! Many forms as one `.zip`, as offices send them on.

use std::collections::HashSet;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::document::Document;
use super::encode::encode;

/// A `.zip` of forms in the order given. Each file is named by its place in the list and the person, so that the order
/// survives in a folder: `001 张三.lrmx`.
///
/// # Errors
/// When the files are together too large for a `.zip`.
pub fn bundle(documents: &[Document]) -> Result<Vec<u8>, std::io::Error> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The bytes depend on the content only.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let width = documents.len().to_string().len().max(3);
    for (at, document) in (1..).zip(documents) {
        zip.start_file(format!("{at:0width$} {}.lrmx", file_name(&document.text("XingMing"))), options)?;
        zip.write_all(&encode(document))?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A name as part of a file's name: what file systems refuse, and what would lead out of the folder, is left out.
pub fn file_name(name: &str) -> String {
    let refused: HashSet<char> = "/\\:*?\"<>|".chars().collect();
    let name: String = name.chars().filter(|c| !c.is_control() && !refused.contains(c)).take(60).collect();
    name.trim().trim_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn the_order_of_the_list_is_the_order_of_the_files() {
        let named = |name: &str| {
            let mut document = Document::empty();
            document.set("XingMing", name);
            document
        };
        let bytes = bundle(&[named("李四"), named("../张三"), named("李四")]).expect("a zip");
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let names: Vec<String> = zip.file_names().map(|n| n.expect("a name").into_owned()).collect();
        assert_eq!(names, ["001 李四.lrmx", "002 张三.lrmx", "003 李四.lrmx"]);
        let mut text = Vec::new();
        zip.by_index(1).expect("the second").read_to_end(&mut text).expect("read");
        assert_eq!(super::super::decode(&text).expect("a form").text("XingMing"), "../张三");
    }
}
