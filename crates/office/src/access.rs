//! Who may do what: roles, resources, actions, classes of fields, and the one table that joins them.
//!
//! Everything that is not in [`may`] is refused. `docs/permissions.md` is this table printed; a test holds the two
//! together and fails when a resource is missing from it.

macro_rules! list {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = concat!($zh, ", ", $en)] $variant),+ }

        impl $name {
            /// Every member.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The stable code.
            pub const fn code(self) -> &'static str { match self { $($name::$variant => $code),+ } }
            /// The member with a code.
            pub fn from_code(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|m| m.code() == code)
            }
            /// The name in a language.
            pub fn name(self, lang: takeroot_words::Lang) -> &'static str {
                match self { $($name::$variant => lang.pick($zh, $en)),+ }
            }
        }
    };
}

list! {
    /// What an account does in the office.
    Role {
        Organization = "organization", "组织部门", "organization department";
        Personnel = "personnel", "人社部门", "HR bureau";
        Finance = "finance", "财政部门", "finance bureau";
        TownshipHead = "township-head", "乡镇主要负责人", "township head";
        Clerk = "clerk", "单位人事干部", "organ HR clerk";
        Own = "self", "公务员本人", "civil servant";
        Auditor = "auditor", "审计员", "auditor";
        Administrator = "administrator", "系统管理员", "system administrator";
        Analyst = "analyst", "政策研究", "policy analyst";
        // What a token of another system may. No account of a person holds these.
        ReadRoster = "roster:read", "接口：读花名册", "interface: read the roster";
        ReadStanding = "standing:read", "接口：读现状", "interface: read standings";
        ReadPay = "pay:read", "接口：读工资", "interface: read pay";
        ReadFamily = "family:read", "接口：读家庭与健康", "interface: read family and health";
        ReadIdentity = "identity:read", "接口：读身份证号", "interface: read identity numbers";
        ReadPolicy = "policy:read", "接口：读政策文件", "interface: read policy documents";
        WriteImport = "import:write", "接口：导入", "interface: import";
    }
}

impl Role {
    /// It is what a token of another system may, and is not granted to an account.
    pub fn is_scope(self) -> bool {
        self.code().contains(':')
    }

    /// The roles that are granted to accounts.
    pub fn granted() -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(|r| !r.is_scope())
    }

    /// What a token can be given.
    pub fn scopes() -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(|r| r.is_scope())
    }
}

list! {
    /// What an act is on.
    Resource {
        Home = "home", "首页", "home page";
        Roster = "roster", "花名册", "roster";
        Person = "person", "人员档案", "personal file";
        Event = "event", "履历事项", "career event";
        Standing = "standing", "现状与理由", "standing";
        Pay = "pay", "工资", "pay";
        Family = "family", "家庭与健康", "family and health";
        Identity = "identity", "身份证号", "identity number";
        Note = "note", "组织部门备注", "organization department's note";
        Correction = "correction", "更正申请", "request for correction";
        Import = "import", "导入", "import";
        Form = "form", "表格", "form";
        Template = "template", "表格模板", "form template";
        Policy = "policy", "政策文件", "policy document";
        Proposal = "proposal", "政策方案", "policy proposal";
        Effect = "effect", "方案今日影响", "effect of a proposal today";
        Lab = "lab", "政策推演", "policy lab";
        Posts = "posts", "职位表", "post table";
        Account = "account", "账号", "account";
        Grant = "grant", "授权", "grant of a role";
        Session = "session", "登录会话", "session";
        Sight = "sight", "查看记录", "record of views";
        Act = "act", "操作记录", "record of acts";
        Token = "token", "接口令牌", "interface token";
        Health = "health", "运行状态", "state of the system";
    }
}

list! {
    /// What is done.
    Action {
        Read = "read", "查看", "read";
        Write = "write", "办理", "write";
        Export = "export", "导出", "export";
    }
}

/// A class of fields that not every role may see; a view of it is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Pay.
    Pay,
    /// Family and health.
    Family,
    /// Identity number.
    Identity,
}

impl Class {
    /// Every class.
    pub const ALL: &'static [Class] = &[Class::Pay, Class::Family, Class::Identity];

    /// The resource that stands for it in the table.
    pub const fn resource(self) -> Resource {
        match self {
            Class::Pay => Resource::Pay,
            Class::Family => Resource::Family,
            Class::Identity => Resource::Identity,
        }
    }
}

/// Whether a role may do something within its subtree. The only place that says so.
pub const fn may(role: Role, resource: Resource, action: Action) -> bool {
    use Action::{Export, Read, Write};
    use Resource as R;
    match role {
        Role::Organization => match resource {
            R::Account | R::Grant | R::Session | R::Token | R::Health => false,
            R::Pay => matches!(action, Read),
            R::Act | R::Sight => matches!(action, Read),
            _ => true,
        },
        Role::Personnel => match resource {
            R::Home | R::Person | R::Standing | R::Family | R::Identity | R::Effect | R::Lab => {
                matches!(action, Read)
            }
            R::Roster | R::Pay | R::Form | R::Policy | R::Posts => matches!(action, Read | Export),
            R::Event | R::Correction | R::Import => true,
            _ => false,
        },
        Role::Finance => match resource {
            R::Home | R::Person | R::Standing | R::Policy | R::Effect | R::Lab => matches!(action, Read),
            R::Roster | R::Pay => matches!(action, Read | Export),
            _ => false,
        },
        Role::TownshipHead => match resource {
            R::Home | R::Person | R::Standing | R::Policy | R::Posts => matches!(action, Read),
            R::Roster => matches!(action, Read | Export),
            _ => false,
        },
        Role::Clerk => match resource {
            R::Home | R::Person | R::Standing | R::Family | R::Identity | R::Policy => matches!(action, Read),
            R::Roster | R::Form => matches!(action, Read | Export),
            R::Event | R::Correction | R::Import => matches!(action, Read | Write),
            _ => false,
        },
        Role::Own => false,
        Role::Auditor => match resource {
            R::Home | R::Roster | R::Person | R::Event | R::Standing | R::Policy | R::Act | R::Sight => {
                matches!(action, Read)
            }
            R::Account | R::Grant => matches!(action, Read),
            _ => false,
        },
        Role::Administrator => match resource {
            R::Account | R::Grant | R::Session | R::Token | R::Health | R::Template => true,
            R::Policy => matches!(action, Read),
            _ => false,
        },
        Role::Analyst => match resource {
            // Proposals are written by whoever studies policy; documents in force are the organization department's.
            R::Policy => matches!(action, Read | Export),
            R::Posts | R::Proposal => true,
            R::Effect => matches!(action, Read),
            // Whole groups alone are told: it takes no right to read the people's files.
            R::Lab => matches!(action, Read | Write),
            _ => false,
        },
        Role::ReadRoster => matches!(resource, R::Roster | R::Person) && matches!(action, Read),
        Role::ReadStanding => matches!(resource, R::Standing) && matches!(action, Read),
        Role::ReadPay => matches!(resource, R::Pay) && matches!(action, Read),
        Role::ReadFamily => matches!(resource, R::Family) && matches!(action, Read),
        Role::ReadIdentity => matches!(resource, R::Identity) && matches!(action, Read),
        Role::ReadPolicy => matches!(resource, R::Policy) && matches!(action, Read),
        Role::WriteImport => matches!(resource, R::Import) && matches!(action, Read | Write),
    }
}

/// What everyone may do about the person that the account is bound to, whatever the roles.
pub const fn may_own(resource: Resource, action: Action) -> bool {
    use Resource as R;
    match resource {
        R::Person | R::Standing | R::Pay | R::Family | R::Identity | R::Sight | R::Policy => {
            matches!(action, Action::Read)
        }
        R::Correction => matches!(action, Action::Read | Action::Write),
        _ => false,
    }
}

/// The table as a document in both languages, one block for each resource: `docs/permissions.md`.
pub fn document() -> String {
    use takeroot_words::Lang;
    let both = |zh: &str, en: &str| format!("{zh} {en}");
    let mut out = String::from(
        "# 权限表 Permissions\n\n\
         由 `crates/office/src/access.rs` 生成，请勿手改：`make generate`。表中没有 ✔ 的一律拒绝；✔ 只在授权的管理范围（单位及其下级）和授权期内有效。\n\
         Written by `make generate` from `crates/office/src/access.rs`; do not edit. What has no ✔ is refused; a ✔ holds \
         within the scope of the grant (an organ and those below it) and from its first to its last day.\n\n\
         ",
    );
    let letters: Vec<String> = Action::ALL
        .iter()
        .map(|a| format!("**{}** {}", letter(*a), both(a.name(Lang::Zh), a.name(Lang::En))))
        .collect();
    out.push_str(&format!("{}\n\n", letters.join(" · ")));
    out.push_str("| 对象 Resource | |");
    for role in Role::ALL {
        out.push_str(&format!(" {}<br>{} |", role.name(Lang::Zh), role.name(Lang::En)));
    }
    out.push_str(" 对本人<br>about oneself |\n|---|---|");
    out.push_str(&":-:|".repeat(Role::ALL.len() + 1));
    out.push('\n');
    for resource in Resource::ALL {
        for action in Action::ALL {
            let name = if *action == Action::Read {
                format!("{}<br>{} `{}`", resource.name(Lang::Zh), resource.name(Lang::En), resource.code())
            } else {
                String::new()
            };
            out.push_str(&format!("| {name} | {} |", letter(*action)));
            let mark = |yes: bool| if yes { " ✔ |" } else { " · |" };
            for role in Role::ALL {
                out.push_str(mark(may(*role, *resource, *action)));
            }
            out.push_str(mark(may_own(*resource, *action)));
            out.push('\n');
        }
    }
    out.push_str(
        "\n公务员本人的角色不另授权限：最后一列对任何与本人绑定的账号都有效。工资、家庭与健康、身份证号三类信息，他人每次查看都有记录，本人可以看到。\n\
         The role of a civil servant adds nothing: the last column holds for every account that is bound to a person. Each \
         look by another at pay, family and health, or identity number is recorded, and the person sees it.\n",
    );
    out
}

const fn letter(action: Action) -> &'static str {
    match action {
        Action::Read => "R",
        Action::Write => "W",
        Action::Export => "X",
    }
}
