//! The accounts of the demonstration installation.

use takeroot_civil::OrganKind;
use takeroot_store::{Within, organs, people, post_tables, roster, settings};
use takeroot_words::Lang;

use crate::{Office, OfficeError, Role, Viewer};

/// The password of every demonstration account. It opens invented data only; `serve --demo` listens on this machine.
pub const PASSWORD: &str = "takeroot-demo";

/// The accounts and the role of each.
pub const ACCOUNTS: [(&str, Role); 9] = [
    ("zuzhi", Role::Organization),
    ("renshe", Role::Personnel),
    ("caizheng", Role::Finance),
    ("xiangzhen", Role::TownshipHead),
    ("renshi", Role::Clerk),
    ("geren", Role::Own),
    ("shenji", Role::Auditor),
    ("guanli", Role::Administrator),
    ("zhengce", Role::Analyst),
];

impl Office {
    /// Makes an account for each role, bound to the first township and a person in it where the role is someone's; names
    /// in the order of the roles. Does nothing where there are accounts already.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn demonstration_accounts(&self) -> Result<(), OfficeError> {
        let mut tx = self.db.read().await?;
        if tx.number("SELECT COUNT(*) FROM account", vec![]).await? > 0
            || settings::get(&mut tx, settings::INVENTED).await?.is_none()
        {
            return Ok(());
        }
        let tree = organs::tree(&mut tx).await?;
        let seat = tree.iter().find(|n| n.organ.as_ref().is_some_and(|o| o.kind == OrganKind::Township));
        let seat = seat.map(|n| (n.id.clone(), n.name.clone(), n.seq)).unwrap_or_default();
        let within = takeroot_store::Within(vec![(seat.2, seat.2)]);
        let someone = people::revisions(&mut tx, &within).await?;
        // Someone whose service term runs, who has most to read; where nobody's does, the last who came.
        let mut own = None;
        for (id, _) in someone.iter().rev() {
            let Some(line) = people::line_of(&mut tx, &within, *id).await?.filter(|l| l.at.in_service) else {
                continue;
            };
            let found = line.at.term_running;
            if found || own.is_none() {
                own = Some((line.id, line.name));
            }
            if found {
                break;
            }
        }
        drop(tx);
        let viewer = Viewer::installation();
        let county: &[(&str, &str, Role)] = &[
            ("zuzhi", "组织部（演示）", Role::Organization),
            ("renshe", "人社局（演示）", Role::Personnel),
            ("caizheng", "财政局（演示）", Role::Finance),
            ("shenji", "审计员（演示）", Role::Auditor),
            ("guanli", "系统管理员（演示）", Role::Administrator),
            ("zhengce", "政策研究室（演示）", Role::Analyst),
        ];
        for (name, title, role) in county {
            self.add_account(&viewer, name, title, None, PASSWORD, &[(*role, "")]).await?;
        }
        let head = format!("{}（演示）", seat.1);
        self.add_account(&viewer, "xiangzhen", &head, None, PASSWORD, &[(Role::TownshipHead, &seat.0)])
            .await?;
        self.add_account(&viewer, "renshi", &head, None, PASSWORD, &[(Role::Clerk, &seat.0)]).await?;
        if let Some((person, name)) = own {
            self.add_account(&viewer, "geren", &name, Some(person), PASSWORD, &[(Role::Own, &seat.0)])
                .await?;
        }
        Ok(())
    }

    /// Keeps an invented post table for the invented county, so that its pages show something. Does nothing where there
    /// are tables already or the people are real.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn demonstration_posts(&self) -> Result<(), OfficeError> {
        let mut tx = self.db.read().await?;
        if settings::get(&mut tx, settings::INVENTED).await?.is_none()
            || !post_tables::all(&mut tx).await?.is_empty()
        {
            return Ok(());
        }
        let tree = organs::tree(&mut tx).await?;
        let in_post = roster::in_post(&mut tx, &Within::everywhere()).await?;
        drop(tx);
        let county = tree.first().map(|n| n.name.clone()).unwrap_or_default();
        let townships = tree.iter().filter(|n| {
            n.organ.as_ref().is_some_and(|o| matches!(o.kind, OrganKind::Township | OrganKind::Subdistrict))
        });
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (n, node) in townships.enumerate() {
            let people = in_post.iter().find(|p| p.0 == node.seq).map_or(0, |p| p.1);
            let establishment = node.organ.as_ref().and_then(|o| o.establishment).map_or(0, i64::from);
            // As many as there are seats, then one more or fewer: a table is drawn up a year ahead.
            let wanted = (establishment - people).clamp(0, 6) + [0, -1, 1][n % 3];
            for seat in 0..wanted.max(0) {
                let asks = ASKS[(n + usize::try_from(seat).unwrap_or(0)) % ASKS.len()];
                rows.push(row(&node.name, rows.len(), asks));
            }
        }
        if rows.is_empty() {
            return Ok(());
        }
        // What happens in real tables: a name written wrong, a cell not filled in as it should be.
        rows.push(row(&format!("{county}开发区筹建处镇人民政府"), rows.len(), ASKS[0]));
        if let Some(cell) = rows.get_mut(1).and_then(|r| r.get_mut(4)) {
            "若干".clone_into(cell);
        }
        let heads = HEADS.map(str::to_owned);
        let Ok(book) = takeroot_exchange::list::write("乡镇", &heads, &rows, 2, true, Lang::Zh) else {
            return Ok(());
        };
        let name = format!("{county}考试录用公务员职位表（虚构）.xlsx");
        self.add_posts(&Viewer::installation(), &name, book, None).await?;
        Ok(())
    }
}

/// Headings of the invented table.
const HEADS: [&str; 11] = [
    "招录机关",
    "职位代码",
    "职位名称",
    "机构层级",
    "招录人数",
    "学历",
    "学位",
    "专业",
    "年龄",
    "其他要求",
    "备注",
];

/// What its posts ask: education, degree, majors, age, other. Invented; as tables ask, not as any rule does.
const ASKS: [[&str; 5]; 6] = [
    ["大学本科及以上", "学士及以上", "不限", "18周岁以上、35周岁以下", "仅限应届高校毕业生"],
    ["大学专科及以上", "不限", "不限", "18周岁以上、35周岁以下", ""],
    ["大学本科及以上", "学士及以上", "会计学、财政学、审计学", "18周岁以上、35周岁以下", ""],
    ["大学本科及以上", "学士及以上", "法学类", "18周岁以上、30周岁以下", "限男性"],
    ["大学本科及以上", "不限", "农学类、林学类", "18周岁以上、35周岁以下", "限服务基层项目人员报考"],
    ["大学专科及以上", "不限", "不限", "18周岁以上、35周岁以下", "限本县户籍"],
];

fn row(organ: &str, n: usize, asks: [&str; 5]) -> Vec<String> {
    let [education, degree, majors, age, other] = asks;
    let title = ["综合管理岗一级科员", "党建岗一级科员", "经济发展岗一级科员"][n % 3];
    let (code, term) = (format!("99{:06}", n + 1), "最低服务年限5年（含试用期）");
    [organ, &code, title, "乡镇", "1", education, degree, majors, age, other, term]
        .map(str::to_owned)
        .to_vec()
}
