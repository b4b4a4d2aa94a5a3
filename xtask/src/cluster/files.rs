//! 설정 글 — the configuration of each program of the cluster, as text. docs/operation.md says what differs on real machines.

use anyhow::{Context, Result};
use std::{fs, path::Path};

/// Writes one of them.
pub fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| path.display().to_string())
}

/// The members of etcd, as each of them is told.
pub fn members(all: &[(String, String)]) -> String {
    let members: Vec<String> = (all.iter())
        .map(|(name, address)| format!("{name}=http://{address}:2380"))
        .collect();
    members.join(",")
}

/// Patroni of one machine. Strict: without a replica that has it, no commit is acknowledged.
pub fn patroni(name: &str, address: &str, folder: &Path, bin: &Path, all: &[(String, String)]) -> String {
    let etcd: Vec<String> = (all.iter())
        .map(|(_, address)| format!("{address}:2379"))
        .collect();
    let (etcd, folder, bin) = (etcd.join(", "), folder.display(), bin.display());
    format!(
        r#"scope: minwon
name: {name}
restapi:
  listen: {address}:8008
  connect_address: {address}:8008
etcd3:
  hosts: [{etcd}]
bootstrap:
  dcs:
    ttl: 20                        # the leader's key runs out after so many seconds
    loop_wait: 3
    retry_timeout: 5               # ttl >= loop_wait + 2 * retry_timeout
    maximum_lag_on_failover: 1048576
    synchronous_mode: true
    synchronous_mode_strict: true  # both replicas gone: writes wait, none is promised that one disk alone has
    synchronous_node_count: 1
    primary_start_timeout: 0       # a fallen primary is replaced, not waited for
    postgresql:
      use_pg_rewind: true
      use_slots: true
      parameters:
        max_connections: 200
        wal_log_hints: on
        synchronous_commit: on
        wal_sender_timeout: 5s     # a replica that was cut off holds writes up so long
        wal_receiver_timeout: 5s
        wal_keep_size: 4GB         # more than is written between two checkpoints: a machine that is rewound starts at the last one
        max_wal_size: 2GB
        tcp_keepalives_idle: 5
        tcp_keepalives_interval: 2
        tcp_keepalives_count: 3
  initdb:
    - encoding: UTF8
    - locale: C
    - data-checksums
postgresql:
  listen: {address}:5432
  connect_address: {address}:5432
  data_dir: {folder}/data
  bin_dir: {bin}
  pgpass: {folder}/pgpass
  use_unix_socket: false
  basebackup:
    checkpoint: fast               # a machine that is copied anew does not wait minutes for the primary's next checkpoint
  remove_data_directory_on_rewind_failure: true
  remove_data_directory_on_diverged_timelines: true
  authentication:
    superuser: {{ username: postgres }}
    replication: {{ username: replicator }}
    rewind: {{ username: postgres }}
  parameters:
    unix_socket_directories: "{folder}"
    logging_collector: "off"
  pg_hba:                          # a trial behind a bridge of its own; real machines: hostssl and scram-sha-256
    - local all all trust
    - host all all 10.201.77.0/24 trust
    - host replication all 10.201.77.0/24 trust
watchdog:
  mode: "off"                      # real machines: required
"#
    )
}

/// haproxy: leads to whoever says by Patroni's address `/primary` that it leads.
pub fn haproxy(port: u16, all: &[(String, String)]) -> String {
    let servers: String = (all.iter())
        .map(|(name, address)| format!("  server {name} {address}:5432 maxconn 150 check port 8008\n"))
        .collect();
    format!(
        "global
  maxconn 600
defaults
  mode tcp
  timeout connect 2s
  timeout check 2s
  timeout client 1h
  timeout server 1h
listen primary
  bind 127.0.0.1:{port}
  option httpchk OPTIONS /primary
  http-check expect status 200
  option clitcpka
  option srvtcpka
  default-server inter 500ms fall 3 rise 1 on-marked-down shutdown-sessions
{servers}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_machine_is_named_everywhere() {
        let all: Vec<(String, String)> = (1..=3)
            .map(|n| (format!("n{n}"), format!("10.201.77.1{n}")))
            .collect();
        assert_eq!(
            members(&all),
            "n1=http://10.201.77.11:2380,n2=http://10.201.77.12:2380,n3=http://10.201.77.13:2380"
        );
        let patroni = patroni("n2", "10.201.77.12", Path::new("/c/n2"), Path::new("/bin"), &all);
        for line in [
            "name: n2",
            "  hosts: [10.201.77.11:2379, 10.201.77.12:2379, 10.201.77.13:2379]",
            "    synchronous_mode_strict: true",
            "  data_dir: /c/n2/data",
            "    superuser: { username: postgres }",
        ] {
            assert!(patroni.lines().any(|known| known.starts_with(line)), "{line}");
        }
        let haproxy = haproxy(6432, &all);
        assert_eq!(haproxy.matches("check port 8008").count(), 3);
        assert!(haproxy.contains("bind 127.0.0.1:6432"));
    }
}
