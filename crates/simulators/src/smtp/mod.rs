//! A mail server on loopback: it takes every mail, keeps it to be looked at, and delivers nothing.

mod command;
mod content;
mod lines;
mod session;

use std::sync::Arc;
use std::time::Duration;

use tokio::io::BufReader;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tracing::{debug, warn};

use crate::World;

/// The largest mail, as announced by SIZE.
const MOST_MAIL_BYTES: usize = 5 * 1024 * 1024;
/// So many sessions at once; with the limit above, the memory that they can take.
const MOST_SESSIONS: usize = 32;
/// RFC 5321, section 4.5.3.2.7: a server waits at least five minutes for the next command.
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// Receives mail until the task is ended; ending it ends every session.
pub(crate) async fn serve(listener: TcpListener, world: Arc<World>) {
    let free_sessions = Arc::new(Semaphore::new(MOST_SESSIONS));
    let mut sessions = JoinSet::new();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of file handles, most likely: they come back as sessions end.
                warn!(error = %error, "Cannot take a connection for mail");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        while sessions.try_join_next().is_some() {}
        let world = Arc::clone(&world);
        let free_sessions = Arc::clone(&free_sessions);
        sessions.spawn(async move {
            let (reader, mut writer) = stream.into_split();
            let ended = match free_sessions.try_acquire() {
                Ok(_permit) => session::run(BufReader::new(reader), &mut writer, &world, PATIENCE).await,
                Err(_) => session::refuse(&mut writer).await,
            };
            if let Err(error) = ended {
                debug!(error = %error, "A session for mail broke off");
            }
        });
    }
}
