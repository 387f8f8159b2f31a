//! How a name can be typed: full pinyin and initials, from every syllable on, in all readings of its characters.
//!
//! A family name is read as family names are (单 shan, 曾 zeng, 仇 qiu), and as the dictionary has it too: whoever types
//! either finds the person.

use pinyin::ToPinyinMulti as _;

/// Family names whose reading as a name a dictionary does not put first, or not at all.
const FAMILY: &[(&str, &[&str])] = &[
    ("单", &["shan"]),
    ("曾", &["zeng"]),
    ("仇", &["qiu"]),
    ("解", &["xie"]),
    ("查", &["zha"]),
    ("区", &["ou"]),
    ("任", &["ren"]),
    ("盖", &["ge", "gai"]),
    ("朴", &["piao", "pu"]),
    ("乐", &["yue", "le"]),
    ("翟", &["zhai", "di"]),
    ("缪", &["miao", "mou"]),
    ("员", &["yun", "yuan"]),
    ("种", &["chong", "zhong"]),
    ("黑", &["he", "hei"]),
    ("折", &["she"]),
    ("繁", &["po", "fan"]),
    ("召", &["shao", "zhao"]),
    ("尉", &["wei", "yu"]),
    ("华", &["hua"]),
    ("宓", &["mi", "fu"]),
    ("洗", &["xian", "xi"]),
    ("冼", &["xian"]),
    ("晟", &["cheng", "sheng"]),
    ("秘", &["bi", "mi"]),
    ("覃", &["qin", "tan"]),
    ("谌", &["chen", "shen"]),
    ("逄", &["pang"]),
    ("牟", &["mou", "mu"]),
    ("都", &["du", "dou"]),
    ("哈", &["ha"]),
    ("句", &["gou", "ju"]),
    ("纪", &["ji"]),
    ("葛", &["ge"]),
    ("过", &["guo"]),
    ("宁", &["ning"]),
    ("燕", &["yan"]),
    ("应", &["ying"]),
    ("曲", &["qu"]),
    ("石", &["shi"]),
    ("车", &["che"]),
    ("重", &["chong"]),
    ("尉迟", &["yu chi"]),
    ("长孙", &["zhang sun"]),
    ("万俟", &["mo qi"]),
    ("澹台", &["tan tai"]),
    ("单于", &["chan yu"]),
    ("宰父", &["zai fu"]),
];

/// More readings of a name than these are not indexed: a name of four characters with five readings each is no name.
const MOST: usize = 64;

/// Every way a name can be typed: lower-case ASCII letters only.
pub fn keys(name: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for reading in readings(name) {
        for from in 0..reading.len() {
            let rest = reading.get(from..).unwrap_or_default();
            keys.push(rest.concat());
            keys.push(rest.iter().filter_map(|s| s.chars().next()).collect());
        }
    }
    keys.retain(|k| !k.is_empty());
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Readings of a name: its syllables, for each way to read them.
fn readings(name: &str) -> Vec<Vec<String>> {
    let chars: Vec<char> = name.chars().filter(|c| !c.is_whitespace() && *c != '·').collect();
    let mut all: Vec<Vec<String>> = Vec::new();
    let two: String = chars.iter().take(2).collect();
    if let Some((_, family)) = FAMILY.iter().find(|(f, _)| *f == two && chars.len() > 2) {
        for reading in *family {
            let start: Vec<String> = reading.split(' ').map(str::to_owned).collect();
            all.extend(go_on(&[start], chars.get(2..).unwrap_or_default()));
        }
    }
    all.extend(go_on(&[Vec::new()], &chars));
    let one: String = chars.iter().take(1).collect();
    if let Some((_, family)) = FAMILY.iter().find(|(f, _)| *f == one) {
        for reading in *family {
            all.extend(go_on(&[vec![(*reading).to_owned()]], chars.get(1..).unwrap_or_default()));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn go_on(starts: &[Vec<String>], rest: &[char]) -> Vec<Vec<String>> {
    let mut all = starts.to_vec();
    for c in rest {
        let mut sounds: Vec<String> = match c.to_pinyin_multi() {
            Some(multi) => multi.into_iter().map(|p| p.plain().replace('ü', "v")).collect(),
            None if c.is_ascii_alphabetic() => vec![c.to_ascii_lowercase().to_string()],
            None => continue,
        };
        sounds.sort_unstable();
        sounds.dedup();
        if all.len() * sounds.len() > MOST {
            sounds.truncate(1);
        }
        all = all
            .iter()
            .flat_map(|reading| {
                sounds.iter().map(move |sound| {
                    let mut longer = reading.clone();
                    longer.push(sound.clone());
                    longer
                })
            })
            .collect();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn a_name_is_found_in_every_reading() {
        let has = |name: &str, typed: &str| keys(name).iter().any(|k| k.starts_with(typed));
        for (name, typed) in [
            ("冯守冬", "fengshoudong"),
            ("冯守冬", "fsd"),
            ("冯守冬", "shoud"),
            ("单立人", "shanliren"),
            ("单立人", "danliren"),
            ("曾国平", "zengguo"),
            ("曾国平", "zgp"),
            ("仇和平", "qiuheping"),
            ("尉迟恭", "yuchigong"),
            ("吕绿", "lvlv"),
            ("乐嘉", "yuejia"),
            ("买买提·艾力", "mmt"),
        ] {
            assert!(has(name, typed), "{name} {typed}: {:?}", keys(name));
        }
        assert!(!has("冯守冬", "shen"));
    }
}
