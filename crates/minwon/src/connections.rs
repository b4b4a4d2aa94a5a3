//! 연결 — a bounded number of connections, and when more come the one that has been idle longest gives way.
//!
//! A browser keeps its connection for the next click; who means harm opens thousands and says nothing. Neither may keep a citizen
//! from the counter: who has no request under way gives up the seat, after a second whatever it has begun to say. What is under
//! way is finished.

use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::response::Response;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};
use tower::ServiceExt;

/// So many connections at once; the next one takes the seat of an idle one.
pub const MOST: u32 = 4096;
/// A client must have sent its request line and headers by then.
const HEADERS: Duration = Duration::from_secs(20);
/// No connection lives longer, so that clients which read a byte a minute cannot take them all.
const LIFE: Duration = Duration::from_secs(900);
/// Who was asked to leave and has nothing under way has gone by then.
const NOTICE: Duration = Duration::from_secs(1);
/// Requests under way at the end may take so long.
const LEAVE: Duration = Duration::from_secs(10);

/// Serves at most `most` connections until `end`; then finishes what is under way.
pub async fn serve(
    listener: TcpListener,
    router: axum::Router,
    most: u32,
    end: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let (room, seats) = (Room::default(), Arc::new(Semaphore::new(most as usize)));
    let mut end = pin!(end);
    loop {
        let free = async {
            loop {
                if seats.available_permits() == 0 {
                    room.make_space();
                }
                if let Ok(seat) = tokio::time::timeout(NOTICE, seats.clone().acquire_owned()).await {
                    return seat;
                }
            }
        };
        let seat = tokio::select! {
            seat = free => seat?,
            () = &mut end => break,
        };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file handles, or the client has gone: neither ends the office.
                    tracing::warn!(%error, "a connection could not be taken");
                    room.make_space();
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    continue;
                }
            },
            () = &mut end => break,
        };
        let visit = visit(stream, peer, router.clone(), room.enter());
        tokio::spawn(async move {
            let _seat = seat;
            if tokio::time::timeout(LIFE, visit).await.is_err() {
                tracing::debug!("a connection was open too long");
            }
        });
    }
    drop(listener);
    eprintln!("Ending: requests under way are finished first …");
    room.ask_all();
    if tokio::time::timeout(LEAVE, seats.acquire_many(most))
        .await
        .is_err()
    {
        tracing::warn!("some requests took too long and were cut off");
    }
    Ok(())
}

/// One connection, from its first byte to its last.
async fn visit(stream: TcpStream, peer: SocketAddr, router: axum::Router, place: Arc<Place>) {
    // A small answer must not wait for the acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let own = place.clone();
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        let under_way = UnderWay::begin(&own);
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move {
            let answer: Result<Response, Infallible> = router.oneshot(request).await;
            answer.map(|answer| {
                answer.map(|body| {
                    Body::new(Sending {
                        body,
                        _under_way: under_way,
                    })
                })
            })
        }
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .serve_connection(TokioIo::new(stream), service)
    );
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = place.asked.notified() => {
            connection.as_mut().graceful_shutdown();
            tokio::select! {
                ended = connection.as_mut() => ended,
                () = place.idle_for(NOTICE) => Ok(()),
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}

/// Who is here, and who has nothing under way.
#[derive(Clone, Default)]
struct Room(Arc<Mutex<Book>>);

#[derive(Default)]
struct Book {
    /// The next number of a connection, and of a wait.
    next: u64,
    all: HashMap<u64, Arc<Notify>>,
    /// Connection by wait: the first has been idle longest.
    idle: BTreeMap<u64, u64>,
}

impl Room {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self) -> Arc<Place> {
        let asked = Arc::new(Notify::new());
        let mut book = self.book();
        book.next += 1;
        let id = book.next;
        book.all.insert(id, asked.clone());
        book.idle.insert(id, id);
        Arc::new(Place {
            room: self.clone(),
            id,
            wait: Mutex::new(Some(id)),
            asked,
        })
    }

    /// Asks the one that has been idle longest to leave.
    fn make_space(&self) {
        let mut book = self.book();
        if let Some((_, id)) = book.idle.pop_first()
            && let Some(asked) = book.all.get(&id)
        {
            asked.notify_one();
        }
    }

    fn ask_all(&self) {
        for asked in self.book().all.values() {
            asked.notify_one();
        }
    }
}

/// The seat of one connection.
struct Place {
    room: Room,
    id: u64,
    /// Since which wait it is idle; `None` while a request is under way.
    wait: Mutex<Option<u64>>,
    asked: Arc<Notify>,
}

impl Place {
    fn wait(&self) -> MutexGuard<'_, Option<u64>> {
        self.wait.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Comes to an end when nothing has been under way here for so long.
    async fn idle_for(&self, time: Duration) {
        loop {
            let before = *self.wait();
            tokio::time::sleep(time).await;
            if before.is_some() && *self.wait() == before {
                return;
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let wait = *self.wait();
        let mut book = self.room.book();
        book.all.remove(&self.id);
        if let Some(wait) = wait {
            book.idle.remove(&wait);
        }
    }
}

/// A request from its head to the last byte of its answer.
struct UnderWay(Arc<Place>);

impl UnderWay {
    fn begin(place: &Arc<Place>) -> UnderWay {
        if let Some(wait) = place.wait().take() {
            place.room.book().idle.remove(&wait);
        }
        UnderWay(place.clone())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut wait = self.0.wait();
        let mut book = self.0.room.book();
        book.next += 1;
        let next = book.next;
        book.idle.insert(next, self.0.id);
        *wait = Some(next);
    }
}

/// An answer on its way.
struct Sending {
    body: Body,
    _under_way: UnderWay,
}

impl HttpBody for Sending {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    const ASK: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    const ASK_SLOW: &[u8] = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";

    /// A server with a page that is shown when the test says so.
    struct Open {
        address: SocketAddr,
        /// The slow page has been asked for.
        begun: Arc<Notify>,
        /// Shows it.
        go: Arc<Notify>,
        end: oneshot::Sender<()>,
        server: tokio::task::JoinHandle<()>,
    }

    async fn open(most: u32) -> Open {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let both = (begun.clone(), go.clone());
        let slow = async move || {
            both.0.notify_one();
            both.1.notified().await;
            "slow"
        };
        let router = axum::Router::new()
            .route("/", get(async || "here"))
            .route("/slow", get(slow));
        let (end, ended) = oneshot::channel();
        let server = tokio::spawn(async move {
            let end = async { drop(ended.await) };
            serve(listener, router, most, end).await.unwrap();
        });
        Open {
            address,
            begun,
            go,
            end,
            server,
        }
    }

    async fn says(stream: &mut TcpStream, what: &[u8]) {
        stream.write_all(what).await.unwrap();
    }

    /// What comes until the body ends with this word; less where the connection ends before.
    async fn hears(stream: &mut TcpStream, word: &str) -> String {
        let mut heard = Vec::new();
        while !heard.ends_with(word.as_bytes()) {
            if !matches!(stream.read_buf(&mut heard).await, Ok(read) if read > 0) {
                break;
            }
        }
        String::from_utf8(heard).unwrap()
    }

    #[tokio::test]
    async fn the_longest_idle_gives_way_and_what_is_under_way_does_not() {
        let site = open(3).await;
        let mut slow = TcpStream::connect(site.address).await.unwrap();
        says(&mut slow, ASK_SLOW).await;
        site.begun.notified().await;
        // It says half a head and no more; nothing is under way.
        let mut half = TcpStream::connect(site.address).await.unwrap();
        says(&mut half, &ASK[..10]).await;
        // Taken in after it, so idle since later.
        let mut kept = TcpStream::connect(site.address).await.unwrap();
        says(&mut kept, ASK).await;
        assert!(hears(&mut kept, "here").await.contains("content-length: 4"));

        let mut late = TcpStream::connect(site.address).await.unwrap();
        says(&mut late, ASK).await;
        assert!(hears(&mut late, "here").await.starts_with("HTTP/1.1 200"));
        assert_eq!(hears(&mut half, "here").await, "", "it gave way");
        site.go.notify_one();
        assert!(
            hears(&mut slow, "slow").await.ends_with("slow"),
            "under way, and finished"
        );
        drop(site.end);
        site.server.await.unwrap();
    }

    #[tokio::test]
    async fn at_the_end_what_is_under_way_is_finished_and_the_rest_closed() {
        let site = open(8).await;
        let mut idle = TcpStream::connect(site.address).await.unwrap();
        let mut slow = TcpStream::connect(site.address).await.unwrap();
        says(&mut slow, ASK_SLOW).await;
        site.begun.notified().await;
        drop(site.end);
        assert_eq!(hears(&mut idle, "here").await, "");
        site.go.notify_one();
        assert!(hears(&mut slow, "slow").await.ends_with("slow"));
        site.server.await.unwrap();
        assert!(TcpStream::connect(site.address).await.is_err());
    }
}
