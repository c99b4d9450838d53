//! The machine under the figures: processors, load, how fast its disk keeps things, and how much memory a process holds.

use std::fs;
use std::io::Write;
use std::time::{Duration, Instant};

use throwaway::Folder;

use crate::Failure;

/// Lines about the machine and the run for the head of the report.
pub(crate) fn describe(dossiers: u32) -> Result<Vec<String>, Failure> {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ").map(|(_, name)| name));
    let cores = std::thread::available_parallelism()?;
    let mut lines = vec![
        format!("{cores} cores ({}), load average at the start: {}", model.unwrap_or("unknown"), load()?),
        format!("the disk keeps 8 KiB {} times a second (fdatasync)", flushes()?),
        format!("{dossiers} generated dossiers; server, baseline and load on the same machine, over loopback"),
        "ratios: medians of alternating rounds in one run; times: as the client sees them, 100 requests a second"
            .to_owned(),
    ];
    if cfg!(debug_assertions) {
        lines.push("a DEVELOPMENT build of the measuring program: the figures mean nothing".to_owned());
    }
    Ok(lines)
}

/// The load averages over 1, 5 and 15 minutes.
pub(crate) fn load() -> Result<String, Failure> {
    let text = fs::read_to_string("/proc/loadavg")?;
    Ok(text.split_whitespace().take(3).collect::<Vec<_>>().join(" "))
}

/// Resident memory of a process in megabytes (millions of bytes).
pub(crate) fn resident(process: u32) -> Result<f64, Failure> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1_024.0 / 1e6)
}

/// Processor time that a process has had so far, in microseconds; what else runs on the machine hardly changes it.
pub(crate) fn processor_time(process: u32) -> Result<f64, Failure> {
    // Linux counts it in hundredths of a second, whatever the kernel's own tick.
    const TICK: f64 = 10_000.0;
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, after_name) = stat.rsplit_once(')').ok_or("no name in stat")?;
    let ticks = after_name.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? * TICK)
}

/// How often a second the disk can be told to keep something.
fn flushes() -> Result<u64, Failure> {
    let folder = Folder::create("motcua-bench-flush-")?;
    let mut file = fs::File::create(folder.path().join("file"))?;
    let (begin, mut count) = (Instant::now(), 0);
    while begin.elapsed() < Duration::from_secs(1) {
        file.write_all(&[0; 8_192])?;
        file.sync_data()?;
        count += 1;
    }
    Ok(count)
}
