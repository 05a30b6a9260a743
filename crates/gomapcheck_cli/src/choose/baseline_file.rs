//! The file of known findings on disk.

use std::fs;
use std::io;
use std::path::Path;

use gomapcheck_diagnostics::Baseline;

use crate::error::CliError;
use crate::whole_file;

/// The directory that a baseline's paths are relative to: that of the file, which is absolute.
pub(crate) fn base(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// Reads the baseline that another is to replace; nothing where there is none, or where the new one goes to a device or a pipe.
pub(crate) fn read_older(path: &Path) -> Result<Option<Baseline>, CliError> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => Ok(None),
        _ => read(path),
    }
}

/// Reads a baseline; nothing where there is no file.
pub(crate) fn read(path: &Path) -> Result<Option<Baseline>, CliError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(CliError::Read { path: path.to_owned(), source }),
    };
    let wrong = |message: String| CliError::Config { path: path.to_owned(), message };
    let text =
        String::from_utf8(bytes).map_err(|_| wrong("this is no baseline: it is not UTF-8".to_owned()))?;
    Baseline::parse(&text, base(path)).map(Some).map_err(|error| wrong(error.to_string()))
}

/// Writes a baseline: all of it, or nothing.
pub(crate) fn write(path: &Path, baseline: &Baseline) -> Result<(), CliError> {
    let text = baseline.to_json();
    whole_file::create(path, |writer| writer.write_all(text.as_bytes()))
        .map_err(|source| CliError::Write { destination: path.display().to_string(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_baseline_is_written_whole_and_read_again() {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("ci/known.json");
        assert_eq!(read(&path).unwrap(), None);
        let baseline = Baseline::of(&[], base(&path));
        for _ in 0..2 {
            write(&path, &baseline).unwrap();
            assert_eq!(read(&path).unwrap().as_ref(), Some(&baseline));
        }
        let names: Vec<_> =
            fs::read_dir(base(&path)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["known.json"]);
    }

    #[test]
    fn what_cannot_be_written_leaves_nothing_behind() {
        let scratch = tempfile::tempdir().unwrap();
        let directory = scratch.path().join("directory");
        fs::create_dir(&directory).unwrap();
        let baseline = Baseline::of(&[], scratch.path());
        assert!(write(&directory, &baseline).is_err());
        fs::write(scratch.path().join("file"), "").unwrap();
        assert!(write(&scratch.path().join("file/known.json"), &baseline).is_err());
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 2);
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let scratch = tempfile::tempdir().unwrap();
        let (file, link) = (scratch.path().join("file"), scratch.path().join("link"));
        fs::write(&file, "").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        write(&link, &Baseline::of(&[], scratch.path())).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::read_to_string(&file).unwrap().starts_with('{'));
    }
}
