//! The size that a name carries: "Pythia-160M", "Qwen3-235B-A22B".

/// Returns the number of parameters that a name states; a mixture ("8x7B") has none.
pub fn size_in_name(name: &str) -> Option<f64> {
    let bytes = name.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while bytes.get(at).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.') {
            at += 1;
        }
        let unit = match bytes.get(at) {
            Some(b'b' | b'B') => 1e9,
            Some(b'm' | b'M') => 1e6,
            Some(b't' | b'T') => 1e12,
            _ => continue,
        };
        let begins = start == 0 || !bytes[start - 1].is_ascii_alphanumeric();
        let ends = !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        let amount = name[start..at].parse::<f64>().ok().filter(|amount| *amount > 0.0);
        if let Some(amount) = amount.filter(|_| begins && ends) {
            return Some(amount * unit);
        }
    }
    None
}

/// Returns the product that the name of a mixture of experts states: 56 billion for "Orvex-8x7B". Experts share weights,
/// so it is more than the size of the whole.
pub fn product_in_name(name: &str) -> Option<f64> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '×';
    let product = |part: &str| {
        let (experts, each) = part.split_once(['x', 'X', '×'])?;
        let is_number = experts.bytes().all(|byte| byte.is_ascii_digit());
        let experts = experts.parse::<f64>().ok().filter(|experts| is_number && *experts > 0.0)?;
        Some(experts * size_in_name(each)?)
    };
    name.split(|c| !is_part(c)).find_map(product)
}

/// Iterates over the places of a text where a number of parameters ends a part of a name: the last "b" in "orvex-3.1-8b".
pub fn sizes_in_names(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'b', b'B', bytes).filter(move |at| {
        let digits =
            bytes[..*at].iter().rev().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
        let before = at.checked_sub(digits + 1).map(|before| bytes[before]);
        digits > 0 && before == Some(b'-') && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// Largest relative difference between two amounts of one size: "1.6T" and "1,600B".
const SIZE_TOLERANCE: f64 = 0.03;

/// Returns whether two amounts are the same size.
pub(crate) fn same_size(one: f64, other: f64) -> bool {
    (one - other).abs() <= SIZE_TOLERANCE * one.max(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixture_states_the_product_of_its_experts() {
        for (name, product) in [
            ("Mixtral 8x7B Instruct", Some(56e9)),
            ("orvex-16×1.5b-v0.1", Some(24e9)),
            ("Mixtral 8x", None),
            ("x7B", None),
            ("SD-XL 7B", None),
            ("8x7", None),
        ] {
            assert_eq!(product_in_name(name), product, "{name}");
        }
    }

    #[test]
    fn a_size_is_a_number_with_its_unit_between_hyphens() {
        for (name, size) in [
            ("Pythia-160M", Some(160e6)),
            ("Qwen3-235B-A22B", Some(235e9)),
            ("OLMo-2-13B", Some(13e9)),
            ("Llama-3.1 1.6t", Some(1.6e12)),
            ("gemma2-9b-pt", Some(9e9)),
            ("Mixtral-8x7B", None),
            ("GPT-4", None),
            ("M5 Pro", None),
            ("v2.5beta", None),
            ("A22B", None),
        ] {
            assert_eq!(size_in_name(name), size, "{name}");
        }
    }
}
