//! Files that are written whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::interrupt;

/// Makes a file of what `write` writes. Whatever goes wrong, the file is whole: the old one, or none, or the new one.
///
/// Missing directories are made. What is no regular file, a pipe or a device, is written to as it is.
///
/// # Errors
/// Those of the file system, and of `write`.
pub(crate) fn create(path: &Path, mut write: impl FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    // A link stays a link: what it points to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let existing = fs::metadata(&target).ok();
    let is_special = existing.as_ref().is_some_and(|metadata| !metadata.is_file());
    let is_dangling = existing.is_none() && fs::symlink_metadata(&target).is_ok();
    if is_special || is_dangling {
        let mut writer = BufWriter::new(File::create(&target)?);
        return write(&mut writer).and_then(|()| writer.flush());
    }
    let directory = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    fs::create_dir_all(&directory)?;
    if existing.is_some() {
        // Who may not write to the file may still be able to replace it, but was not meant to.
        drop(OpenOptions::new().write(true).open(&target)?);
    }
    match replace(&target, &directory, existing.as_ref(), &mut write) {
        // The file may be written although its directory may not, or it may be mounted by itself.
        Err(error) if existing.is_some() && is_about_the_directory(&error) => {
            let mut bytes = Vec::new();
            write(&mut bytes)?;
            fs::write(&target, bytes)
        }
        outcome => outcome,
    }
}

fn is_about_the_directory(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices
    )
}

/// Writes beside the target and takes its name at the end.
fn replace(
    target: &Path,
    directory: &Path,
    existing: Option<&fs::Metadata>,
    write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gomapcheck-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let (file, unfinished) = interrupt::Unfinished::begin(|| builder.tempfile_in(directory))?;
    let mut writer = BufWriter::new(file);
    write(&mut writer)?;
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    if let Some(metadata) = existing {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    unfinished.finish(|| file.persist(target).map(drop).map_err(|error| error.error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(directory: &Path) -> Vec<String> {
        let names = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_report_that_fails_leaves_the_old_one_and_nothing_else() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("report.json");
        create(&path, |writer| writer.write_all(b"old")).unwrap();
        let full = create(&path, |writer| {
            writer.write_all(b"half of the n")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        assert_eq!(full.unwrap_err().kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(entries(directory.path()), ["report.json"]);
        create(&path, |writer| writer.write_all(b"new")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn missing_directories_are_made_and_a_directory_is_no_file() {
        let directory = tempfile::tempdir().unwrap();
        create(&directory.path().join("a/b/report"), |writer| writer.write_all(b"x")).unwrap();
        let error = create(&directory.path().join("a"), |_| Ok(())).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::IsADirectory);
        assert_eq!(entries(directory.path()), ["a"]);
    }

    #[cfg(unix)]
    #[test]
    fn modes_and_links_stay_as_they_are() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let directory = tempfile::tempdir().unwrap();
        let (file, link) = (directory.path().join("file"), directory.path().join("link"));
        create(&file, |writer| writer.write_all(b"x")).unwrap();
        let mode = || fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode() & !0o022, 0o644 & !0o022);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o664)).unwrap();
        symlink("file", &link).unwrap();
        create(&link, |writer| writer.write_all(b"through the link")).unwrap();
        assert_eq!(mode(), 0o664);
        assert_eq!(fs::read_to_string(&file).unwrap(), "through the link");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        symlink("later", directory.path().join("dangling")).unwrap();
        create(&directory.path().join("dangling"), |writer| writer.write_all(b"x")).unwrap();
        assert_eq!(entries(directory.path()), ["dangling", "file", "later", "link"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_not_replaced() {
        create(Path::new("/dev/null"), |writer| writer.write_all(b"x")).unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
