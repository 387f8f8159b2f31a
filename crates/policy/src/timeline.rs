//! A career laid out in time: where a person belonged and worked, and which posts were held.
//!
//! This only orders the facts; it applies no rule.

use std::collections::HashMap;

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
    /// When.
    pub span: Span,
    /// The layer; the highest of the posts held.
    pub layer: Layer,
    /// Posts of that layer held since its start.
    pub posts: u8,
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
}

impl<'r> Timeline<'r> {
    /// Lays a career out, up to and including a day.
    pub fn of(career: &'r Career, organs: &Organs<'r>, on: Day) -> Timeline<'r> {
        let events: Vec<&Event> = career.holding().into_iter().filter(|e| e.dates.effective <= on).collect();
        let mut t = Timeline::default();
        let mut posts: Vec<(&OrganId, &str, Option<Layer>, bool)> = Vec::new();
        for event in &events {
            let day = event.dates.effective;
            match &event.fact {
                Fact::Recruited { channel, organ, years_in_unit } => {
                    t.left = None;
                    t.move_to(day, organ);
                    t.recruited =
                        Some(Recruitment { day, channel: *channel, organ, years_in_unit: *years_in_unit });
                }
                Fact::Registered { organ } => {
                    t.left = None;
                    t.move_to(day, organ);
                }
                Fact::Posted { organ } => t.move_to(day, organ),
                Fact::SecondedOut { kind, organ, place } => {
                    t.come_back(day);
                    let there = organ.as_ref().and_then(|id| organs.get(id).copied());
                    let place_kind = there.map_or_else(|| OrganKind::from_name(place), |o| o.kind);
                    let span = Span { from: day, to: None };
                    t.away.push(Away { span, kind: *kind, place_kind, place, organ: there });
                }
                Fact::SecondedBack {} => t.come_back(day),
                Fact::Appointed { layer, title, organ, concurrent } => {
                    if !concurrent {
                        posts.retain(|p| p.3);
                    }
                    posts.push((organ, title, *layer, *concurrent));
                    t.lead(event.dates.counts(), posts.iter().filter_map(|p| p.2).max(), layer.is_some());
                }
                Fact::Relieved { title, organ } => {
                    posts.retain(|p| !(p.0 == organ && (title.is_empty() || p.1 == title)));
                    t.lead(day, posts.iter().filter_map(|p| p.2).max(), false);
                }
                Fact::Worked { kind, to, .. } => t.work.push((Span { from: day, to: *to }, *kind)),
                Fact::Left { reason } => {
                    t.come_back(day);
                    if let Some(last) = t.belonging.last_mut().filter(|b| b.span.to.is_none()) {
                        last.span.to = Some(day);
                    }
                    posts.clear();
                    t.lead(day, None, false);
                    t.left = Some((day, *reason));
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

    fn lead(&mut self, day: Day, layer: Option<Layer>, appointed: bool) {
        match self.layers.last_mut().filter(|l| l.span.to.is_none()) {
            Some(last) if Some(last.layer) == layer => {
                last.posts = last.posts.saturating_add(u8::from(appointed));
                return;
            }
            Some(last) => last.span.to = Some(day),
            None => {}
        }
        if let Some(layer) = layer {
            self.layers.push(LayerSpan { span: Span { from: day, to: None }, layer, posts: 1 });
        }
    }

    /// Whether the person is in the service on the last day laid out.
    pub fn in_service(&self) -> bool {
        self.left.is_none() && !self.belonging.is_empty()
    }

    /// The organ the person belongs to at the end.
    pub fn organ(&self) -> Option<&'r OrganId> {
        self.belonging.last().filter(|b| b.span.to.is_none()).map(|b| b.organ)
    }

    /// First day of unbroken service in the civil service here.
    pub fn service_since(&self) -> Option<Day> {
        let recruited = self.recruited.map(|r| r.day);
        recruited.or_else(|| self.belonging.first().map(|b| b.span.from))
    }

    /// The spans until `end` in which the place actually worked in passes a test, given the organ belonged to (if it
    /// is in the roster) and the secondment, if any.
    pub fn worked_where(
        &self,
        organs: &Organs<'r>,
        end: Day,
        test: impl Fn(Option<&Organ>, Option<&Away<'r>>) -> bool,
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
                add(at, out, test(organ, None));
                add(out, back, test(organ, Some(away)));
                at = back;
            }
            add(at, to, test(organ, None));
        }
        spans
    }
}

/// Full months in spans: each span's full calendar months, and one more for every 30 days left over in all.
pub fn months_in(spans: &[(Day, Day)]) -> u16 {
    let (mut months, mut days) = (0, 0);
    for (from, to) in spans {
        let full = to.months_since(*from).max(0);
        months += full;
        days += to.days_since(from.plus_months(full).real()).max(0);
    }
    u16::try_from(months + days / 30).unwrap_or(u16::MAX)
}
