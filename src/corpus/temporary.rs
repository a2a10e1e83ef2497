//! Files and folders under way: `.baotinh-…` beside their place, locked by the run that fills them.
//!
//! Invariant: what a killed run left is swept by the next that writes to the same folder, and never what another run fills.

use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use tempfile::{NamedTempFile, TempDir};

/// How the names of files and folders under way begin.
const PREFIX: &str = ".baotinh-";
/// File in a folder under way whose lock says that a run fills it.
const OWNER: &str = ".owner";
/// Age from which a folder without an owner's file was left, and is not just being moved to its place.
const LEFT: Duration = Duration::from_hours(24);

/// What this run has under way, and the folders it has swept.
static HERE: Mutex<(BTreeSet<PathBuf>, BTreeSet<PathBuf>)> = Mutex::new((BTreeSet::new(), BTreeSet::new()));

fn here() -> MutexGuard<'static, (BTreeSet<PathBuf>, BTreeSet<PathBuf>)> {
    HERE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a file in a folder, with the permissions that the user's mask leaves.
///
/// # Errors
/// When it cannot be made.
pub(super) fn file(folder: &Path) -> Result<NamedTempFile> {
    sweep(folder);
    let named = || format!("{}: no file can be written in this folder", folder.display());
    loop {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).with_context(named)?;
        // Where a system knows no locks, nothing is swept either.
        let _ = file.as_file().lock();
        // Another run may have swept it before it was locked.
        if file.path().exists() {
            here().0.insert(file.path().to_path_buf());
            return Ok(file);
        }
    }
}

/// Holds a folder under way and the lock on it.
pub(super) struct Folder {
    room: TempDir,
    /// Dropped, the lock goes.
    _owner: File,
}

/// Starts a folder in another.
///
/// # Errors
/// When it cannot be made.
pub(super) fn folder(parent: &Path) -> Result<Folder> {
    sweep(parent);
    let named = || format!("{}: no folder can be made in this folder", parent.display());
    loop {
        let room = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent).with_context(named)?;
        let owner = match File::create(room.path().join(OWNER)) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            owner => owner.with_context(named)?,
        };
        let _ = owner.lock();
        if room.path().join(OWNER).exists() {
            here().0.insert(room.path().to_path_buf());
            return Ok(Folder { room, _owner: owner });
        }
    }
}

impl Folder {
    /// Returns the folder to fill.
    pub fn path(&self) -> &Path {
        self.room.path()
    }

    /// Leaves the folder where it stands, to be moved.
    ///
    /// # Errors
    /// When the owner's file cannot be taken away.
    pub fn keep(self) -> io::Result<PathBuf> {
        fs::remove_file(self.room.path().join(OWNER))?;
        done(self.room.path());
        Ok(self.room.keep())
    }
}

/// Notes that a file or folder is in its place, or gone.
pub(super) fn done(path: &Path) {
    here().0.remove(path);
}

/// Removes everything this run has under way, before it ends by a signal.
pub fn abandon() {
    for path in &here().0 {
        // What is gone already needs no removing, and nobody is left to hear of the rest.
        let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    }
}

/// Removes what killed runs left in a folder; once a run.
fn sweep(folder: &Path) {
    if !here().1.insert(folder.to_path_buf()) {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX)) {
        let path = entry.path();
        if !here().0.contains(&path) && remove_if_left(&path, entry.file_type().is_ok_and(|kind| kind.is_dir())) {
            tracing::debug!(path = %path.display(), "left by a killed run, removed");
        }
    }
}

/// Removes a file or folder that no run holds; answers whether it did.
fn remove_if_left(path: &Path, is_folder: bool) -> bool {
    let free = |file: &Path| File::open(file).map(|file| (file.try_lock().is_ok(), file));
    if !is_folder {
        return free(path).is_ok_and(|(free, _held)| free && fs::remove_file(path).is_ok());
    }
    match free(&path.join(OWNER)) {
        Ok((free, _held)) => free && fs::remove_dir_all(path).is_ok(),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let changed = fs::metadata(path).and_then(|found| found.modified());
            let age = changed.ok().and_then(|changed| SystemTime::now().duration_since(changed).ok());
            if age.is_some_and(|age| age > LEFT) { fs::remove_dir_all(path) } else { fs::remove_dir(path) }.is_ok()
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_is_swept_and_what_is_held_stays() {
        let place = tempfile::tempdir().expect("a folder");
        let at = |name: &str| place.path().join(name);
        fs::write(at(".baotinh-dead"), "half").expect("written");
        fs::create_dir(at(".baotinh-dir")).expect("made");
        fs::write(at(".baotinh-dir/.owner"), "").expect("written");
        fs::write(at(".baotinh-dir/part"), "half").expect("written");
        fs::write(at(".baotinh-held"), "half").expect("written");
        let held = File::open(at(".baotinh-held")).expect("opened");
        held.lock().expect("locked");
        fs::write(at("other"), "kept").expect("written");
        let file = file(place.path()).expect("made");
        let mut left: Vec<_> = fs::read_dir(place.path())
            .expect("listed")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path != file.path())
            .collect();
        left.sort();
        assert_eq!(left, [at(".baotinh-held"), at("other")]);
    }

    #[test]
    fn a_folder_is_locked_until_it_is_kept() {
        let place = tempfile::tempdir().expect("a folder");
        let room = folder(place.path()).expect("made");
        assert!(!remove_if_left(room.path(), true));
        let kept = room.keep().expect("kept");
        assert!(kept.is_dir() && !kept.join(OWNER).exists());
    }
}
