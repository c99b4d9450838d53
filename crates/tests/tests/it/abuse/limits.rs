//! Limits hold whichever process of a portal is asked: they are counted in the database that all of them share.

use tests::app::{Engine, PASSWORD, TestApp, register};
use tests::http::Client;

use super::{NOBODY, NUMBER, from_place, post};

/// How many tries are taken when two processes are asked in turn, until one of them refuses; both refuse then.
async fn taken<A: AsyncFn(&Client) -> u16>(doors: [&Client; 2], ask: A) -> usize {
    for count in 0..1_000 {
        if ask(doors[count % 2]).await == 429 {
            for door in doors {
                assert_eq!(ask(door).await, 429, "one process knows what the other has counted");
            }
            return count;
        }
    }
    panic!("nothing is ever refused")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_of_a_portal_count_together() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = TestApp::start(engine).await;
        let second = app.start_second_process().await;
        register(&app, &app.visitor(), NUMBER).await;
        let at = |place: usize| {
            let [.., high, low] = u32::try_from(place).unwrap().to_be_bytes();
            [from_place(&app, place), second.visitor().from_address([10, 7, high, low])]
        };
        // A session of one is a session of the other.
        let [one, other] = at(1);
        post(&one, "/dang-nhap", &[("number", NUMBER), ("password", PASSWORD)]).await.must_be(303);
        other.set_cookie("motcua-province", &one.cookie("motcua-province").unwrap());
        other.get("/tai-khoan").await.must_be(200).must_say(NUMBER);

        let [one, other] = &at(2);
        let guess = async |client: &Client| {
            post(client, "/dang-nhap", &[("number", NUMBER), ("password", "sai")]).await.status()
        };
        assert_eq!(taken([one, other], guess).await, 10, "passwords of one number from one place");
        let guess = async |client: &Client| {
            post(client, "/dang-nhap", &[("number", NOBODY), ("password", "sai")]).await.status()
        };
        assert_eq!(taken([one, other], guess).await, 10, "those of another number are counted apart");

        let [one, other] = &at(3);
        let forgotten = async |client: &Client| post(client, "/quen-mat-khau", &[("number", NUMBER)]).await.status();
        assert_eq!(taken([one, other], forgotten).await, 5, "forgotten passwords of one number from one place");
        let asked: Vec<_> = (4..20).map(at).collect();
        let mut sent = 5;
        for doors in &asked {
            for door in doors {
                sent += usize::from(forgotten(door).await == 303);
            }
        }
        assert_eq!(sent, 10, "and from everywhere");

        let [one, other] = &at(30);
        let number = async |client: &Client| post(client, "/dang-ky/cong-dan", &[("number", NOBODY)]).await.status();
        assert_eq!(taken([one, other], number).await, 300, "numbers that one place asks about");
        // Nobody else is kept out by any of that.
        let [one, other] = at(31);
        for client in [one, other] {
            post(&client, "/dang-nhap", &[("number", NUMBER), ("password", PASSWORD)]).await.must_be(303);
        }
    }
}
