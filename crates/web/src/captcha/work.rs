//! The proof of work that a browser does in place of the person: counters whose hashes start with enough zero bits.
//!
//! Part `i` of the work is solved by a counter with which SHA-256(nonce, `i` as one byte, counter as four bytes) starts
//! with that many zero bits. Many small parts take nearly the same time for everybody; one large part would be a lottery.
//! `assets/js/captcha.js` does the work.

use sha2::{Digest, Sha256};

/// How many parts the work has.
pub(super) const PARTS: usize = 16;

/// Whether the text holds a counter for every part: hexadecimal numbers joined by dots.
pub(super) fn is_done(text: &str, nonce: &[u8; 16], bits: u8) -> bool {
    if text.len() > PARTS * 9 {
        return false;
    }
    let mut count = 0;
    let all_right = text.split('.').zip(0..).all(|(counter, part)| {
        count += 1;
        counter_of(counter).is_some_and(|counter| is_solved(nonce, part, counter, bits))
    });
    all_right && count == PARTS
}

/// Strictly one to eight hexadecimal digits; the standard reader would take a sign as well.
fn counter_of(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    u32::from_str_radix(text, 16).ok().filter(|_| plain)
}

fn is_solved(nonce: &[u8; 16], part: u8, counter: u32, bits: u8) -> bool {
    let digest = Sha256::new().chain_update(nonce).chain_update([part]).chain_update(counter.to_be_bytes()).finalize();
    let head = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    head.leading_zeros() >= u32::from(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONCE: [u8; 16] = [9; 16];

    fn work(bits: u8) -> Vec<String> {
        let solve =
            |part| (0..).find(|counter| is_solved(&NONCE, part, *counter, bits)).expect("some counter solves it");
        (0..16).map(|part| format!("{:x}", solve(part))).collect()
    }

    #[test]
    fn done_work_counts_for_its_nonce_and_its_hardness_only() {
        let done = work(8).join(".");
        assert!(is_done(&done, &NONCE, 8) && is_done(&done, &NONCE, 7));
        assert!(!is_done(&done, &[8; 16], 8));
        assert!(!is_done(&done, &NONCE, 16));
        assert!(is_done(&done.to_uppercase(), &NONCE, 8));
    }

    #[test]
    fn every_part_must_be_done_once() {
        let parts = work(8);
        let mut swapped = parts.clone();
        swapped.swap(0, 1);
        let wrong = [
            String::new(),
            parts[..15].join("."),
            format!("{}.", parts.join(".")),
            format!("{}.0", parts.join(".")),
            format!("+{}", parts.join(".")),
            swapped.join("."),
            [parts[0].as_str(); 16].join("."),
            "\0".repeat(20),
            "f".repeat(1 << 20),
        ];
        for text in wrong {
            assert!(!is_done(&text, &NONCE, 8), "{}", text.get(..200.min(text.len())).unwrap_or_default());
        }
    }

    #[test]
    fn the_script_and_the_server_agree() {
        // What `assets/js/captcha.js` posts for this nonce, twelve bits and sixteen parts.
        let posted = "f1c.61c.9b.95f.ac8.aaf.144d.277b.1342.294.119.1094.1398.998.9b0.ae7";
        assert!(is_done(posted, &NONCE, 12));
        assert!(!is_done(posted, &NONCE, 13));
        assert_eq!(work(12).join("."), posted);
    }
}
