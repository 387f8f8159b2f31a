//! The file that a form brings.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;
use takeroot_words::Lang;

use crate::WebError;
use crate::words::say;

/// Name and content of what stands in the field `file`; `None` where no file was chosen.
///
/// # Errors
/// In the reader's language: the form is larger than the place takes, whose files have at most `most` bytes, or it did not
/// come in whole.
pub async fn file(
    mut form: Multipart,
    most: usize,
    lang: Lang,
) -> Result<Option<(String, Vec<u8>)>, WebError> {
    let broken = |error: MultipartError| {
        WebError::Bad(match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                say!(lang, "upload-large", most = i64::try_from(most >> 20).unwrap_or_default())
            }
            _ => say!(lang, "upload-broken"),
        })
    };
    while let Some(field) = form.next_field().await.map_err(broken)? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            let content = field.bytes().await.map_err(broken)?.to_vec();
            return Ok(if name.is_empty() && content.is_empty() { None } else { Some((name, content)) });
        }
    }
    Ok(None)
}
