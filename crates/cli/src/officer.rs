//! `motcua officer`: entering officers beyond the demonstration, and giving them the link for their first password.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use clap::{Args, Subcommand};
use domain::codes::{AgencyCode, OfficerLogin, PersonName};
use domain::policy::Role;
use usecases::{Ctx, EnrolmentLink, NewOfficer, enrol_officer, renew_enrolment};

use crate::clock;
use crate::commands::ConfigOption;
use crate::config::{self, RoleName};
use crate::serve;
use crate::start::Failure;

#[derive(Debug, Subcommand)]
pub(crate) enum OfficerCommand {
    /// Enters an officer and prints a link, which works once, for setting the first password.
    Add(AddOptions),
    /// Prints another such link for an officer; the one before is void.
    Link(LinkOptions),
}

#[derive(Debug, Args)]
pub(crate) struct AddOptions {
    #[command(flatten)]
    config: ConfigOption,
    /// The name to sign in with.
    #[arg(long)]
    login: OfficerLogin,
    /// The officer's name.
    #[arg(long, value_parser = PersonName::parse)]
    name: PersonName,
    /// The code of the agency for which the officer works.
    #[arg(long, value_parser = AgencyCode::parse)]
    agency: AgencyCode,
    /// What the officer may do there.
    #[arg(long, value_parser = role)]
    role: Role,
}

#[derive(Debug, Args)]
pub(crate) struct LinkOptions {
    #[command(flatten)]
    config: ConfigOption,
    /// The name with which the officer signs in.
    #[arg(long)]
    login: OfficerLogin,
}

/// Does what the command asks for.
pub(crate) async fn run(command: OfficerCommand) -> Result<(), Failure> {
    let link = match command {
        OfficerCommand::Add(options) => add(options).await?,
        OfficerCommand::Link(options) => {
            let (app, _) = serve::build(&config::read(&options.config.config)?).await?;
            renew_enrolment(&app, &ctx(), &options.login).await.map_err(|error| match error {
                usecases::UsecaseError::NotFound => format!("no officer signs in as {}", options.login).into(),
                error => Failure::from(error),
            })?
        }
    };
    println!("The officer sets the password here, once, until {}:", link.expires_at.vietnamese());
    println!("{}", link.address);
    Ok(())
}

async fn add(options: AddOptions) -> Result<EnrolmentLink, Failure> {
    let config = config::read(&options.config.config)?;
    // The national portal keeps no dossiers: whoever works there looks after accounts.
    if config.role == RoleName::National && options.role != Role::Administrator {
        return Err("the national portal has officers of the role administrator only".into());
    }
    let (app, _) = serve::build(&config).await?;
    if config.role == RoleName::Province && app.content().agencies.find(&options.agency).is_none() {
        return Err(format!("no agency has the code {}", options.agency).into());
    }
    let new = NewOfficer { login: options.login, name: options.name, agency: options.agency, role: options.role };
    Ok(enrol_officer(&app, &ctx(), new).await?)
}

fn ctx() -> Ctx {
    let source = clock::source(Arc::new(AtomicI64::new(0)));
    Ctx::of_system((source.now)(), (source.seed)())
}

fn role(text: &str) -> Result<Role, String> {
    let all = Role::ALL.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ");
    Role::parse(text).map_err(|_| format!("one of {all}"))
}
