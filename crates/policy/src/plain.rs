//! A rule in plain words: its fields under the names that a personnel officer knows, codes as their terms.
//!
//! The sentence of a clause is its `text`; this shows, beside it, what the computer reads. Labels are the messages
//! `field-NAME`, or `field-KIND-NAME` where a name means something else in a kind.

use serde_json::{Map, Value};
use takeroot_civil::{
    Channel, Code, Degree, Education, Grade, Ladder, Layer, OrganKind, Rank, Sanction, Tier, WorkKind,
};
use takeroot_words::Lang;

use crate::rule::*;
use crate::words::{loader, say};

/// A rule as a line of its plain fields, then a line for each row of its tables.
pub fn rule(rule: &Rule, lang: Lang) -> Vec<String> {
    if let Rule::Limit(limit) = rule {
        return vec![self::limit(limit, lang)];
    }
    let kind = rule.kind();
    let mut flat: Vec<String> = Vec::new();
    let mut rows: Vec<String> = Vec::new();
    for (field, value) in &fields(rule) {
        match value {
            Value::Array(items) if is_table(items) => {
                rows.push(say!(lang, "plain-table", label = label(kind, field, lang)));
                for item in items {
                    rows.push(format!("  {}", self::value(kind, field, item, lang)));
                }
            }
            _ => flat.push(say!(
                lang,
                "plain-field",
                label = label(kind, field, lang),
                value = self::value(kind, field, value, lang)
            )),
        }
    }
    let mut lines = Vec::new();
    if !flat.is_empty() {
        lines.push(flat.join(&say!(lang, "plain-semicolon")));
    }
    lines.extend(rows);
    lines
}

/// The fields of a rule, as written.
pub(crate) fn fields(rule: &Rule) -> Map<String, Value> {
    let value = serde_json::to_value(rule).unwrap_or_default();
    match value {
        Value::Object(kind) => kind
            .into_iter()
            .find_map(|(_, fields)| match fields {
                Value::Object(fields) => Some(fields),
                _ => None,
            })
            .unwrap_or_default(),
        _ => Map::new(),
    }
}

/// The name of a field.
pub fn label(kind: &str, field: &str, lang: Lang) -> String {
    let loader = loader(lang);
    [format!("field-{kind}-{field}"), format!("field-{field}")]
        .into_iter()
        .find(|id| loader.has(id))
        .map_or_else(|| field.to_owned(), |id| loader.get(&id))
}

/// A value of a field.
pub fn value(kind: &str, field: &str, value: &Value, lang: Lang) -> String {
    match value {
        Value::Null => say!(lang, "plain-none"),
        Value::Bool(true) => say!(lang, "plain-yes"),
        Value::Bool(false) => say!(lang, "plain-no"),
        Value::Number(number) => number.to_string(),
        Value::String(code) => name(field, code, lang).map_or_else(|| code.clone(), str::to_owned),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| self::value(kind, field, item, lang)).collect();
            items.join(&say!(lang, "list-comma"))
        }
        Value::Object(map) => {
            if let Some(text) = map.get(lang.code()).and_then(Value::as_str)
                && map.len() == 2
            {
                return text.to_owned();
            }
            if let (1, Some((of, Value::String(code)))) = (map.len(), map.iter().next()) {
                return name(of, code, lang).map_or_else(|| code.clone(), str::to_owned);
            }
            let fields: Vec<String> = map
                .iter()
                .map(|(field, value)| {
                    say!(
                        lang,
                        "plain-field",
                        label = label(kind, field, lang),
                        value = self::value(kind, field, value, lang)
                    )
                })
                .collect();
            fields.join(&say!(lang, "plain-comma"))
        }
    }
}

/// A figure in words: what it is about, its bounds, its unit.
fn limit(limit: &Limit, lang: Lang) -> String {
    let unit = limit.unit.name(lang);
    // A unit of measure that is a sign (%) follows its number without a space.
    let bound = |n: u32| match unit {
        "%" => format!("{n}%"),
        _ => format!("{n} {unit}"),
    };
    let figure = match (limit.exactly, limit.at_least, limit.at_most) {
        (Some(n), _, _) => bound(n),
        (_, Some(low), Some(high)) => {
            say!(lang, "plain-range", low = low.to_string(), high = bound(high))
        }
        (_, Some(low), None) => say!(lang, "plain-at-least", bound = bound(low)),
        (_, None, Some(high)) => say!(lang, "plain-at-most", bound = bound(high)),
        _ => say!(lang, "plain-none"),
    };
    say!(lang, "plain-field", label = limit.of.name(lang), value = figure)
}

/// Whether items are rows of a table, not words or holders of a list.
fn is_table(items: &[Value]) -> bool {
    items.iter().any(|item| match item {
        Value::Object(map) => map.len() > 1 && !map.contains_key("zh"),
        _ => false,
    })
}

/// The term of a code. The same code can stand in two lists, so the lists are those that the field may take.
fn name(field: &str, code: &str, lang: Lang) -> Option<&'static str> {
    fn of<T: Code>(code: &str, lang: Lang) -> Option<&'static str> {
        T::from_code(code).map(|c| c.name(lang))
    }
    let lists: &[fn(&str, Lang) -> Option<&'static str>] = match field {
        "ladder" => &[of::<Ladder>],
        "rank" | "from-ranks" => &[of::<Rank>],
        "post" | "layer" | "from-post" | "from-layer" => &[of::<Layer>],
        "to" | "holder" => &[of::<Rank>, of::<Layer>],
        "from" => &[of::<Rank>, of::<Supplier>, of::<Tier>],
        "group" => &[of::<Rank>, of::<RetirementGroup>],
        "of" => &[of::<Rank>, of::<Condition>, of::<LimitOf>],
        "grade" | "grades" => &[of::<Grade>],
        "education" => &[of::<Education>],
        "degree" => &[of::<Degree>],
        "organs" => &[of::<OrganKind>],
        "posts" => &[of::<Posts>],
        "condition" => &[of::<Condition>, of::<SelectionCondition>],
        "floor" => &[of::<Floor>],
        "by" | "tier" => &[of::<Tier>],
        "act" | "acts" | "bars" => &[of::<ActName>],
        "channels" => &[of::<Channel>],
        "work" => &[of::<WorkKind>],
        "served-in" => &[of::<ServedIn>],
        "item" => &[of::<PayItem>, of::<DeductionItem>],
        "ground" => &[of::<BarGround>],
        "sanction" => &[of::<Sanction>],
        "unit" => &[of::<Unit>],
        "rule" => &[of::<SecondmentRule>],
        "starts" => &[of::<RiseStarts>],
        "in-range" => &[of::<OnPromotion>],
        "year-belongs" => &[of::<YearBelongs>],
        "needs" => &[of::<LeadershipNeed>],
        _ => &[],
    };
    lists.iter().find_map(|list| list(code, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Names of the fields of rules, from the schema of the types.
    fn field_names(value: &Value, names: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                if let Some(Value::Object(properties)) = map.get("properties") {
                    names.extend(properties.keys().cloned());
                }
                map.values().for_each(|v| field_names(v, names));
            }
            Value::Array(items) => items.iter().for_each(|v| field_names(v, names)),
            _ => {}
        }
    }

    #[test]
    fn every_field_of_a_rule_has_a_name_in_both_languages() {
        let mut names = BTreeSet::new();
        field_names(&schemars::schema_for!(Rule).to_value(), &mut names);
        for kind in crate::schema::kinds() {
            names.remove(&kind);
        }
        // Texts in two languages are shown as one; these kinds' names are also fields.
        names.retain(|name| name != "zh" && name != "en");
        let mut missing = Vec::new();
        for lang in Lang::ALL {
            for name in &names {
                let id = format!("field-{name}");
                if !loader(lang).has(&id) {
                    missing.push(format!("{lang}: {id}"));
                }
            }
        }
        assert!(missing.is_empty(), "no name for:\n{}", missing.join("\n"));
    }

    fn parsed(text: &str) -> Rule {
        let table: std::collections::BTreeMap<String, Rule> = toml::from_str(text).unwrap();
        table.into_values().next().unwrap()
    }

    #[test]
    fn a_rule_is_said_in_the_words_of_the_field() {
        let step = parsed(
            r#"rule.rank-step = { to = "principal-3", from = [{ rank = "principal-4" }, { post = "township-deputy" }], years = 2 }"#,
        );
        let zh = rule(&step, Lang::Zh).join("\n");
        for words in ["三级主任科员", "四级主任科员、乡科级副职", "2"] {
            assert!(zh.contains(words), "{zh}");
        }
        let limit = parsed(r#"rule.limit = { of = "notice-rank", at-least = 5, unit = "working-day" }"#);
        assert_eq!(rule(&limit, Lang::Zh), ["职级晋升公示：不少于 5 个工作日"]);
        assert_eq!(rule(&limit, Lang::En), ["public notice of a promotion in rank: at least 5 working days"]);
    }

    #[test]
    fn tables_take_a_line_for_each_row() {
        let pay = parsed(
            r#"rule.rank-pay = { rows = [{ rank = "staff-2", yuan = 1 }, { rank = "staff-1", yuan = 2 }] }"#,
        );
        assert_eq!(rule(&pay, Lang::En).len(), 3);
    }
}
