//! Files: listed in a fixed order, opened through their compression, written whole or not at all.

use super::temporary;
use anyhow::{Context, Result};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Lists the files below a folder whose name is wanted, sorted by path; an absent folder holds none.
///
/// Links are followed, but into no folder that is listed already, and a file that has several links comes once.
///
/// # Errors
/// When a folder cannot be read.
pub fn list(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    let (mut open, mut linked) = (vec![folder.to_path_buf()], false);
    let mut listed = HashSet::new();
    while let Some(folder) = open.pop() {
        if !listed.insert(fs::canonicalize(&folder).unwrap_or_else(|_| folder.clone())) {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let entry = entry.with_context(|| folder.display().to_string())?;
            let path = entry.path();
            linked |= entry.file_type().is_ok_and(|kind| kind.is_symlink());
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().and_then(|name| name.to_str()).is_some_and(wanted) {
                found.push(path);
            }
        }
    }
    found.sort();
    if linked {
        let mut seen = HashSet::new();
        // A file itself goes before the links to it.
        let (links, files): (Vec<_>, Vec<_>) = found.drain(..).partition(|path| path.is_symlink());
        found.extend(
            files.into_iter().chain(links).filter(|path| fs::canonicalize(path).is_ok_and(|real| seen.insert(real))),
        );
        found.sort();
    }
    Ok(found)
}

/// Opens a file for reading through gzip or zstd, told by its first bytes and not by its name.
///
/// # Errors
/// When the file cannot be opened or read.
pub fn open(path: &Path) -> Result<Box<dyn BufRead + Send>> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    decompressed(BufReader::with_capacity(1 << 16, file)).with_context(|| path.display().to_string())
}

/// Wraps a reader so that gzip (of any number of members) and zstd are taken off.
///
/// # Errors
/// When the first bytes cannot be read.
pub fn decompressed(mut reader: impl BufRead + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    let magic = reader.fill_buf()?;
    Ok(if magic.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::with_capacity(1 << 16, flate2::bufread::MultiGzDecoder::new(reader)))
    } else if magic.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Box::new(BufReader::with_capacity(1 << 16, zstd::Decoder::with_buffer(reader)?))
    } else {
        Box::new(reader)
    })
}

/// Longest line, record or cell that is read, in bytes: articles are a thousandth of it.
pub const LONGEST_LINE: usize = 64 << 20;

/// Says what stood where a line was to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A line, now in the buffer without the break at its end.
    Whole,
    /// A line of more than [`LONGEST_LINE`] bytes, which was passed over: its length.
    TooLong(u64),
    /// The end of the input.
    End,
}

impl Line {
    /// Says why a line of a length is not read.
    pub fn refusal(length: u64) -> String {
        let (length, most) = (length as f64 / (1 << 20) as f64, LONGEST_LINE >> 20);
        format!("a line of {length:.1} MB, where {most} MB are the most; passed over, split what it holds")
    }
}

/// Reads the next line into a buffer, whose former content goes; memory is bounded however long a line is.
///
/// # Errors
/// When the input cannot be read.
pub fn next_line(reader: &mut dyn BufRead, buffer: &mut Vec<u8>) -> io::Result<Line> {
    buffer.clear();
    let mut length = 0u64;
    loop {
        let part = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            part => part?,
        };
        let end = memchr::memchr(b'\n', part);
        let taken = end.unwrap_or(part.len());
        if taken == 0 && end.is_none() && length == 0 {
            return Ok(Line::End);
        }
        length += taken as u64;
        if length <= LONGEST_LINE as u64 {
            buffer.extend_from_slice(&part[..taken]);
        } else {
            // What was held of it is given back at once.
            *buffer = Vec::new();
        }
        let ends = end.is_some() || part.is_empty();
        reader.consume(taken + usize::from(end.is_some()));
        if ends {
            return Ok(if length <= LONGEST_LINE as u64 { Line::Whole } else { Line::TooLong(length) });
        }
    }
}

/// Writes a file beside its place, compressed by its name (`.gz`, `.zst`), and moves it there when whole.
///
/// Dropped without [`AtomicFile::finish`], it leaves what was there before.
pub struct AtomicFile {
    path: PathBuf,
    out: Encoder,
}

enum Encoder {
    Plain(BufWriter<Target>),
    Gzip(Box<flate2::write::GzEncoder<BufWriter<Target>>>),
    Zstd(Box<zstd::Encoder<'static, BufWriter<Target>>>),
}

/// Says where the bytes go until the file is whole.
enum Target {
    /// Into a file beside the place.
    Beside(NamedTempFile),
    /// Straight through: the place is a device or a pipe, which is never replaced.
    Through(File),
}

impl Target {
    /// Opens what is written to for the file at a path; a link is followed, as `cp` does.
    fn at(path: &mut PathBuf) -> Result<Target> {
        if path.is_symlink()
            && let Ok(real) = fs::canonicalize(&*path)
        {
            *path = real;
        }
        let path = path.as_path();
        if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
            let device = File::options().write(true).open(path).with_context(|| path.display().to_string())?;
            return Ok(Target::Through(device));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        create_folder(folder).with_context(|| format!("{}: the folder cannot be made", folder.display()))?;
        let beside = temporary::file(folder)?;
        if let Ok(before) = fs::metadata(path) {
            // Who may read the file stays as it was.
            let _ = fs::set_permissions(beside.path(), before.permissions());
        }
        Ok(Target::Beside(beside))
    }

    fn file(&mut self) -> &mut File {
        match self {
            Target::Beside(file) => file.as_file_mut(),
            Target::Through(file) => file,
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

impl AtomicFile {
    /// Starts a file; its folder is made when it is missing.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn create(path: &Path) -> Result<AtomicFile> {
        let mut path = path.to_path_buf();
        let plain = BufWriter::with_capacity(1 << 16, Target::at(&mut path)?);
        let out = match path.extension().and_then(|name| name.to_str()) {
            Some("gz") => Encoder::Gzip(Box::new(flate2::write::GzEncoder::new(plain, flate2::Compression::default()))),
            Some("zst") => Encoder::Zstd(Box::new(zstd::Encoder::new(plain, 3)?)),
            _ => Encoder::Plain(plain),
        };
        Ok(AtomicFile { path, out })
    }

    /// Ends the compression, syncs the file and moves it to its place.
    ///
    /// # Errors
    /// When anything of it cannot be written: a full disk shows here at the latest.
    pub fn finish(self) -> Result<()> {
        let named = || format!("{}: could not be written; what was there before is kept", self.path.display());
        let plain = match self.out {
            Encoder::Plain(out) => out,
            Encoder::Gzip(out) => out.finish().with_context(named)?,
            Encoder::Zstd(out) => out.finish().with_context(named)?,
        };
        let Target::Beside(temporary) = plain.into_inner().map_err(|error| error.into_error()).with_context(named)?
        else {
            return Ok(());
        };
        temporary.as_file().sync_all().with_context(named)?;
        temporary::done(temporary.path());
        temporary.persist(&self.path).map_err(|error| error.error).with_context(named)?;
        sync_folder_of(&self.path)?;
        tracing::debug!(file = %self.path.display(), "whole, and in its place");
        Ok(())
    }
}

/// Makes a folder and those above it that are missing; the name of each new one is on the disk when this returns.
///
/// # Errors
/// When a folder cannot be made or synced.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()).collect();
    fs::create_dir_all(folder)?;
    missing.iter().try_for_each(|folder| {
        let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
        sync_folder(parent.unwrap_or(Path::new(".")))
    })
}

/// Waits until the names in a folder are on the disk.
///
/// # Errors
/// When the folder cannot be synced.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    // Elsewhere folders cannot be opened, and names are durable with their files.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Syncs the folder around a file or folder, so that its new name is on the disk as its content is.
fn sync_folder_of(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync_folder(folder).with_context(|| format!("{}: the folder cannot be synced", folder.display()))
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.out {
            Encoder::Plain(out) => out.write(bytes),
            Encoder::Gzip(out) => out.write(bytes),
            Encoder::Zstd(out) => out.write(bytes),
        }
        .map_err(|error| named(&self.path, &error))
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Encoder::Plain(out) => out.flush(),
            Encoder::Gzip(out) => out.flush(),
            Encoder::Zstd(out) => out.flush(),
        }
        .map_err(|error| named(&self.path, &error))
    }
}

/// Says which file could not be written, for the errors of a writer that passes through many hands.
fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}; what was there before is kept", path.display()))
}

/// Fills a folder beside its place and moves it there when whole; dropped before, it leaves nothing.
pub struct AtomicFolder {
    path: PathBuf,
    room: temporary::Folder,
}

impl AtomicFolder {
    /// Starts a folder that must not exist.
    ///
    /// # Errors
    /// When it exists, or the folder around it cannot be made or written to.
    pub fn create(path: &Path) -> Result<AtomicFolder> {
        anyhow::ensure!(
            !path.exists(),
            "{}: exists already and is never written over; choose another name",
            path.display()
        );
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        create_folder(parent).with_context(|| format!("{}: the folder cannot be made", parent.display()))?;
        Ok(AtomicFolder { path: path.to_path_buf(), room: temporary::folder(parent)? })
    }

    /// Returns the folder to write to.
    pub fn room(&self) -> &Path {
        self.room.path()
    }

    /// Moves the folder to its place.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub fn finish(self) -> Result<()> {
        let named = || self.path.display().to_string();
        open_to_all(self.room.path()).with_context(named)?;
        fs::rename(self.room.keep().with_context(named)?, &self.path).with_context(named)?;
        sync_folder_of(&self.path)
    }
}

/// Gives a folder made for its owner alone the permissions of a new one, as the user's mask leaves them.
#[cfg(unix)]
fn open_to_all(folder: &Path) -> io::Result<()> {
    let usual = folder.join(".usual");
    fs::create_dir(&usual)?;
    let permissions = fs::metadata(&usual)?.permissions();
    fs::remove_dir(usual)?;
    fs::set_permissions(folder, permissions)
}

#[cfg(not(unix))]
fn open_to_all(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Reads a file whole through its compression, at most `limit` bytes of content.
///
/// # Errors
/// When the file cannot be read or holds more.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(limit + 1).read_to_end(&mut bytes).with_context(|| path.display().to_string())?;
    anyhow::ensure!(bytes.len() as u64 <= limit, "{}: larger than {limit} bytes", path.display());
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_through_each_compression() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.txt", "a.txt.gz", "deep/er/a.txt.zst"] {
            let path = folder.path().join(name);
            let mut file = AtomicFile::create(&path).expect("created");
            file.write_all("báo tỉnh".as_bytes()).expect("written");
            assert!(!path.exists());
            file.finish().expect("finished");
            assert_eq!(read(&path, 100).expect("read"), "báo tỉnh".as_bytes());
            assert!(read(&path, 3).is_err());
        }
    }

    #[test]
    fn a_line_beyond_the_limit_is_passed_over_and_the_next_is_read() {
        let long = LONGEST_LINE as u64 + 1;
        let blanks = io::repeat(b' ').take(long);
        let mut lines = BufReader::new((&b"one\n\n"[..]).chain(blanks).chain(&b"\nlast"[..]));
        let mut buffer = Vec::new();
        let mut read = Vec::new();
        loop {
            match next_line(&mut lines, &mut buffer).expect("read") {
                Line::End => break,
                line => read.push((line, String::from_utf8_lossy(&buffer).into_owned())),
            }
            assert!(buffer.capacity() <= 2 * LONGEST_LINE);
        }
        let whole = |text: &str| (Line::Whole, text.to_string());
        assert_eq!(read, [whole("one"), whole(""), (Line::TooLong(long), String::new()), whole("last")]);
    }

    #[test]
    fn a_folder_appears_whole_and_is_never_written_over() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("deep/er");
        let folder = AtomicFolder::create(&path).expect("created");
        fs::write(folder.room().join("a"), "b").expect("written");
        assert!(!path.exists());
        folder.finish().expect("finished");
        assert_eq!(fs::read(path.join("a")).expect("read"), b"b");
        assert!(AtomicFolder::create(&path).is_err());
        drop(AtomicFolder::create(&place.path().join("other")).expect("created"));
        assert_eq!(fs::read_dir(place.path()).expect("listed").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_in_no_circle_and_each_file_comes_once() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("b")).expect("made");
        fs::write(at("b/file"), "x").expect("written");
        symlink(folder.path(), at("b/circle")).expect("linked");
        symlink(at("b"), at("again")).expect("linked");
        symlink(at("b/file"), at("a-link")).expect("linked");
        let found = list(folder.path(), &|_| true).expect("listed");
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_mode_and_a_link_its_aim() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("real"), "old").expect("written");
        fs::set_permissions(at("real"), fs::Permissions::from_mode(0o640)).expect("set");
        symlink(at("real"), at("link")).expect("linked");
        let mut file = AtomicFile::create(&at("link")).expect("created");
        file.write_all(b"new").expect("written");
        file.finish().expect("finished");
        assert!(at("link").is_symlink());
        assert_eq!(fs::read(at("real")).expect("read"), b"new");
        assert_eq!(fs::metadata(at("real")).expect("there").permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn an_unfinished_file_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(AtomicFile::create(&folder.path().join("a")).expect("created"));
        assert_eq!(list(folder.path(), &|_| true).expect("listed"), Vec::<PathBuf>::new());
    }
}
