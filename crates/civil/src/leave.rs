//! Kinds of leave and absence.

use crate::code::codes;

codes! {
    /// A kind of leave or absence.
    LeaveKind {
        Annual = "annual", "年休假", "annual leave";
        Sick = "sick", "病假", "sick leave";
        Personal = "personal", "事假", "personal leave";
        Maternity = "maternity", "产假", "maternity leave";
        Paternity = "paternity", "陪产假", "paternity leave";
        Parental = "parental", "育儿假", "parental leave";
        HomeVisit = "home-visit", "探亲假", "home-visit leave";
        Marriage = "marriage", "婚假", "marriage leave";
        Bereavement = "bereavement", "丧假", "bereavement leave";
        TimeOff = "time-off", "调休", "time off in lieu";
        Study = "study", "脱产学习", "full-time study";
        Absence = "absence", "旷工", "absence without leave";
    }
}
