//! 군집의 모습 — what Patroni says of its cluster, asked by plain HTTP.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    fmt,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

const PORT: u16 = 8008;
const PATIENCE: Duration = Duration::from_secs(2);

/// Who leads, who follows.
pub struct View(Vec<Member>);

struct Member {
    name: String,
    role: String,
    state: String,
    timeline: u64,
    lag: String,
}

impl View {
    /// As the machine at this address sees it.
    pub fn of(address: &str) -> Result<View> {
        let (status, body) = ask(address, "GET /cluster", "")?;
        if status != 200 {
            bail!("{address} says {status}");
        }
        View::read(&body)
    }

    fn read(body: &str) -> Result<View> {
        let told: Value = serde_json::from_str(body).context("what Patroni says of its cluster")?;
        let text = |member: &Value, key: &str| match &member[key] {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let members = told["members"].as_array().context("no members")?;
        let mut members: Vec<Member> = (members.iter())
            .map(|member| Member {
                name: text(member, "name"),
                role: text(member, "role"),
                state: text(member, "state"),
                timeline: member["timeline"].as_u64().unwrap_or_default(),
                lag: text(member, "lag"),
            })
            .collect();
        members.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(View(members))
    }

    /// Who leads.
    pub fn leader(&self) -> Result<&str> {
        let mut leaders = (self.0.iter()).filter(|member| member.role == "leader" && member.runs());
        (leaders.next().map(|member| member.name.as_str())).context("nobody leads at the moment")
    }

    /// Whose answer a commit waits for.
    pub fn standby(&self) -> Option<&str> {
        let mut standbys = self.0.iter().filter(|member| member.role == "sync_standby");
        standbys.next().map(|member| member.name.as_str())
    }

    /// Everybody who follows.
    pub fn followers(&self) -> impl Iterator<Item = &str> {
        let followers = self.0.iter().filter(|member| member.role != "leader");
        followers.map(|member| member.name.as_str())
    }

    /// One leads, the others follow it without lag on its timeline, and a commit waits for one of them.
    pub fn is_whole(&self, machines: usize) -> bool {
        let leader = self.0.iter().find(|member| member.role == "leader");
        self.0.len() == machines
            && self.leader().is_ok()
            && self.standby().is_some()
            && self.0.iter().all(|member| {
                member.runs() && leader.is_some_and(|leader| leader.timeline == member.timeline)
            })
    }
}

impl Member {
    fn runs(&self) -> bool {
        matches!(self.state.as_str(), "running" | "streaming")
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for member in &self.0 {
            let lag = match member.lag.as_str() {
                "" => String::new(),
                lag => format!(", {lag} bytes behind"),
            };
            writeln!(
                f,
                "{}  {:<13} {}, timeline {}{lag}",
                member.name, member.role, member.state, member.timeline
            )?;
        }
        Ok(())
    }
}

/// Whether the machine at this address says that it leads.
pub fn leads(address: &str) -> bool {
    matches!(ask(address, "GET /primary", ""), Ok((200, _)))
}

/// Tells the Patroni at this address something.
pub fn post(address: &str, path: &str, body: &str) -> Result<()> {
    match ask(address, &format!("POST {path}"), body)? {
        (200..=299, _) => Ok(()),
        (status, told) => bail!("{address} says {status}: {told}"),
    }
}

/// One request; gives the status and the body.
fn ask(address: &str, request: &str, body: &str) -> Result<(u16, String)> {
    let to: SocketAddr = format!("{address}:{PORT}").parse()?;
    let mut stream = TcpStream::connect_timeout(&to, PATIENCE)?;
    // A switch is answered when it is done.
    let patience = if body.is_empty() {
        PATIENCE
    } else {
        Duration::from_secs(60)
    };
    stream.set_read_timeout(Some(patience))?;
    write!(
        stream,
        "{request} HTTP/1.0\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut told = String::new();
    stream.read_to_string(&mut told)?;
    let status = told.split(' ').nth(1).and_then(|status| status.parse().ok());
    let body = told.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Ok((status.context("no answer by HTTP")?, body.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(third: &str) -> View {
        let told = format!(
            r#"{{"members": [
                {{"name": "n2", "role": "leader", "state": "running", "timeline": 3}},
                {{"name": "n1", "role": "sync_standby", "state": "running", "timeline": 3, "lag": 0}}{third}]}}"#
        );
        View::read(&told).unwrap()
    }

    #[test]
    fn a_cluster_is_whole_when_all_follow_on_one_timeline() {
        let whole =
            view(r#", {"name": "n3", "role": "replica", "state": "streaming", "timeline": 3, "lag": 0}"#);
        assert!(whole.is_whole(3));
        assert_eq!((whole.leader().unwrap(), whole.standby()), ("n2", Some("n1")));
        assert_eq!(whole.followers().collect::<Vec<_>>(), ["n1", "n3"]);
        for third in [
            "",
            r#", {"name": "n3", "role": "replica", "state": "starting", "timeline": 3}"#,
            r#", {"name": "n3", "role": "replica", "state": "running", "timeline": 2}"#,
        ] {
            assert!(!view(third).is_whole(3), "{third}");
        }
        assert!(View::read(r#"{"members": []}"#).unwrap().leader().is_err());
    }
}
