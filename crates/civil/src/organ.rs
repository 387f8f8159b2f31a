//! Organs: employers, with their kind, division and approved headcount.

use serde::{Deserialize, Serialize};

use crate::DivisionCode;
use crate::code::codes;

/// An organ's number in the office's own list, or its name where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrganId(pub String);

impl std::fmt::Display for OrganId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

codes! {
    /// What kind of employer an organ is.
    OrganKind {
        Township = "township", "乡镇机关", "township organ";
        Subdistrict = "subdistrict", "街道办事处", "subdistrict office";
        County = "county", "县级机关", "county organ";
        SubprovincialDistrict = "subprovincial-district", "副省级城市的区机关", "district organ of a sub-provincial city";
        Prefecture = "prefecture", "地市级机关", "prefecture organ";
        Subprovincial = "subprovincial", "副省级城市机关", "organ of a sub-provincial city";
        Provincial = "provincial", "省级机关", "provincial organ";
        Central = "central", "中央机关", "central organ";
        Institution = "institution", "事业单位", "public institution";
        TownshipInstitution = "township-institution", "乡镇事业单位", "township public institution";
        Village = "village", "村（社区）", "village or community";
        Enterprise = "enterprise", "企业", "enterprise";
        Army = "army", "部队", "armed forces";
    }
}

codes! {
    /// The tier of government an organ belongs to, lowest first.
    Tier {
        Village = "village", "村级", "village";
        Township = "township", "乡镇级", "township";
        County = "county", "县级", "county";
        Prefecture = "prefecture", "地市级", "prefecture";
        Province = "province", "省级", "province";
        Centre = "centre", "中央", "centre";
    }
}

impl OrganKind {
    /// Whether work here is work in a township: township organs, subdistrict offices and township institutions.
    ///
    /// Subdistricts are counted with townships, as the official post tables do.
    pub const fn is_township(self) -> bool {
        matches!(self, OrganKind::Township | OrganKind::Subdistrict | OrganKind::TownshipInstitution)
    }

    /// Whether it employs civil servants.
    pub const fn is_organ(self) -> bool {
        (self as u8) <= OrganKind::Central as u8
    }

    /// Its tier; `None` for enterprises, the army and institutions above the township.
    pub const fn tier(self) -> Option<Tier> {
        Some(match self {
            OrganKind::Village => Tier::Village,
            OrganKind::Township | OrganKind::Subdistrict | OrganKind::TownshipInstitution => Tier::Township,
            OrganKind::County | OrganKind::SubprovincialDistrict => Tier::County,
            OrganKind::Prefecture | OrganKind::Subprovincial => Tier::Prefecture,
            OrganKind::Provincial => Tier::Province,
            OrganKind::Central => Tier::Centre,
            OrganKind::Institution | OrganKind::Enterprise | OrganKind::Army => return None,
        })
    }
}

/// An employer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organ {
    /// Its number, unique in a roster.
    pub id: OrganId,
    /// Full name, as on the seal.
    pub name: String,
    /// Kind.
    pub kind: OrganKind,
    /// Division code of its seat: nine digits for a township, six for a county organ.
    pub division: Option<DivisionCode>,
    /// Approved headcount 编制.
    pub establishment: Option<u32>,
    /// Class on the hardship-remote list, 1 to 6 (6 hardest). `None` is *unknown*; `Some(0)` is *not on the list*.
    pub hardship_class: Option<u8>,
    /// The county's own area band for township allowances, where it keeps one (1 nearest).
    pub area_band: Option<u8>,
}
