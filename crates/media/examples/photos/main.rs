//! `make bench-photos`: how long a photo of 24 megapixels takes to all its JPEG and WebP renditions, and how much memory,
//! next to `vipsthumbnail` doing the same sizes in the same run. AVIF, which a worker makes later, is told apart.
//!
//! It stands here and not in `bench`, whose clients share no code with the binary and do not ask for it to be built.

mod picture;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use domain::block::photo::{FocalPoint, Share};
use domain::photo::variant::{RenditionFormat, Size, Variant};
use media::limits::Limits;
use media::pixels::Picture;
use media::renditions::{self, Notice};

/// How often each is done; the median counts.
const ROUNDS: usize = 5;

/// What ours may take, as a multiple of the time of `vipsthumbnail`.
const AIM: f64 = 1.5;

/// How often the memory of another program is looked at.
const LOOK: Duration = Duration::from_millis(2);

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    if let (Some(format), Some(file)) = (arguments.next(), arguments.next()) {
        let (format, file) = (format.to_string_lossy(), PathBuf::from(file));
        // The photo by itself, for `make bench-uploads`.
        return if format == "paint" { picture::write(&file).map(|_| ()) } else { make(&format, &file) };
    }
    let directory = tempfile::tempdir()?;
    let directory = directory.path();
    let photo = directory.join("photo.jpg");
    let octets = picture::write(&photo)?;
    println!("A JPEG of {} × {} pixels, {} MB", picture::WIDTH, picture::HEIGHT, octets / 1_000_000);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(measured(ours_command("served", &photo)?)?);
        theirs.push(vipsthumbnail(&photo, directory)?);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.time.as_secs_f64() / theirs.time.as_secs_f64();
    println!("Masthead:      {ours}");
    println!("vipsthumbnail: {theirs}");
    println!("Ratio of the times: {ratio:.2} (aim: at most {AIM})");
    println!("Apart, AVIF:   {}", measured(ours_command("avif", &photo)?)?);
    Ok(())
}

/// What a run took.
struct Taken {
    time: Duration,
    peak_kib: u64,
}

impl std::fmt::Display for Taken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:>6} ms, at most {:>4} MiB", self.time.as_millis(), self.peak_kib / 1024)
    }
}

fn median(mut taken: Vec<Taken>) -> Taken {
    taken.sort_by_key(|taken| taken.time);
    taken.swap_remove(taken.len() / 2)
}

/// This program again, so that its memory is that of the renditions alone.
fn ours_command(formats: &str, photo: &Path) -> io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(formats).arg(photo);
    Ok(command)
}

/// All renditions of the file, one after the other, as the newsroom makes them.
fn make(formats: &str, file: &Path) -> io::Result<()> {
    let picture = Picture::read(&std::fs::read(file)?, &Limits::DEFAULT).map_err(io::Error::other)?;
    let middle = Share::parse(0.5).map_err(|_| io::Error::other("a half is a share"))?;
    for &variant in Variant::ALL {
        if (variant.format() == RenditionFormat::Avif) == (formats == "avif") {
            let focus = FocalPoint { x: middle, y: middle };
            let made =
                renditions::make(&picture, variant, focus, &Notice::default()).map_err(io::Error::other)?;
            let made = made.ok_or_else(|| io::Error::other("the picture is large enough"))?;
            std::fs::write(file.with_file_name(variant.name()), made.bytes)?;
        }
    }
    Ok(())
}

/// The same sizes by `vipsthumbnail`, which makes one size in one format of a run.
fn vipsthumbnail(photo: &Path, directory: &Path) -> io::Result<Taken> {
    let mut all = Taken { time: Duration::ZERO, peak_kib: 0 };
    for variant in Variant::ALL {
        let options = match variant.format() {
            RenditionFormat::Jpeg => "[Q=80,interlace,strip]",
            RenditionFormat::Webp => "[Q=80,effort=4,strip]",
            RenditionFormat::Avif => continue,
        };
        let mut command = Command::new("vipsthumbnail");
        command.arg(photo).arg("-o").arg(directory.join(format!("vips-{}{options}", variant.name())));
        match variant.size() {
            Size::Width(width) => command.arg("--size").arg(format!("{width}x")),
            Size::Crop { width, height } => {
                let side = Size::CROP_WIDTH;
                command
                    .args(["--smartcrop", "centre", "--size"])
                    .arg(format!("{side}x{}", side * height / width))
            }
        };
        let taken = measured(command)?;
        all.time += taken.time;
        all.peak_kib = all.peak_kib.max(taken.peak_kib);
    }
    Ok(all)
}

/// Runs it and looks at its memory until it ends.
fn measured(mut command: Command) -> io::Result<Taken> {
    let began = Instant::now();
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command.stdout(Stdio::null()).spawn().map_err(|error| {
        io::Error::other(format!("{name}: {error} (vipsthumbnail is in Debian's libvips-tools)"))
    })?;
    let mut peak_kib = 0;
    loop {
        peak_kib = peak_kib.max(peak(&child).unwrap_or(0));
        match child.try_wait()? {
            None => std::thread::sleep(LOOK),
            Some(status) if status.success() => return Ok(Taken { time: began.elapsed(), peak_kib }),
            Some(status) => return Err(io::Error::other(format!("{name}: {status}"))),
        }
    }
}

/// The most memory that a program has had so far.
fn peak(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
