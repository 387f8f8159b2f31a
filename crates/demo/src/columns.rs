//! Large demonstrations as columns: Parquet, one file for people on the reference day and one for events.
//!
//! Groups of whole counties are made and encoded on all threads and written in order, each as one row group, so
//! memory is bounded by a few groups and the bytes do not depend on the number of threads. The columns hold codes
//! and packed days ([`Day::packed`]), no names: a name can be had from [`crate::County::career`]. `docs/demo-county.md`
//! lists the columns.

use std::io::Write;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, UInt8Builder, UInt16Builder, UInt32Builder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use rayon::prelude::*;
use takeroot_civil::{Day, Sex};

use crate::county::{County, Plan};
use crate::deed::Deed;
use crate::{DemoError, people};

/// What has been written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// People in service.
    pub in_service: u64,
    /// People, with those who have left.
    pub people: u64,
    /// Events.
    pub events: u64,
}

/// People of a row group, so that a group is large enough to compress and small enough to hold.
const GROUP: u32 = 16_384;

/// The columns of the file of people.
pub fn people_schema() -> SchemaRef {
    use DataType::{Boolean, UInt8, UInt16, UInt32, UInt64};
    let fields = [
        ("person", UInt64, false),
        ("county", UInt32, false),
        ("resident_id_17", UInt64, false),
        ("in_service", Boolean, false),
        ("left_reason", UInt8, true),
        ("left_day", UInt32, true),
        ("sex", UInt8, false),
        ("birth", UInt32, false),
        ("born_here", Boolean, false),
        ("party_joined", UInt32, true),
        ("work_start", UInt32, false),
        ("recruited", UInt32, false),
        ("channel", UInt8, false),
        ("education", UInt8, false),
        ("education_full_time", UInt8, false),
        ("organ", UInt16, false),
        ("organ_since", UInt32, false),
        ("township", Boolean, false),
        ("hardship_class", UInt8, false),
        ("area_band", UInt8, true),
        ("layer", UInt8, true),
        ("layer_since", UInt32, true),
        ("rank", UInt8, true),
        ("rank_since", UInt32, true),
        ("level", UInt8, true),
        ("step", UInt8, true),
        ("away", Boolean, false),
        ("excellent_years", UInt8, false),
    ];
    Arc::new(Schema::new(fields.map(|(name, kind, null)| Field::new(name, kind, null)).to_vec()))
}

/// The columns of the file of events.
pub fn event_schema() -> SchemaRef {
    use DataType::{UInt8, UInt16, UInt32, UInt64};
    let fields = [
        ("person", UInt64, false),
        ("kind", UInt8, false),
        ("effective", UInt32, false),
        ("counted_from", UInt32, true),
        ("second_day", UInt32, true),
        ("a", UInt16, false),
        ("b", UInt16, false),
        ("amends", UInt16, true),
    ];
    Arc::new(Schema::new(fields.map(|(name, kind, null)| Field::new(name, kind, null)).to_vec()))
}

/// The number of a person in column files: the county's number, then the person's in it.
pub fn person_number(county: &County, number: u32) -> u64 {
    u64::from(county.place.index) << 16 | u64::from(number)
}

/// The people of some counties as one batch.
///
/// # Errors
/// If the arrays do not fit the schema.
pub fn people_batch(counties: &[County]) -> Result<RecordBatch, DemoError> {
    let mut c = PeopleColumns::default();
    for county in counties {
        for resident in &county.residents {
            c.add(county, resident);
        }
    }
    Ok(RecordBatch::try_new(people_schema(), c.finish())?)
}

/// The events of some counties as one batch.
///
/// # Errors
/// If the arrays do not fit the schema.
pub fn event_batch(counties: &[County]) -> Result<RecordBatch, DemoError> {
    let mut person = UInt64Builder::new();
    let mut kind = UInt8Builder::new();
    let (mut effective, mut counted, mut second) =
        (UInt32Builder::new(), UInt32Builder::new(), UInt32Builder::new());
    let (mut a, mut b, mut amends) = (UInt16Builder::new(), UInt16Builder::new(), UInt16Builder::new());
    for county in counties {
        for resident in &county.residents {
            let number = person_number(county, resident.number);
            for entry in &resident.life.entries {
                let (first, other) = entry.deed.numbers();
                person.append_value(number);
                kind.append_value(entry.deed.kind());
                effective.append_value(entry.effective.packed());
                counted.append_option(entry.counted.map(Day::packed));
                second.append_option(entry.deed.second_day().map(Day::packed));
                a.append_value(first);
                b.append_value(other);
                amends.append_option(entry.amends);
            }
        }
    }
    let columns: Vec<ArrayRef> = vec![
        Arc::new(person.finish()),
        Arc::new(kind.finish()),
        Arc::new(effective.finish()),
        Arc::new(counted.finish()),
        Arc::new(second.finish()),
        Arc::new(a.finish()),
        Arc::new(b.finish()),
        Arc::new(amends.finish()),
    ];
    Ok(RecordBatch::try_new(event_schema(), columns)?)
}

#[derive(Default)]
struct PeopleColumns {
    person: UInt64Builder,
    county: UInt32Builder,
    resident_id: UInt64Builder,
    in_service: BooleanBuilder,
    left_reason: UInt8Builder,
    left_day: UInt32Builder,
    sex: UInt8Builder,
    birth: UInt32Builder,
    born_here: BooleanBuilder,
    party: UInt32Builder,
    work_start: UInt32Builder,
    recruited: UInt32Builder,
    channel: UInt8Builder,
    education: UInt8Builder,
    full_time: UInt8Builder,
    organ: UInt16Builder,
    organ_since: UInt32Builder,
    township: BooleanBuilder,
    hardship: UInt8Builder,
    band: UInt8Builder,
    layer: UInt8Builder,
    layer_since: UInt32Builder,
    rank: UInt8Builder,
    rank_since: UInt32Builder,
    level: UInt8Builder,
    step: UInt8Builder,
    away: BooleanBuilder,
    excellent: UInt8Builder,
}

impl PeopleColumns {
    fn add(&mut self, county: &County, resident: &crate::Resident) {
        let life = &resident.life;
        let (origin, state) = (&life.origin, &life.state);
        let unit = county.place.organs.get(usize::from(state.organ));
        let education = life.entries.iter().filter_map(|e| match e.deed {
            Deed::Educated { education, .. } => Some(education),
            _ => None,
        });
        self.person.append_value(person_number(county, resident.number));
        self.county.append_value(county.place.code);
        self.resident_id.append_value(resident.digits);
        self.in_service.append_value(origin.left.is_none());
        self.left_reason.append_option(origin.left.map(|r| r.index() as u8));
        self.left_day.append_option(origin.left.map(|_| origin.until.packed()));
        self.sex.append_value(if origin.sex == Sex::Male { 0 } else { 1 });
        self.birth.append_value(origin.birth.packed());
        self.born_here.append_value(origin.local);
        self.party.append_option(life.party.map(Day::packed));
        self.work_start.append_value(people::work_start(origin).packed());
        self.recruited.append_value(origin.entry.packed());
        self.channel.append_value(origin.channel.index() as u8);
        self.education.append_value(education.max().unwrap_or(origin.education).index() as u8);
        self.full_time.append_value(origin.education.index() as u8);
        self.organ.append_value(state.organ);
        self.organ_since.append_value(state.organ_since.unwrap_or(origin.entry).packed());
        self.township.append_value(county.place.is_township(state.organ));
        self.hardship.append_value(county.place.hardship_class());
        self.band.append_option(unit.and_then(|u| u.band));
        self.layer.append_option(state.office.map(|o| o.layer.index() as u8));
        self.layer_since.append_option(state.office.map(|o| o.layer_since.packed()));
        let rank = state.rank.or(state.county).or(state.old);
        self.rank.append_option(rank.map(|h| h.rank.index() as u8));
        self.rank_since.append_option(rank.map(|h| h.counted.packed()));
        self.level.append_option(state.level);
        self.step.append_option(state.level.map(|_| state.step));
        self.away.append_value(state.away.is_some());
        let excellent = life.grades.iter().filter(|g| **g == Some(takeroot_civil::Grade::Excellent)).count();
        self.excellent.append_value(excellent.min(255) as u8);
    }

    fn finish(mut self) -> Vec<ArrayRef> {
        vec![
            Arc::new(self.person.finish()),
            Arc::new(self.county.finish()),
            Arc::new(self.resident_id.finish()),
            Arc::new(self.in_service.finish()),
            Arc::new(self.left_reason.finish()),
            Arc::new(self.left_day.finish()),
            Arc::new(self.sex.finish()),
            Arc::new(self.birth.finish()),
            Arc::new(self.born_here.finish()),
            Arc::new(self.party.finish()),
            Arc::new(self.work_start.finish()),
            Arc::new(self.recruited.finish()),
            Arc::new(self.channel.finish()),
            Arc::new(self.education.finish()),
            Arc::new(self.full_time.finish()),
            Arc::new(self.organ.finish()),
            Arc::new(self.organ_since.finish()),
            Arc::new(self.township.finish()),
            Arc::new(self.hardship.finish()),
            Arc::new(self.band.finish()),
            Arc::new(self.layer.finish()),
            Arc::new(self.layer_since.finish()),
            Arc::new(self.rank.finish()),
            Arc::new(self.rank_since.finish()),
            Arc::new(self.level.finish()),
            Arc::new(self.step.finish()),
            Arc::new(self.away.finish()),
            Arc::new(self.excellent.finish()),
        ]
    }
}

/// One Parquet file to which encoded row groups are appended.
struct File<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
    groups: usize,
}

impl<W: Write + Send> File<W> {
    fn new(to: W, schema: SchemaRef, plan: &Plan) -> Result<File<W>, DemoError> {
        let note = |key: &str, value: String| KeyValue::new(key.to_owned(), value);
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
            .set_max_row_group_row_count(None)
            .set_created_by("takeroot demo".to_owned())
            .set_key_value_metadata(Some(vec![
                note("takeroot.invented", "true".to_owned()),
                note("takeroot.as_of", plan.as_of().to_string()),
                note("takeroot.seed", plan.seed().to_string()),
            ]))
            .build();
        let (writer, factory) =
            ArrowWriter::try_new(to, schema.clone(), Some(properties))?.into_serialized_writer()?;
        Ok(File { writer, factory, schema, groups: 0 })
    }

    fn append(&mut self, chunks: Vec<ArrowColumnChunk>) -> Result<(), DemoError> {
        let mut group = self.writer.next_row_group()?;
        for chunk in chunks {
            chunk.append_to_row_group(&mut group)?;
        }
        group.close()?;
        self.groups += 1;
        Ok(())
    }
}

/// Encodes a batch as the columns of one row group.
fn encode(
    factory: &ArrowRowGroupWriterFactory,
    schema: &Schema,
    batch: &RecordBatch,
    group: usize,
) -> Result<Vec<ArrowColumnChunk>, DemoError> {
    let writers = factory.create_column_writers(group)?;
    let mut chunks = Vec::with_capacity(writers.len());
    for ((mut writer, array), field) in writers.into_iter().zip(batch.columns()).zip(schema.fields()) {
        for leaf in compute_leaves(field, array)? {
            writer.write(&leaf)?;
        }
        chunks.push(writer.close()?);
    }
    Ok(chunks)
}

/// Whole counties that make up one row group each.
fn groups(plan: &Plan) -> Vec<Range<u32>> {
    let mut groups = Vec::new();
    let (mut from, mut people) = (0u32, 0u32);
    for (at, size) in plan.sizes().iter().enumerate() {
        people += size;
        if people >= GROUP {
            groups.push(from..at as u32 + 1);
            (from, people) = (at as u32 + 1, 0);
        }
    }
    if people > 0 {
        groups.push(from..plan.sizes().len() as u32);
    }
    groups
}

/// One group, made and encoded.
struct Done {
    written: Written,
    people: Vec<ArrowColumnChunk>,
    events: Vec<ArrowColumnChunk>,
}

/// Writes a demonstration as two Parquet files, group by group. `progress` is told how many people in service are
/// done, and may stop the work.
///
/// # Errors
/// If a writer fails, or `progress` says to stop.
pub fn write<P, E>(
    plan: &Plan,
    people: P,
    events: E,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Written, DemoError>
where
    P: Write + Send,
    E: Write + Send,
{
    let mut people = File::new(people, people_schema(), plan)?;
    let mut events = File::new(events, event_schema(), plan)?;
    let mut total = Written::default();
    let groups = groups(plan);
    // As many groups at a time as there are threads: that bounds memory.
    for wave in groups.chunks(rayon::current_num_threads().max(1)) {
        let first = people.groups;
        let (pf, ps, ef, es) = (&people.factory, &people.schema, &events.factory, &events.schema);
        let done: Vec<Result<Done, DemoError>> = wave
            .par_iter()
            .enumerate()
            .map(|(at, range)| {
                let counties: Vec<County> = range.clone().filter_map(|i| plan.county(i)).collect();
                let people = people_batch(&counties)?;
                let events = event_batch(&counties)?;
                let written = Written {
                    in_service: counties.iter().map(|c| c.in_service() as u64).sum(),
                    people: people.num_rows() as u64,
                    events: events.num_rows() as u64,
                };
                drop(counties);
                Ok(Done {
                    written,
                    people: encode(pf, ps, &people, first + at)?,
                    events: encode(ef, es, &events, first + at)?,
                })
            })
            .collect();
        for done in done {
            let done = done?;
            people.append(done.people)?;
            events.append(done.events)?;
            total.in_service += done.written.in_service;
            total.people += done.written.people;
            total.events += done.written.events;
            if progress(total.in_service).is_break() {
                return Err(DemoError::Cancelled);
            }
        }
    }
    people.writer.close()?;
    events.writer.close()?;
    Ok(total)
}
