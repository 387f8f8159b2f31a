//! Yearly assessment grades, Civil Servant Law art. 38.

use crate::code::codes;

codes! {
    /// The result of a year's assessment.
    Grade {
        Excellent = "excellent", "优秀", "excellent";
        Competent = "competent", "称职", "competent";
        Basic = "basic", "基本称职", "basically competent";
        Incompetent = "incompetent", "不称职", "not competent";
        Ungraded = "ungraded", "不定等次", "not graded";
    }
}
