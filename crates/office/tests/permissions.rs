//! `docs/permissions.md` is the table of permissions printed. Whoever changes the table changes the document with it:
//! `make generate`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail")]

use std::path::Path;

use takeroot_office::access::{self, Action, Class, Resource, Role};

#[test]
fn the_document_is_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/permissions.md");
    let printed = access::document();
    if std::env::var_os("TAKEROOT_GENERATE").is_some() {
        std::fs::write(&path, &printed).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == printed,
        "docs/permissions.md is not the table of permissions: run `make generate` and read the difference"
    );
}

#[test]
fn every_resource_and_every_role_stands_in_the_document() {
    let printed = access::document();
    for resource in Resource::ALL {
        assert!(printed.contains(&format!("`{}`", resource.code())), "{resource:?} is not in the document");
    }
    for role in Role::ALL {
        assert!(printed.contains(role.name(takeroot_words::Lang::En)), "{role:?} is not in the document");
    }
}

#[test]
fn the_administrator_sees_no_personal_data() {
    let personal = [
        Resource::Roster,
        Resource::Person,
        Resource::Event,
        Resource::Standing,
        Resource::Pay,
        Resource::Family,
        Resource::Identity,
        Resource::Note,
        Resource::Correction,
        Resource::Import,
        Resource::Form,
        Resource::Effect,
        Resource::Sight,
        Resource::Act,
    ];
    for resource in personal {
        for action in Action::ALL {
            assert!(!access::may(Role::Administrator, resource, *action), "{resource:?} {action:?}");
        }
    }
}

#[test]
fn only_the_administrator_grants_and_nobody_else_opens_accounts() {
    for role in Role::ALL.iter().filter(|r| **r != Role::Administrator) {
        assert!(!access::may(*role, Resource::Account, Action::Write), "{role:?}");
        assert!(!access::may(*role, Resource::Grant, Action::Write), "{role:?}");
    }
}

#[test]
fn notes_of_the_organization_department_are_its_own() {
    for role in Role::ALL.iter().filter(|r| **r != Role::Organization) {
        for action in Action::ALL {
            assert!(!access::may(*role, Resource::Note, *action), "{role:?} {action:?}");
            assert!(!access::may_own(Resource::Note, *action), "own {action:?}");
        }
    }
}

#[test]
fn pay_is_for_finance_and_family_is_not() {
    assert!(access::may(Role::Finance, Resource::Pay, Action::Read));
    assert!(!access::may(Role::Finance, Resource::Family, Action::Read));
    assert!(!access::may(Role::Finance, Resource::Identity, Action::Read));
    for class in Class::ALL {
        assert!(!access::may(Role::TownshipHead, class.resource(), Action::Read), "{class:?}");
        assert!(!access::may(Role::Analyst, class.resource(), Action::Read), "{class:?}");
        assert!(!access::may(Role::Auditor, class.resource(), Action::Read), "{class:?}");
    }
    assert!(!access::may(Role::Analyst, Resource::Person, Action::Read));
}

#[test]
fn the_auditor_reads_and_never_writes() {
    for resource in Resource::ALL {
        assert!(!access::may(Role::Auditor, *resource, Action::Write), "{resource:?}");
        assert!(!access::may(Role::Auditor, *resource, Action::Export), "{resource:?}");
    }
    assert!(access::may(Role::Auditor, Resource::Act, Action::Read));
    assert!(access::may(Role::Auditor, Resource::Sight, Action::Read));
}
