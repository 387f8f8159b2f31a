//! Leadership layers (领导职务层次), Civil Servant Law art. 18.

use crate::code::codes;

codes! {
    /// The layer of a leadership post, lowest first.
    Layer {
        TownshipDeputy = "township-deputy", "乡科级副职", "deputy, township (section) level";
        TownshipHead = "township-head", "乡科级正职", "head, township (section) level";
        CountyDeputy = "county-deputy", "县处级副职", "deputy, county (division) level";
        CountyHead = "county-head", "县处级正职", "head, county (division) level";
        BureauDeputy = "bureau-deputy", "厅局级副职", "deputy, bureau level";
        BureauHead = "bureau-head", "厅局级正职", "head, bureau level";
        ProvincialDeputy = "provincial-deputy", "省部级副职", "deputy, provincial-ministerial level";
        ProvincialHead = "provincial-head", "省部级正职", "head, provincial-ministerial level";
        NationalDeputy = "national-deputy", "国家级副职", "deputy, national level";
        NationalHead = "national-head", "国家级正职", "head, national level";
    }
}

impl Layer {
    /// How many there are.
    pub const COUNT: usize = 10;

    /// The next layer up.
    pub fn above(self) -> Option<Layer> {
        use crate::Code;
        Layer::ALL.get(self.index() + 1).copied()
    }
}
