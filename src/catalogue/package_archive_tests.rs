use crate::catalogue::Layer;
use crate::collection::packed_samples::{gzip, zip_of};

fn tar_of(files: &[(&str, &[u8])], link: Option<&str>) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // Written past the library, which refuses paths that lead out.
        header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
        header.set_cksum();
        archive.append(&header, *bytes).unwrap();
    }
    if let Some(path) = link {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        archive.append_link(&mut header, path, "/etc/passwd").unwrap();
    }
    archive.into_inner().unwrap()
}

/// Returns the paths of the files of an archive, or why it is refused.
fn read(archive: &[u8]) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("words.pack");
    std::fs::write(&path, archive).unwrap();
    let shown = path.display().to_string();
    match Layer::read(&path) {
        Ok(layer) => Ok(layer.files.into_iter().map(|file| file.path).collect()),
        Err(error) => Err(error.to_string().replace(&shown, "words.pack")),
    }
}

#[test]
fn archives_are_read_with_and_without_a_folder_around_the_package() {
    let bare: &[(&str, &[u8])] =
        &[("byname-package.toml", b""), ("./weights.toml", b""), ("README.md", b"\xFF")];
    let packed: &[(&str, &[u8])] = &[
        ("w-1.0/rules/own/a.toml", b""),
        ("w-1.0/byname-package.toml", b""),
        ("w-1.0/.git/x.toml", b""),
        ("w-1.0/tests/x.toml", b""),
    ];
    for files in [tar_of(bare, None), gzip(&tar_of(bare, None)), zip_of(bare)] {
        assert_eq!(read(&files).unwrap(), ["byname-package.toml", "weights.toml"]);
    }
    for files in [gzip(&tar_of(packed, None)), zip_of(packed)] {
        assert_eq!(read(&files).unwrap(), ["byname-package.toml", "rules/own/a.toml"]);
    }
}

#[test]
fn what_leads_out_of_an_archive_is_refused() {
    for path in ["../a.toml", "rules/../../a.toml", "/etc/a.toml", "C:/a.toml"] {
        for archive in [gzip(&tar_of(&[(path, b"")], None)), zip_of(&[(path, b"")])] {
            let message = read(&archive).unwrap_err();
            assert!(
                message.contains("this path leads out of the package\n  help: pack"),
                "{path}: {message}"
            );
        }
    }
    let message = read(&tar_of(&[], Some("rules/a.toml"))).unwrap_err();
    assert!(message.starts_with("words.pack/rules/a.toml:1:1: this is a link"), "{message}");
    let beside: &[(&str, &[u8])] = &[("w/byname-package.toml", b""), ("other/a.toml", b"")];
    let message = read(&zip_of(beside)).unwrap_err();
    assert!(message.contains("stands beside the package, which is w/"), "{message}");
}

#[test]
fn broken_archives_and_those_that_unpack_to_too_much_are_refused() {
    let large = vec![b' '; 17 << 20];
    for archive in [gzip(&tar_of(&[("weights.toml", &large)], None)), zip_of(&[("weights.toml", &large)])] {
        let message = read(&archive).unwrap_err();
        assert!(message.contains("weights.toml:1:1: the package unpacks to too much"), "{message}");
    }
    let whole = gzip(&tar_of(&[("weights.toml", &large[..9000])], None));
    let message = read(&whole[..whole.len() / 2]).unwrap_err();
    assert!(message.contains("cannot read the archive"), "{message}");
    let message = read(&zip_of(&[("weights.toml", b"\xFF")])).unwrap_err();
    assert!(message.contains("not written in UTF-8"), "{message}");
    let twice = tar_of(&[("weights.toml", b""), ("./weights.toml", b"")], None);
    assert!(read(&twice).unwrap_err().contains("`weights.toml` stands in it twice"));
}
