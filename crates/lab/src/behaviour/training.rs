//! Training: the days that the rules want, as far as they are attended.
//!
//! Nothing is known of what training does to leaving or promotion, and nothing is reckoned.

use crate::assumption::Key;
use crate::outcome::Count;
use crate::shard::Run;

impl Run<'_> {
    /// The days of a year, in its last month.
    pub(crate) fn train(&mut self) {
        let wanted = self.scenario.world.levers.training_days * self.scenario.coefs.get(Key::TrainAttended);
        let days = (self.in_post as f64 * wanted).round() as i64;
        self.count(Count::TrainingDays, days);
    }
}
