use super::*;

fn paper(text: &str) -> KeptPaper {
    KeptPaper::new(None, Vec::new(), text.as_bytes().to_vec())
}

/// Caches three papers, each in a segment of its own, and returns their keys.
fn filled(folder: &Path) -> Vec<Key> {
    let keep = |text: &&str| {
        let cache = Cache::open(folder, &["run"]).unwrap();
        let key = cache.key(&[], text.as_bytes());
        cache.put(&key, &paper(text));
        cache.finish().unwrap();
        key
    };
    ["one", "two", "three"].iter().map(keep).collect()
}

fn kept(folder: &Path, keys: &[Key]) -> Vec<Option<String>> {
    let cache = Cache::open(folder, &["run"]).unwrap();
    keys.iter().map(|key| cache.get(key).map(|paper| String::from_utf8(paper.bytes).unwrap())).collect()
}

fn segments(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.to_str().unwrap().ends_with(ENDING)).collect()
}

#[test]
fn what_was_kept_is_found_by_later_runs() {
    let folder = tempfile::tempdir().unwrap();
    let keys = filled(folder.path());
    assert_eq!(kept(folder.path(), &keys), [Some("one".into()), Some("two".into()), Some("three".into())]);
}

#[test]
fn a_key_tells_runs_papers_and_what_is_known_of_them_apart() {
    let folder = tempfile::tempdir().unwrap();
    let key = |run: &[&str], known: &[&[u8]], bytes: &[u8]| {
        Cache::open(folder.path(), run).unwrap().key(known, bytes)
    };
    let keys = [
        key(&["a", "b"], &[b"c"], b"d"),
        key(&["ab", ""], &[b"c"], b"d"),
        key(&["a", "b"], &[b"c", b""], b"d"),
        key(&["a", "b"], &[], b"cd"),
        key(&["a", "b"], &[b"c"], b"e"),
    ];
    for (place, one) in keys.iter().enumerate() {
        assert!(!keys[place + 1..].contains(one));
    }
    assert_eq!(keys[0], key(&["a", "b"], &[b"c"], b"d"));
}

#[test]
fn many_segments_become_one_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut keys = Vec::new();
    for _ in 0..MOST_SEGMENTS {
        let cache = Cache::open(folder.path(), &["run"]).unwrap();
        let text = keys.len().to_string();
        keys.push(cache.key(&[], text.as_bytes()));
        cache.put(keys.last().unwrap(), &paper(&text));
        cache.finish().unwrap();
    }
    Cache::open(folder.path(), &["run"]).unwrap().finish().unwrap();
    assert_eq!(segments(folder.path()).len(), 1);
    let expected: Vec<_> = (0..MOST_SEGMENTS).map(|number| Some(number.to_string())).collect();
    assert_eq!(kept(folder.path(), &keys), expected);
}

#[test]
fn two_runs_at_once_do_not_disturb_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let caches: Vec<Cache> = (0..2).map(|_| Cache::open(folder.path(), &["run"]).unwrap()).collect();
    let texts: Vec<String> = (0..200).map(|number| number.to_string()).collect();
    std::thread::scope(|scope| {
        for cache in &caches {
            scope.spawn(|| {
                texts.iter().for_each(|text| cache.put(&cache.key(&[], text.as_bytes()), &paper(text)))
            });
        }
    });
    caches.iter().for_each(|cache| cache.finish().unwrap());
    let keys: Vec<Key> = texts.iter().map(|text| caches[0].key(&[], text.as_bytes())).collect();
    let found: Vec<String> = kept(folder.path(), &keys).into_iter().flatten().collect();
    assert_eq!(found, texts);
}

proptest::proptest! {
    #[test]
    fn damage_anywhere_loses_results_and_never_changes_one(
        which in 0..3usize, place in 0..1000usize, byte in 0..=255u8, cut in proptest::bool::ANY,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let keys = filled(folder.path());
        let path = &segments(folder.path())[which];
        let mut bytes = fs::read(path).unwrap();
        let place = place % bytes.len();
        if cut { bytes.truncate(place) } else { bytes[place] = byte }
        fs::write(path, bytes).unwrap();
        for (found, right) in kept(folder.path(), &keys).into_iter().zip(["one", "two", "three"]) {
            proptest::prop_assert!(found.is_none_or(|found| found == right));
        }
    }
}
