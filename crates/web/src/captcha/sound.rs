//! The digits of a captcha spoken in Vietnamese, for people who do not see them: recorded digits with pauses, pace and
//! loudness that differ, over a murmur of other digits played backwards and noise.

use super::chance::Chance;

/// Samples a second, one byte each, as in the recordings.
const RATE: usize = 8_000;
/// RIFF, format and the head of the data, as in the recordings.
const HEAD: usize = 44;

/// `không` to `chín`; assets/audio/README.md tells where they come from.
const SPOKEN: [&[u8]; 10] = [
    include_bytes!("../../../../assets/audio/0.wav"),
    include_bytes!("../../../../assets/audio/1.wav"),
    include_bytes!("../../../../assets/audio/2.wav"),
    include_bytes!("../../../../assets/audio/3.wav"),
    include_bytes!("../../../../assets/audio/4.wav"),
    include_bytes!("../../../../assets/audio/5.wav"),
    include_bytes!("../../../../assets/audio/6.wav"),
    include_bytes!("../../../../assets/audio/7.wav"),
    include_bytes!("../../../../assets/audio/8.wav"),
    include_bytes!("../../../../assets/audio/9.wav"),
];

/// The WAV of these digits; the same for the same seed.
pub(super) fn speak(digits: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    let mut track = silence(&mut chance, 0.5, 0.9);
    for digit in digits {
        let (pace, loudness) = (chance.between(0.9, 1.1), chance.between(0.75, 1.0));
        track.extend(samples(*digit, pace).map(|sample| sample * loudness));
        track.extend(silence(&mut chance, 0.45, 1.0));
    }
    murmur(&mut track, &mut chance);
    for sample in &mut track {
        *sample += chance.between(-0.02, 0.02);
    }
    write(&track)
}

fn silence(chance: &mut Chance, shortest: f32, longest: f32) -> Vec<f32> {
    vec![0.0; (chance.between(shortest, longest) * RATE as f32) as usize]
}

/// The samples of a digit between -1 and 1, played this much faster.
fn samples(digit: u8, pace: f32) -> impl Iterator<Item = f32> {
    let recorded = data(SPOKEN[usize::from(digit % 10)]);
    let length = (recorded.len() as f32 / pace) as usize;
    let at = |index: usize| recorded.get(index).map_or(0.0, |byte| (f32::from(*byte) - 128.0) / 128.0);
    (0..length).map(move |index| {
        let place = index as f32 * pace;
        let (whole, part) = (place as usize, place.fract());
        at(whole) * (1.0 - part) + at(whole + 1) * part
    })
}

/// What is heard of a recording: its data without the byte that may fill it up to an even length.
fn data(recording: &[u8]) -> &[u8] {
    let length = recording[40..HEAD].iter().rev().fold(0, |length, byte| (length << 8) | usize::from(*byte));
    &recording[HEAD..HEAD + length]
}

/// Other digits, backwards and softly, one after another under the whole track.
fn murmur(track: &mut [f32], chance: &mut Chance) {
    let mut start = 0;
    while start < track.len() {
        let (digit, pace, loudness) = (chance.below(10) as u8, chance.between(0.8, 1.3), chance.between(0.05, 0.11));
        let mut backwards: Vec<f32> = samples(digit, pace).collect();
        backwards.reverse();
        for (sample, below) in track[start..].iter_mut().zip(&backwards) {
            *sample += below * loudness;
        }
        start += backwards.len() + (chance.between(0.0, 0.2) * RATE as f32) as usize;
    }
}

fn write(track: &[f32]) -> Vec<u8> {
    let length = track.len() as u32;
    let mut wav = Vec::with_capacity(HEAD + track.len() + 1);
    wav.extend_from_slice(b"RIFF");
    wav.extend_from_slice(&(36 + length + length % 2).to_le_bytes());
    wav.extend_from_slice(b"WAVEfmt ");
    wav.extend_from_slice(&16_u32.to_le_bytes());
    // PCM, one channel.
    wav.extend_from_slice(&[1, 0, 1, 0]);
    wav.extend_from_slice(&(RATE as u32).to_le_bytes());
    wav.extend_from_slice(&(RATE as u32).to_le_bytes());
    // One byte a sample of eight bits.
    wav.extend_from_slice(&[1, 0, 8, 0]);
    wav.extend_from_slice(b"data");
    wav.extend_from_slice(&length.to_le_bytes());
    wav.extend(track.iter().map(|sample| (sample.clamp(-1.0, 1.0) * 127.0 + 128.0) as u8));
    // Chunks have an even length.
    if track.len() % 2 == 1 {
        wav.push(128);
    }
    wav
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_recordings_are_what_the_program_takes_them_for() {
        for (digit, recording) in SPOKEN.iter().enumerate() {
            assert_eq!(recording[..4], *b"RIFF", "{digit}");
            assert_eq!(recording[20..24], [1, 0, 1, 0], "{digit} is PCM with one channel");
            assert_eq!(recording[24..28], (RATE as u32).to_le_bytes(), "{digit}");
            assert_eq!(
                recording[34..40],
                *b"\x08\0data",
                "{digit} has eight bits a sample and nothing else before the data"
            );
            let seconds = data(recording).len() as f32 / RATE as f32;
            assert!((0.25..0.9).contains(&seconds), "{digit} lasts {seconds} s");
        }
        assert!(SPOKEN.iter().map(|recording| recording.len()).sum::<usize>() < 150_000);
    }

    #[test]
    fn a_sound_has_a_right_head_a_fair_length_and_the_same_bytes_when_asked_again() {
        for (digits, seconds) in [(&[0, 1, 2, 3, 4][..], 4.0..10.0), (&[5, 6, 7, 8, 9, 3][..], 5.0..12.0)] {
            for seed in 0..20 {
                let wav = speak(digits, seed);
                assert_eq!(wav, speak(digits, seed));
                let length = u32::from_le_bytes([wav[40], wav[41], wav[42], wav[43]]) as usize;
                assert_eq!(wav.len(), HEAD + length + length % 2);
                assert_eq!(u32::from_le_bytes([wav[4], wav[5], wav[6], wav[7]]) as usize, wav.len() - 8);
                assert!(seconds.contains(&(length as f32 / RATE as f32)), "{length} samples");
                assert_ne!(wav, speak(digits, seed + 100));
            }
        }
    }

    /// How alike two stretches of sound are, from -1 to 1.
    fn likeness(left: &[f32], right: &[f32]) -> f32 {
        let product = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        product(left, right) / (product(left, left) * product(right, right)).sqrt().max(1e-6)
    }

    #[test]
    fn every_digit_is_heard_in_its_turn() {
        // The mixing again, step by step, to know where each digit was put and how quickly it is spoken.
        let digits = [7, 0, 4, 2, 9];
        for seed in 0..10 {
            let wav = speak(&digits, seed);
            let track: Vec<f32> = wav[HEAD..].iter().map(|byte| (f32::from(*byte) - 128.0) / 127.0).collect();
            let mut chance = Chance::new(seed);
            let mut start = silence(&mut chance, 0.5, 0.9).len();
            for digit in digits {
                let (pace, _) = (chance.between(0.9, 1.1), chance.between(0.75, 1.0));
                let spoken: Vec<f32> = samples(digit, pace).collect();
                let heard = likeness(&track[start..start + spoken.len()], &spoken);
                assert!(heard > 0.8, "{digit} with seed {seed}: {heard}");
                start += spoken.len() + silence(&mut chance, 0.45, 1.0).len();
            }
        }
    }
}
