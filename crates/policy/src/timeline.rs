//! A career laid out in time: where a person belonged and worked, and which posts were held.
//!
//! This only orders the facts; it applies no rule.

use std::collections::{HashMap, HashSet};

use takeroot_civil::{
    Career, Channel, Day, Event, ExitReason, Fact, Layer, Organ, OrganId, OrganKind, SecondmentKind, Span,
    WorkKind,
};

/// The organs by number.
pub type Organs<'r> = HashMap<&'r OrganId, &'r Organ>;

/// A span of belonging to an organ.
#[derive(Clone, Debug, PartialEq)]
pub struct Belonging<'r> {
    /// When.
    pub span: Span,
    /// The organ's number.
    pub organ: &'r OrganId,
}

/// A span of working elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Away<'r> {
    /// When.
    pub span: Span,
    /// How.
    pub kind: SecondmentKind,
    /// Kind of the place worked in.
    pub place_kind: OrganKind,
    /// Name of the place.
    pub place: &'r str,
    /// Division of the place, if it is in the roster.
    pub organ: Option<&'r Organ>,
}

/// Recruitment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recruitment<'r> {
    /// The day.
    pub day: Day,
    /// The channel.
    pub channel: Channel,
    /// The organ's number.
    pub organ: &'r OrganId,
    /// Years that the post asked in the hiring unit.
    pub years_in_unit: Option<u8>,
}

/// A leadership layer held from a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerSpan {
    /// When, by the days on which it took effect.
    pub span: Span,
    /// The day from which time in it counts.
    pub counts: Day,
    /// The layer; the highest of the posts held.
    pub layer: Layer,
}

/// A career laid out in time, up to a day.
#[derive(Clone, Debug, Default)]
pub struct Timeline<'r> {
    /// The events that hold, up to the day, in date order.
    pub events: Vec<&'r Event>,
    /// Where the person belonged.
    pub belonging: Vec<Belonging<'r>>,
    /// Where else the person worked.
    pub away: Vec<Away<'r>>,
    /// Recruitment, the last one.
    pub recruited: Option<Recruitment<'r>>,
    /// Leadership layers held, in order.
    pub layers: Vec<LayerSpan>,
    /// Exit, if the person has left.
    pub left: Option<(Day, ExitReason)>,
    /// Work outside the civil service.
    pub work: Vec<(Span, WorkKind)>,
    /// Different posts held in each layer, by title and organ.
    pub posts: [u8; Layer::COUNT],
    /// Where among the events the present service begins: after the last exit for good.
    entered: usize,
    /// Where among the events the last exit for good stands, until the person enters again.
    gone_at: Option<usize>,
}

impl<'r> Timeline<'r> {
    /// Lays a career out, up to and including a day.
    pub fn of(career: &'r Career, organs: &Organs<'r>, on: Day) -> Timeline<'r> {
        let events: Vec<&Event> = career.holding().into_iter().filter(|e| e.dates.effective <= on).collect();
        let mut t = Timeline::default();
        let mut posts: Vec<(&OrganId, &str, Option<Layer>, bool)> = Vec::new();
        let mut held: HashSet<(Layer, &OrganId, &str)> = HashSet::new();
        for (at, event) in events.iter().enumerate() {
            let day = event.dates.effective;
            match &event.fact {
                Fact::Recruited { channel, organ, years_in_unit } => {
                    t.enter(day);
                    t.move_to(day, organ);
                    t.recruited =
                        Some(Recruitment { day, channel: *channel, organ, years_in_unit: *years_in_unit });
                }
                Fact::Registered { organ } => {
                    t.enter(day);
                    t.move_to(day, organ);
                }
                // Who has left is not moved; a record that begins with a move is a person who was there before.
                Fact::Posted { organ } if t.left.is_none() => t.move_to(day, organ),
                Fact::SecondedOut { kind, organ, place } => {
                    t.come_back(day);
                    let there = organ.as_ref().and_then(|id| organs.get(id).copied());
                    let place_kind = match (there, kind) {
                        (Some(organ), _) => organ.kind,
                        (None, SecondmentKind::VillageStationed) => OrganKind::Village,
                        (None, _) => OrganKind::from_name(place),
                    };
                    let span = Span { from: day, to: None };
                    t.away.push(Away { span, kind: *kind, place_kind, place, organ: there });
                }
                Fact::SecondedBack {} => t.come_back(day),
                Fact::Appointed { layer, title, organ, concurrent } => {
                    if !concurrent {
                        posts.retain(|p| p.3);
                    }
                    posts.push((organ, title, *layer, *concurrent));
                    // Who is appointed again to the post already held has held one post, not two.
                    if let Some(layer) = layer.filter(|l| held.insert((*l, organ, title))) {
                        let count = &mut t.posts[layer as usize];
                        *count = count.saturating_add(1);
                    }
                    t.lead(day, event.dates.counts(), posts.iter().filter_map(|p| p.2).max());
                }
                Fact::Relieved { title, organ } => {
                    posts.retain(|p| !(title.is_empty() || (p.0 == organ && p.1 == title)));
                    t.lead(day, day, posts.iter().filter_map(|p| p.2).max());
                }
                Fact::Worked { kind, to, .. } => t.work.push((Span { from: day, to: *to }, *kind)),
                Fact::Left { reason } => {
                    t.come_back(day);
                    if let Some(last) = t.belonging.last_mut().filter(|b| b.span.to.is_none()) {
                        last.span.to = Some(day);
                    }
                    posts.clear();
                    t.lead(day, day, None);
                    t.exit(at, day, *reason);
                }
                _ => {}
            }
        }
        t.events = events;
        t
    }

    fn move_to(&mut self, day: Day, organ: &'r OrganId) {
        if let Some(last) = self.belonging.last_mut().filter(|b| b.span.to.is_none()) {
            if last.organ == organ {
                return;
            }
            last.span.to = Some(day);
        }
        self.belonging.push(Belonging { span: Span { from: day, to: None }, organ });
    }

    fn come_back(&mut self, day: Day) {
        if let Some(last) = self.away.last_mut().filter(|a| a.span.to.is_none()) {
            last.span.to = Some(day);
        }
    }

    fn lead(&mut self, day: Day, counts: Day, layer: Option<Layer>) {
        if let Some(last) = self.layers.last_mut().filter(|l| l.span.to.is_none()) {
            if Some(last.layer) == layer {
                return;
            }
            last.span.to = Some(day);
        }
        if let Some(layer) = layer {
            self.layers.push(LayerSpan { span: Span { from: day, to: None }, counts, layer });
        }
    }

    /// An entry, which ends a secondment. After an exit for good the person starts anew; whoever moved away and came back goes on.
    fn enter(&mut self, day: Day) {
        self.come_back(day);
        self.left = None;
        if let Some(at) = self.gone_at.take() {
            self.entered = at;
            self.recruited = None;
        }
    }

    /// An exit.
    fn exit(&mut self, at: usize, day: Day, why: ExitReason) {
        self.left = Some((day, why));
        if !matches!(why, ExitReason::SelectedUp | ExitReason::TransferredOut | ExitReason::Other) {
            self.gone_at = Some(at);
        }
    }

    /// The events of the present service: ranks and levels of a service that ended for good do not go on.
    pub fn serving_events(&self) -> &[&'r Event] {
        self.events.get(self.entered..).unwrap_or_default()
    }

    /// Whether the person is in the service on the last day laid out.
    pub fn in_service(&self) -> bool {
        self.left.is_none() && !self.belonging.is_empty()
    }

    /// The organ the person belongs to at the end.
    pub fn organ(&self) -> Option<&'r OrganId> {
        self.belonging.last().filter(|b| b.span.to.is_none()).map(|b| b.organ)
    }

    /// The spans of civil service until a day, entries that follow one another without a gap joined.
    pub fn service(&self, end: Day) -> Vec<(Day, Day)> {
        union(self.belonging.iter().filter_map(|b| b.span.until(end)).collect())
    }

    /// The spans until `end` in which the place actually worked in passes a test, given the organ belonged to (its number, and
    /// what is known of it if it is in the roster) and the secondment, if any.
    pub fn worked_where(
        &self,
        organs: &Organs<'r>,
        end: Day,
        test: impl Fn(&OrganId, Option<&Organ>, Option<&Away<'r>>) -> bool,
    ) -> Vec<(Day, Day)> {
        let mut spans: Vec<(Day, Day)> = Vec::new();
        let mut add = |from: Day, to: Day, yes: bool| {
            if yes && from < to {
                match spans.last_mut().filter(|s| s.1 == from) {
                    Some(last) => last.1 = to,
                    None => spans.push((from, to)),
                }
            }
        };
        for belonging in &self.belonging {
            let Some((from, to)) = belonging.span.until(end) else {
                continue;
            };
            let organ = organs.get(belonging.organ).copied();
            let mut at = from;
            for away in &self.away {
                let Some((out, back)) = away.span.until(to) else {
                    continue;
                };
                if back <= at {
                    continue;
                }
                let out = out.max(at);
                add(at, out, test(belonging.organ, organ, None));
                add(out, back, test(belonging.organ, organ, Some(away)));
                at = back;
            }
            add(at, to, test(belonging.organ, organ, None));
        }
        spans
    }
}

/// Spans in order, those that overlap or touch joined.
pub fn union(mut spans: Vec<(Day, Day)>) -> Vec<(Day, Day)> {
    spans.sort_unstable();
    let mut joined: Vec<(Day, Day)> = Vec::new();
    for (from, to) in spans {
        match joined.last_mut().filter(|last| from <= last.1) {
            Some(last) => last.1 = last.1.max(to),
            None => joined.push((from, to)),
        }
    }
    joined
}

/// Full months in spans that do not overlap: each span's full calendar months, and one more for every 30 days left over
/// in all spans but the last, which may go on.
pub fn months_in(spans: &[(Day, Day)]) -> u16 {
    let (mut months, mut days) = (0, 0);
    for (at, (from, to)) in spans.iter().enumerate() {
        let full = to.months_since(*from).max(0);
        months += full;
        if at + 1 < spans.len() {
            days += to.days_since(from.plus_months(full).real()).max(0);
        }
    }
    u16::try_from(months + days / 30).unwrap_or(u16::MAX)
}

/// The part of spans in order that lies before a day.
pub fn before(spans: &[(Day, Day)], day: Day) -> Vec<(Day, Day)> {
    spans.iter().filter(|s| s.0 < day).map(|s| (s.0, s.1.min(day))).collect()
}

/// The first day on which spans that do not overlap, known with what is to come of them, hold so many months, as
/// [`months_in`] counts those before the day; `None` when they never do.
pub fn months_full(spans: &[(Day, Day)], wanted: u16) -> Option<Day> {
    let wanted = i32::from(wanted);
    let (mut months, mut days) = (0, 0);
    for (from, to) in spans {
        let missing = wanted - months - days / 30;
        // What was left over of the spans before counts once this one has begun.
        let day = if missing <= 0 { from.plus_days(1) } else { from.plus_months(missing).real() };
        if day <= *to {
            return Some(day);
        }
        let full = to.months_since(*from).max(0);
        months += full;
        days += to.days_since(from.plus_months(full).real()).max(0);
    }
    None
}
