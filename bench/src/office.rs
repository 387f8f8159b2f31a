//! The office as people meet it: the built program, served on this machine with so many invented people, asked over HTTP.
//!
//! Every figure stands beside one of the same run that does next to nothing (`/health`), so that a slow machine shows.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, ensure};
use takeroot_civil::Day;
use takeroot_demo::County;
use takeroot_policy::{Facts, Library, Rules, Stack, StackSpec, Standing, pay};
use ureq::Agent;

const PASSWORD: &str = "takeroot-demo";
/// Clients at once, and for how long.
const CLIENTS: usize = 8;
const LOAD: Duration = Duration::from_secs(10);
const PAGES: usize = 60;
/// Of more people the facts are more than a sheet of a workbook has rows.
const WHOLE: u32 = 20_000;

/// Measures everything. `database`: a PostgreSQL that is empty, else SQLite in `dir`.
pub fn run(program: &Path, people: u32, dir: &Path, database: Option<&str>) -> anyhow::Result<()> {
    std::fs::create_dir_all(dir)?;
    in_process(people)?;
    let home = dir.join("served");
    let _ = std::fs::remove_dir_all(&home);
    let place: Vec<String> = match database {
        Some(address) => vec!["--database".into(), address.into()],
        None => vec!["--data".into(), home.display().to_string()],
    };
    let (wall, _) = command(program, &["demo", "--people", &people.to_string(), "--seed", "1"], &place)?;
    println!("a demonstration county of {people} entered: {wall:.2} s");
    if people <= WHOLE {
        let book = dir.join("roster.xlsx");
        let (wall, cpu) = command(program, &["export", "--out", &book.display().to_string()], &place)?;
        println!("takeroot export, the whole roster with every event: {wall:.2} s ({cpu:.2} s of CPU)");
        let other = dir.join("other");
        let _ = std::fs::remove_dir_all(&other);
        let fresh = ["--data".to_owned(), other.display().to_string()];
        let (wall, cpu) = command(program, &["import", &book.display().to_string()], &fresh)?;
        println!(
            "takeroot import of that file into an empty SQLite installation: {wall:.2} s ({cpu:.2} s of CPU)"
        );
    }
    // What an office keeps by itself: one sheet, one row a person.
    let sheet = dir.join("sheet.xlsx");
    crate::workbook::write(people, &sheet)?;
    let third = dir.join("third");
    let _ = std::fs::remove_dir_all(&third);
    let fresh = ["--data".to_owned(), third.display().to_string()];
    let (wall, cpu) =
        command(program, &["import", "--leave-out-errors", &sheet.display().to_string()], &fresh)?;
    println!(
        "takeroot import of one sheet with a row a person into an empty SQLite installation: {wall:.2} s ({cpu:.2} s of CPU)"
    );
    let mut served = Served::start(program, &place)?;
    served.load()?;
    served.first_row();
    served.pages(people)?;
    served.end()
}

/// Standing with reasons, and a month's pay, of everyone: on all cores, as the office does it.
fn in_process(people: u32) -> anyhow::Result<()> {
    let on = Day::new(2026, 7, 1).context("a day")?;
    let library = Library::shipped().map_err(|_| anyhow!("the shipped documents cannot be read"))?;
    let spec = StackSpec { place: Some("990123".into()), ..StackSpec::default() };
    let rules = Rules::at(&Stack::new(&library, spec)?, on);
    let roster = County::generate(people, 1, on).map_err(|e| anyhow!("{e:?}"))?;
    let organs = roster.organ_index();
    let cores = std::thread::available_parallelism()?.get();
    let everyone = |each: &(dyn Fn(&takeroot_civil::Career) -> i64 + Sync)| {
        let began = Instant::now();
        let part = roster.careers.len().div_ceil(cores).max(1);
        let sum: i64 = std::thread::scope(|scope| {
            let parts: Vec<_> = roster
                .careers
                .chunks(part)
                .map(|c| scope.spawn(move || c.iter().map(each).sum::<i64>()))
                .collect();
            parts.into_iter().filter_map(|p| p.join().ok()).sum()
        });
        (began.elapsed().as_secs_f64(), std::hint::black_box(sum))
    };
    let (reasons, _) = everyone(&|career| i64::from(Standing::of(career, &organs, &rules).on.year()));
    let (month, _) = everyone(&|career| pay::monthly(&rules, &Facts::of(career, &organs, &rules)).known.0);
    println!("standing with reasons of {people}: {reasons:.2} s on {cores} cores");
    println!("a month's pay of {people}: {month:.2} s on {cores} cores");
    Ok(())
}

/// Runs the program to its end: seconds by the clock, and of CPU.
fn command(program: &Path, words: &[&str], place: &[String]) -> anyhow::Result<(f64, f64)> {
    let before = children();
    let began = Instant::now();
    let done = Command::new(program).args(words).args(place).stdout(Stdio::null()).output()?;
    let wall = began.elapsed().as_secs_f64();
    // 1: it was done, and there is something to say of some rows.
    ensure!(
        matches!(done.status.code(), Some(0 | 1)),
        "{words:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    Ok((wall, children() - before))
}

/// CPU seconds of ended children.
fn children() -> f64 {
    let ticks = |stat: &str| -> Option<f64> {
        let (_, rest) = stat.rsplit_once(')')?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        Some((fields.get(13)?.parse::<f64>().ok()? + fields.get(14)?.parse::<f64>().ok()?) / 100.0)
    };
    std::fs::read_to_string("/proc/self/stat").ok().as_deref().and_then(ticks).unwrap_or(0.0)
}

struct Served {
    child: Child,
    address: String,
    cookie: String,
    people: Vec<String>,
}

impl Served {
    fn start(program: &Path, place: &[String]) -> anyhow::Result<Served> {
        let mut child = Command::new(program)
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--lang", "en"])
            .args(place)
            .env("TAKEROOT_LOG", "error")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()?;
        let mut said = BufReader::new(child.stdout.take().context("its output")?);
        let mut line = String::new();
        while !line.contains("http://") {
            line.clear();
            ensure!(said.read_line(&mut line)? > 0, "the server ended");
        }
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        let address = line.split_once("http://").map(|(_, a)| a.trim()).context("an address")?;
        let address = format!("http://{address}");
        let agent = agent();
        let answer = agent
            .post(format!("{address}/sign-in"))
            .send_form([("name", "zuzhi"), ("password", PASSWORD)])?;
        let cookie = answer
            .headers()
            .get_all("set-cookie")
            .iter()
            .filter_map(|c| c.to_str().ok()?.split(';').next())
            .collect::<Vec<_>>()
            .join("; ");
        ensure!(!cookie.is_empty(), "nobody was signed in: {}", answer.status());
        let mut served = Served { child, address, cookie, people: Vec::new() };
        let page = served.get(&agent, "/roster")?;
        let text = String::from_utf8(page)?;
        let numbers =
            text.split("href=\"/person/").skip(1).filter_map(|t| t.split('"').next()?.parse::<u32>().ok());
        served.people = numbers.map(|n| format!("/person/{n}")).collect();
        ensure!(!served.people.is_empty(), "the roster page names nobody");
        Ok(served)
    }

    fn get(&self, agent: &Agent, path: &str) -> anyhow::Result<Vec<u8>> {
        let mut answer =
            agent.get(format!("{}{path}", self.address)).header("cookie", &self.cookie).call()?;
        ensure!(answer.status() == 200, "{path}: {}", answer.status());
        Ok(answer.body_mut().with_config().limit(1 << 30).read_to_vec()?)
    }

    /// CPU seconds that the server has used.
    fn cpu(&self) -> f64 {
        let path = format!("/proc/{}/stat", self.child.id());
        let stat = std::fs::read_to_string(path).unwrap_or_default();
        let fields: Vec<&str> =
            stat.rsplit_once(')').map(|(_, r)| r.split_whitespace().collect()).unwrap_or_default();
        let tick = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
        (tick(11) + tick(12)) / 100.0
    }

    /// The most memory it has held, MB.
    fn memory(&self) -> f64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let most = status
            .lines()
            .find_map(|l| l.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<f64>().ok());
        most.unwrap_or(0.0) / 1024.0
    }

    /// When the first row of the roster stands in a browser: where there is one, and `tests/browser` is set up.
    fn first_row(&self) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/first-row.mjs");
        match Command::new("node").arg(script).arg(&self.address).output() {
            Ok(done) if done.status.success() => print!("{}", String::from_utf8_lossy(&done.stdout)),
            Ok(done) => {
                println!("first row in the browser: not measured: {}", String::from_utf8_lossy(&done.stderr));
            }
            Err(error) => println!("first row in the browser: not measured: {error}"),
        }
    }

    /// One client, one page after the other.
    fn pages(&self, people: u32) -> anyhow::Result<()> {
        let agent = agent();
        let person = self.people.first().map_or("/roster", String::as_str);
        for (what, path) in [
            ("nothing (/health)", "/health"),
            ("home", "/"),
            ("roster, first page", "/roster"),
            ("roster, page 40", "/roster?page=40"),
            ("roster, three conditions, ordered by term", "/roster?term=running&sex=female&order=term"),
            ("search by initials", "/roster?q=zl"),
            ("search by a name", "/roster?q=%E7%8E%8B"),
            ("search by the end of a number", "/roster?q=1234"),
            ("a person's file", person),
        ] {
            let mut first = Duration::ZERO;
            let mut took = Vec::with_capacity(PAGES);
            let mut bytes = 0;
            let cpu = self.cpu();
            for turn in 0..=PAGES {
                let began = Instant::now();
                bytes = self.get(&agent, path)?.len();
                if turn == 0 { first = began.elapsed() } else { took.push(began.elapsed()) }
            }
            let cpu = (self.cpu() - cpu) * 1000.0 / (PAGES + 1) as f64;
            println!(
                "{what}: {:.1} ms (median of {PAGES}; the first {:.1} ms; {cpu:.1} ms of CPU), {:.1} KB",
                ms(percentile(&mut took, 50)),
                ms(first),
                bytes as f64 / 1024.0
            );
        }
        let mut exports = vec![("the list as it is shown", "/roster.xlsx?form=list")];
        exports.extend((people <= WHOLE).then_some(("with every event", "/roster.xlsx?form=roster")));
        for (what, path) in exports {
            for turn in 0..3 {
                let began = Instant::now();
                let size = self.get(&agent, path)?.len();
                let took = began.elapsed().as_secs_f64();
                println!(
                    "export, {what}, turn {turn}: {took:.2} s, {:.1} MB; most memory until now {:.0} MB",
                    size as f64 / 1e6,
                    self.memory()
                );
            }
        }
        Ok(())
    }

    /// So many clients at once, each at another page of the roster.
    fn load(&self) -> anyhow::Result<()> {
        for (what, path) in [("/health", "/health"), ("roster pages", "/roster?page=")] {
            let stop = AtomicBool::new(false);
            let cpu = self.cpu();
            let began = Instant::now();
            let mut took: Vec<Duration> = std::thread::scope(|scope| -> anyhow::Result<Vec<Duration>> {
                let clients: Vec<_> = (0..CLIENTS)
                    .map(|client| {
                        let stop = &stop;
                        scope.spawn(move || -> anyhow::Result<Vec<Duration>> {
                            let agent = agent();
                            let mut took = Vec::new();
                            let mut page = client;
                            while !stop.load(Ordering::Relaxed) {
                                page = page % 100 + 1;
                                let asked = if path.ends_with('=') {
                                    format!("{path}{page}")
                                } else {
                                    path.to_owned()
                                };
                                let began = Instant::now();
                                self.get(&agent, &asked)?;
                                took.push(began.elapsed());
                            }
                            Ok(took)
                        })
                    })
                    .collect();
                std::thread::sleep(LOAD);
                stop.store(true, Ordering::Relaxed);
                let mut all = Vec::new();
                for client in clients {
                    all.extend(client.join().map_err(|_| anyhow!("a client failed"))??);
                }
                Ok(all)
            })?;
            let wall = began.elapsed().as_secs_f64();
            let count = took.len();
            println!(
                "{CLIENTS} clients, {what}: {:.0} a second, median {:.1} ms, p99 {:.1} ms; the server used {:.2} cores",
                count as f64 / wall,
                ms(percentile(&mut took, 50)),
                ms(percentile(&mut took, 99)),
                (self.cpu() - cpu) / wall
            );
        }
        println!("most memory: {:.0} MB", self.memory());
        Ok(())
    }

    fn end(&mut self) -> anyhow::Result<()> {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        ensure!(self.child.wait()?.success(), "the server did not end well");
        Ok(())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn agent() -> Agent {
    Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .build()
        .into()
}

fn percentile(took: &mut [Duration], part: usize) -> Duration {
    took.sort_unstable();
    took.get((took.len() * part / 100).min(took.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
