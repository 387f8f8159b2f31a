//! Sanctions and other measures, and rewards.

use crate::code::codes;

codes! {
    /// A sanction (law art. 64), or a measure with a similar effect on promotion (并行规定 art. ~21).
    Sanction {
        Warning = "warning", "警告", "warning";
        Demerit = "demerit", "记过", "demerit";
        SeriousDemerit = "serious-demerit", "记大过", "serious demerit";
        Demotion = "demotion", "降级", "level demotion";
        Removal = "removal", "撤职", "removal from post";
        Expulsion = "expulsion", "开除", "expulsion";
        Admonition = "admonition", "诫勉", "admonition";
        Organisational = "organisational-handling", "组织处理", "organisational handling";
        PartyWarning = "party-warning", "党内警告", "Party warning";
        PartySeriousWarning = "party-serious-warning", "党内严重警告", "serious Party warning";
    }
}

codes! {
    /// A reward, law art. 53.
    Reward {
        Commendation = "commendation", "嘉奖", "commendation";
        MeritThird = "merit-3", "记三等功", "third-class merit";
        MeritSecond = "merit-2", "记二等功", "second-class merit";
        MeritFirst = "merit-1", "记一等功", "first-class merit";
        Title = "title", "授予称号", "title of honour";
    }
}
