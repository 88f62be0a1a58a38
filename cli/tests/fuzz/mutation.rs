//! Mutation of inputs: windows of real ones, with changes of bytes and of tokens of the format.

use fastrand::Rng;

/// Largest size of an input, in bytes.
const MOST: usize = 1 << 14;

/// Makes an input, determined by the state of the generator.
pub fn mutated(rng: &mut Rng, seeds: &[Vec<u8>], tokens: &[&str]) -> Vec<u8> {
    let seed = pick(rng, seeds);
    let mut bytes = window(rng, seed);
    // Some inputs are changed a little, some are hardly any more what they were.
    let changes = if rng.u8(..4) == 0 { rng.usize(1..40) } else { rng.usize(1..6) };
    for _ in 0..changes {
        change(rng, &mut bytes, seeds, tokens);
    }
    bytes.truncate(MOST);
    bytes
}

fn pick<'a, T>(rng: &mut Rng, of: &'a [T]) -> &'a T {
    &of[rng.usize(..of.len())]
}

/// Returns all of a small input, but mostly only a part of a large one, so that a run gets through many.
fn window(rng: &mut Rng, bytes: &[u8]) -> Vec<u8> {
    let most = 1 << rng.usize(8..13);
    if bytes.len() <= most || rng.u8(..16) == 0 {
        return bytes[..bytes.len().min(MOST)].to_vec();
    }
    // The beginning tells most readers what is to come.
    let start = if rng.bool() { 0 } else { rng.usize(..bytes.len() - most) };
    bytes[start..start + most].to_vec()
}

fn range(rng: &mut Rng, bytes: &[u8]) -> std::ops::Range<usize> {
    let start = rng.usize(..=bytes.len());
    let most = if rng.u8(..4) == 0 { bytes.len() - start } else { (bytes.len() - start).min(16) };
    start..start + rng.usize(..=most)
}

fn insert(rng: &mut Rng, bytes: &mut Vec<u8>, what: &[u8]) {
    let at = rng.usize(..=bytes.len());
    bytes.splice(at..at, what.iter().copied());
}

/// Characters and texts that readers may misread or ignore.
const ODD: &[&str] = &[
    "\u{AD}",
    "\u{200B}",
    "\u{2060}",
    "\u{FEFF}",
    "\u{301}",
    "\u{202E}",
    "\u{FB01}",
    "é",
    "語",
    "𝑥",
    "\0",
    "\r",
    "\u{85}",
    "\u{2028}",
    "\u{B}",
    "\u{C}",
    "\u{1B}[31m",
    "\u{FFFD}",
    "  ",
    "\n\n",
    "\t",
    "-\n",
    "GPT-4",
    "a large language model",
    "137B",
    "[3]",
    "4294967296",
    "-1",
    "9999999999999999999999",
    "1e308",
];

fn change(rng: &mut Rng, bytes: &mut Vec<u8>, seeds: &[Vec<u8>], tokens: &[&str]) {
    match rng.u8(..13) {
        0 if !bytes.is_empty() => {
            let at = rng.usize(..bytes.len());
            bytes[at] ^= 1 << rng.u8(..8);
        }
        1 if !bytes.is_empty() => {
            let at = rng.usize(..bytes.len());
            bytes[at] = rng.u8(..);
        }
        2 => {
            let range = range(rng, bytes);
            bytes.drain(range);
        }
        3 => {
            let copy = bytes[range(rng, bytes)].to_vec();
            insert(rng, bytes, &copy);
        }
        4 => {
            let mut part = pick(rng, seeds).clone();
            part = part[range(rng, &part)].to_vec();
            part.truncate(512);
            insert(rng, bytes, &part);
        }
        5 => {
            let end = rng.usize(..=bytes.len());
            bytes.truncate(end);
        }
        6 => {
            let odd = pick(rng, ODD);
            insert(rng, bytes, odd.as_bytes());
        }
        7 => {
            // Nesting, and what never ends.
            let token = pick(rng, tokens).as_bytes().repeat(rng.usize(2..300));
            insert(rng, bytes, &token);
        }
        8 => {
            // Two places change.
            let (one, other) = (range(rng, bytes), range(rng, bytes));
            if one.end <= other.start {
                let (first, second) = (bytes[one.clone()].to_vec(), bytes[other.clone()].to_vec());
                bytes.splice(other, first);
                bytes.splice(one, second);
            }
        }
        9 => {
            let range = range(rng, bytes);
            bytes.splice(range, pick(rng, tokens).bytes());
        }
        _ => {
            let token = pick(rng, tokens);
            insert(rng, bytes, token.as_bytes());
        }
    }
}
