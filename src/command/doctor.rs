//! `takeroot doctor`: whether an installation is sound, and what to do when it is not.

use std::process::ExitCode;

use anyhow::anyhow;
use takeroot_words::Say as _;

use crate::cli::Context;
use crate::open::Where;
use crate::out;
use crate::words::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    place: Where,
}

pub fn run(args: &Args, ctx: &Context) -> anyhow::Result<ExitCode> {
    let lang = ctx.lang;
    let found = tokio::runtime::Runtime::new()?.block_on(async {
        let office = args.place.open_as_it_is(ctx).await?;
        let found = office.doctor(lang).await.map_err(|e| anyhow!(e.say(lang)));
        office.db.close().await;
        found
    })?;
    let mut text = String::new();
    for finding in &found {
        text.push_str(if finding.is_sound() { "✓ " } else { "✗ " });
        text.push_str(&finding.say(lang));
        text.push('\n');
        if let Some(advice) = finding.advice(lang) {
            text.push_str(&format!("  → {advice}\n"));
        }
    }
    let sound = found.iter().all(takeroot_office::doctor::Finding::is_sound);
    text.push_str(&if sound { say!(lang, "doctor-sound") } else { say!(lang, "doctor-not-sound") });
    text.push('\n');
    out::print(&text)?;
    Ok(ExitCode::from(u8::from(!sound)))
}
