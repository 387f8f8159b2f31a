//! The accounts of the demonstration installation.

use takeroot_civil::OrganKind;
use takeroot_store::{organs, people, settings};

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
}
