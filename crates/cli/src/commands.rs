//! The commands of the program and their options.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::officer::OfficerCommand;
use crate::receipt::ReceiptCommand;
use crate::{config, demo, logging, officer, receipt, serve, start};

/// Một Cửa: the platform for administrative procedures online.
#[derive(Debug, Parser)]
#[command(name = "motcua", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Starts a whole demonstration: both portals and the simulators, on an empty machine.
    Demo(DemoOptions),
    /// Runs one portal.
    Serve(ConfigOption),
    /// Brings the database to the schema of this program.
    Migrate(ConfigOption),
    /// Replays the log of acts against the tables and tells every difference.
    Verify(ConfigOption),
    /// Checks receipts.
    #[command(subcommand)]
    Receipt(ReceiptCommand),
    /// Enters officers.
    #[command(subcommand)]
    Officer(OfficerCommand),
    /// Looks at the packaged content.
    #[command(subcommand)]
    Content(ContentCommand),
    /// Looks at a configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
}

#[derive(Debug, Subcommand)]
enum ContentCommand {
    /// Reads everything that is packaged, or a folder like `content/`, and tells what there is or what is wrong where.
    Check {
        /// The folder; what the program was built with when there is none.
        #[arg(long)]
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Reads a configuration and tells what is wrong with it.
    Check(ConfigOption),
}

#[derive(Debug, Args)]
pub(crate) struct ConfigOption {
    /// The configuration file.
    #[arg(long)]
    pub(crate) config: PathBuf,
}

/// Options of `motcua demo`.
#[derive(Debug, Args)]
pub struct DemoOptions {
    /// Where the databases and files are kept.
    #[arg(long, default_value = "./motcua-data")]
    pub data_dir: PathBuf,
    /// Starts anew: what an earlier demonstration left in the data folder is deleted.
    #[arg(long)]
    pub fresh: bool,
    /// The national portal's port; the provincial portal and the simulators follow.
    #[arg(long, default_value_t = 8000)]
    pub port_base: u16,
    /// A PostgreSQL server to use instead of the embedded database (one schema per portal).
    #[arg(long)]
    pub database: Option<String>,
    /// Reads procedures, agencies, rules and the rest from this folder, one like `content/`, to see an edit at work.
    #[arg(long)]
    pub content: Option<PathBuf>,
    /// Generates this many dossiers, for looking at long lists.
    #[arg(long, default_value_t = 0)]
    pub dossiers: u32,
}

/// Does what the command line asks for, and says how the program ends.
///
/// # Errors
/// Whatever keeps it from doing so.
pub fn run(cli: Cli) -> Result<ExitCode, Box<dyn Error + Send + Sync>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let done: Result<(), Box<dyn Error + Send + Sync>> = match cli.command {
            Command::Demo(options) => {
                logging::start(true);
                demo::run(options).await
            }
            Command::Serve(options) => {
                logging::start(false);
                serve::run(config::read(&options.config)?).await
            }
            Command::Migrate(options) => {
                let config = config::read(&options.config)?;
                start::open_database(&config.database, &config.database_schema).await?;
                println!("The database has the schema of this program.");
                Ok(())
            }
            Command::Verify(options) => {
                let config = config::read(&options.config)?;
                let db = start::open_database(&config.database, &config.database_schema).await?;
                let blobs = storage::BlobStore::open(&config.blob_dir).await?;
                start::verify(&db, &blobs).await
            }
            Command::Receipt(command) => return Ok(receipt::run(&command)),
            Command::Officer(command) => officer::run(command).await,
            Command::Content(ContentCommand::Check { dir }) => start::check_content(dir.as_deref()),
            Command::Config(ConfigCommand::Check(options)) => {
                config::read(&options.config)?.secret()?;
                println!("The configuration is valid.");
                Ok(())
            }
        };
        done.map(|()| ExitCode::SUCCESS)
    })
}
