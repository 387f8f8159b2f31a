//! `takeroot serve`: what it tells of itself, what its log does not tell of anyone, and how it ends.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::common::Place;

/// The program, serving.
struct Served {
    child: Child,
    address: String,
}

impl Drop for Served {
    fn drop(&mut self) {
        // Ended already, where the story went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Served {
    fn on(place: &Place) -> Served {
        let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut told = BufReader::new(child.stdout.take().unwrap());
        told.read_line(&mut line).unwrap();
        let at = line.find("127.0.0.1:").unwrap_or_else(|| panic!("no address: {line}"));
        let address: String =
            line[at..].chars().take_while(|c| c.is_ascii_digit() || *c == '.' || *c == ':').collect();
        Served { child, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }

    fn ask(&self, head: &str, body: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(self.request(head, body).as_bytes()).unwrap();
        answer(stream)
    }

    fn request(&self, head: &str, body: &str) -> String {
        let (address, length) = (&self.address, body.len());
        let (first, rest) = head.split_once('\n').unwrap_or((head, ""));
        let rest =
            if rest.is_empty() { String::new() } else { format!("{}\r\n", rest.replace('\n', "\r\n")) };
        format!(
            "{first} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {length}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n{rest}\r\n{body}"
        )
    }

    fn sign_in(&self, name: &str) -> String {
        let answer = self.ask("POST /sign-in", &format!("name={name}&password=takeroot-demo"));
        assert_eq!(answer.status, 303, "{answer:?}");
        let cookie = answer
            .head
            .lines()
            .find_map(|l| l.strip_prefix("set-cookie: ").filter(|c| c.starts_with("takeroot=")));
        let cookie = cookie.unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    fn asked_to_end(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    }

    /// Waits for its end: the code, and the log.
    fn ended(&mut self) -> (Option<i32>, String) {
        let began = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "it does not end");
            std::thread::sleep(Duration::from_millis(50));
        };
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (status.code(), log)
    }
}

fn answer(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.replace("\r\n", "\n"), body: body.to_owned() }
}

/// Prometheus text, line by line: a name, labels in quotes, a number; each family told once, before its samples.
fn figures(text: &str) -> Vec<(String, f64)> {
    let mut families = Vec::new();
    let mut found = Vec::new();
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == ':';
    for line in text.lines().filter(|l| !l.is_empty()) {
        if let Some(told) = line.strip_prefix("# ") {
            let mut words = told.split(' ');
            match (words.next(), words.next(), words.next()) {
                (Some("TYPE"), Some(name), Some("counter" | "gauge" | "histogram" | "summary")) => {
                    assert!(!families.contains(&name.to_owned()), "told twice: {line}");
                    families.push(name.to_owned());
                }
                (Some("HELP"), Some(_), _) => {}
                _ => panic!("no line of Prometheus: {line}"),
            }
            continue;
        }
        let end = line.find(|c: char| !word(c)).unwrap();
        let (name, mut rest) = line.split_at(end);
        assert!(!name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()), "{line}");
        if let Some(labels) = rest.strip_prefix('{') {
            let (labels, after) = labels.rsplit_once('}').unwrap();
            for label in labels.split("\",") {
                let (key, value) = label.split_once("=\"").unwrap_or_else(|| panic!("{line}"));
                assert!(key.chars().all(word) && !value.trim_end_matches('"').contains('"'), "{line}");
            }
            rest = after;
        }
        let value: f64 = rest.trim().parse().unwrap_or_else(|e| panic!("{e}: {line}"));
        let family =
            ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        assert!(families.iter().any(|f| f == family || f == name), "not told before: {line}");
        found.push((line.rsplit_once(' ').unwrap().0.to_owned(), value));
    }
    found
}

#[test]
fn its_log_and_its_figures_tell_of_requests_and_of_nobody() {
    let dir = tempfile::tempdir().unwrap();
    for place in Place::each(dir.path()) {
        let place = place.filled();
        let mut served = Served::on(&place);
        let health = served.ask("GET /health", "");
        assert_eq!(health.status, 200);
        let told: Value = serde_json::from_str(&health.body).unwrap();
        assert_eq!((&told["status"], &told["database"]), (&"ok".into(), &"reachable".into()));

        // Names, numbers, queries: in paths, forms, headers, right and wrong.
        let cookie = served.sign_in("zuzhi");
        let name = "%E7%8E%8B%E5%B0%8F%E6%98%8E";
        let mut numbers = Vec::new();
        for (head, body, status) in [
            (format!("GET /roster?q={name}&note=99010119900307100X\nCookie: {cookie}"), "", 200),
            (format!("GET /person/7\nCookie: {cookie}"), "", 200),
            (format!("GET /person/987654\nCookie: {cookie}"), "", 404),
            (format!("GET /{name}/99010119900307100X\nCookie: {cookie}"), "", 404),
            ("POST /sign-in".to_owned(), "name=wangxiaoming&password=secret-sentence", 401),
            ("GET /api/v1/person/7\nAuthorization: Bearer takeroot_secret-token".to_owned(), "", 401),
            (
                format!("GET /health?q={name}\nUser-Agent: wangxiaoming-browser\nX-Request-Id: wangxiaoming"),
                "",
                200,
            ),
        ] {
            let answer = served.ask(&head, body);
            assert_eq!(answer.status, status, "{head}: {answer:?}");
            let number = answer.head.lines().find_map(|l| l.strip_prefix("x-request-id: ")).unwrap();
            assert!(!numbers.contains(&number.to_owned()), "each has a number of its own");
            numbers.push(number.to_owned());
        }
        let metrics = served.ask("GET /metrics", "");
        assert_eq!(metrics.status, 200, "this machine may: {metrics:?}");
        let found = figures(&metrics.body);
        let of =
            |start: &str| -> f64 { found.iter().filter(|(n, _)| n.starts_with(start)).map(|f| f.1).sum() };
        assert!(of("takeroot_requests_total") >= 8.0);
        assert!(
            found.iter().any(|(n, v)| n.contains("route=\"/person/{id}\"") && n.contains("404") && *v == 1.0)
        );
        assert!(of("takeroot_request_seconds_count") >= 8.0 && of("takeroot_sessions") == 1.0);
        assert!(of("takeroot_database_connections") >= 1.0);

        served.asked_to_end();
        let (code, log) = served.ended();
        assert_eq!(code, Some(0), "{log}");
        let lines: Vec<Value> =
            log.lines().map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e}: {l}"))).collect();
        let answered: Vec<&Value> = lines.iter().filter(|l| l["message"] == "answered").collect();
        assert!(answered.len() >= 9, "{log}");
        for line in &answered {
            assert!(
                line["method"].is_string() && line["status"].is_number() && line["ms"].is_number(),
                "{line}"
            );
            assert!(line["route"].as_str().is_some_and(|r| r == "none" || r.starts_with('/')), "{line}");
        }
        for number in &numbers {
            let of_it = answered.iter().filter(|l| l["span"]["id"] == number.as_str()).count();
            assert_eq!(of_it, 1, "{number} stands in the log once");
        }
        for secret in [
            "wangxiaoming",
            "王小明",
            name,
            "99010119900307100X",
            "secret-sentence",
            "secret-token",
            "zuzhi",
            "/person/7",
            "987654",
            "q=",
            &cookie["takeroot=".len()..],
        ] {
            assert!(!log.contains(secret), "the log tells {secret}: {log}");
            assert!(!metrics.body.contains(secret), "the figures tell {secret}");
        }
    }
}

#[test]
fn asked_to_end_it_first_answers_whoever_is_being_served() {
    let dir = tempfile::tempdir().unwrap();
    for place in Place::each(dir.path()) {
        let place = place.filled();
        let mut served = Served::on(&place);
        // A form of which half has come.
        let request = served.request("POST /sign-in", "name=zuzhi&password=takeroot-demo");
        let (first, second) = request.split_at(request.len() - 5);
        let mut under_way = served.connect();
        under_way.write_all(first.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(500));
        served.asked_to_end();
        std::thread::sleep(Duration::from_millis(500));
        assert!(served.child.try_wait().unwrap().is_none(), "it waits for the request under way");
        assert!(TcpStream::connect(&served.address).is_err(), "and takes no other");
        under_way.write_all(second.as_bytes()).unwrap();
        let answer = answer(under_way);
        assert_eq!(answer.status, 303, "{answer:?}");
        assert!(answer.head.contains("set-cookie: takeroot="));
        let (code, log) = served.ended();
        assert_eq!(code, Some(0), "{log}");
        // Nothing is left half done.
        assert!(place.run(&["doctor"]).status.success());
    }
}
