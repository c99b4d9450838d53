//! `motcua`: the one program behind the one-stop desk.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match cli::commands::run(cli::commands::Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("motcua: {}", web::errors::chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}
