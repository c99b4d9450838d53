//! The kit's server, tried on the real program.

use tests::server::{Server, Setup};

#[tokio::test]
async fn a_killed_program_starts_again_on_its_own_data_and_ports() {
    let mut server = Server::start(Setup::default()).await;
    let addresses = [server.national(), server.provincial(), server.simulators()];
    server.visitor().get("/healthz").await.must_be(200);
    let files = std::fs::read_dir(server.data_dir()).unwrap().count();
    assert!(files > 0, "the data folder is empty");
    server.kill();
    server.start_again().await;
    assert_eq!(addresses, [server.national(), server.provincial(), server.simulators()]);
    server.visitor().get("/healthz").await.must_be(200);
    let status = server.stop().await;
    assert!(status.is_some_and(|status| status.success()), "{status:?}: {}", server.output());
}
