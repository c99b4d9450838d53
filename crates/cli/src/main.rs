//! `motcua`: the one program behind the one-stop desk.

mod clock;
mod commands;
mod config;
mod demo;
mod logging;
mod serve;
mod start;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match commands::run(commands::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("motcua: {}", web::errors::chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}
