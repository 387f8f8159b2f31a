//! Service terms that stand in a note of the sheet, for every post of it or for those of some cities.
//!
//! Guangdong's township sheet lays five years on all its posts: nine cities ask them in any township organ, twelve in
//! the township organs of the post's own county.

use takeroot_civil::DivisionCode;

use super::place::Places;
use super::post::ServiceTerm;
use super::remark;
use super::text::{split_outside, squeeze};

/// A term laid on posts by a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoteTerm {
    /// Only posts of these cities; all when empty.
    pub cities: Vec<DivisionCode>,
    /// Only township posts.
    pub townships_only: bool,
    /// The term.
    pub term: ServiceTerm,
}

/// The terms in the notes of a sheet.
pub(super) fn in_notes(notes: &[String], province: Option<DivisionCode>, places: &Places) -> Vec<NoteTerm> {
    let mut terms = Vec::new();
    for note in notes {
        for sentence in split_outside(note, &['\n', ';', '；', '。']) {
            let Some(term) = remark::service_term(&sentence) else {
                continue;
            };
            let plain = squeeze(&sentence);
            // The cities stand before 等N市, or before the people that the term is for.
            let subject = ["等", "新录用", "录用"]
                .iter()
                .find_map(|w| plain.find(w))
                .and_then(|at| plain.get(..at))
                .unwrap_or("");
            let found = NoteTerm {
                cities: places.cities_in(subject, province),
                townships_only: plain.contains("乡镇") || plain.contains("乡(镇"),
                term,
            };
            if !terms.contains(&found) {
                terms.push(found);
            }
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posts::TermScope;

    #[test]
    fn the_measures_of_guangdong() {
        let note = "配套\n措施 1.广州、深圳、珠海、佛山、惠州、东莞、中山、江门、肇庆等9市新录用乡镇公务员在乡镇机关最低服务年限为5年；\n2.汕头、韶关、河源、梅州、汕尾、阳江、湛江、茂名、清远、潮州、揭阳、云浮等12市新录用乡镇公务员在职位所在县（市、区）的乡镇机关最低服务年限为5年。";
        let terms = in_notes(&[note.to_owned()], "44".parse().ok(), Places::shipped());
        let told: Vec<(usize, u8, TermScope)> =
            terms.iter().map(|t| (t.cities.len(), t.term.years, t.term.scope)).collect();
        assert_eq!(told, [(9, 5, TermScope::AnyTownship), (12, 5, TermScope::CountyTownships)]);
    }
}
