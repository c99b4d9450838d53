//! Writes each document once as it usually is and once as long as it gets: `cargo run -p documents --example samples -- DIRECTORY`.

#[path = "../tests/pdf/samples.rs"]
mod samples;

use std::error::Error;
use std::path::PathBuf;

use documents::Typesetter;
use samples::LONG_NAME;

fn main() -> Result<(), Box<dyn Error>> {
    let directory = PathBuf::from(std::env::args().nth(1).ok_or("say into which directory")?);
    std::fs::create_dir_all(&directory)?;
    let typesetter = Typesetter::new()?;

    let mut long_receipt = samples::receipt();
    long_receipt.procedure_name = LONG_NAME.to_owned();
    long_receipt.files = (1..=40)
        .map(|n| samples::file(&LONG_NAME.chars().take(400).collect::<String>(), &format!("tep-{n}.pdf"), 1 << n))
        .collect();
    let mut long_acceptance = samples::acceptance_slip();
    long_acceptance.procedure_name = LONG_NAME.to_owned();
    let mut long_refusal = samples::refusal_slip();
    long_refusal.procedure_name = LONG_NAME.to_owned();
    long_refusal.reasons = vec![long_refusal.reasons[0].clone(); 12];

    let documents = [
        ("receipt", typesetter.receipt(&samples::receipt())?),
        ("receipt-long", typesetter.receipt(&long_receipt)?),
        ("acceptance-slip", typesetter.acceptance_slip(&samples::acceptance_slip())?),
        ("acceptance-slip-long", typesetter.acceptance_slip(&long_acceptance)?),
        ("refusal-slip", typesetter.refusal_slip(&samples::refusal_slip())?),
        ("supplement-slip", typesetter.supplement_slip(&samples::supplement_slip())?),
        ("letter-draft", typesetter.letter(&samples::letter())?),
        ("letter-issued", typesetter.letter(&samples::official_letter())?),
        ("refusal-slip-long", typesetter.refusal_slip(&long_refusal)?),
    ];
    for (name, bytes) in documents {
        std::fs::write(directory.join(format!("{name}.pdf")), bytes)?;
    }
    Ok(())
}
