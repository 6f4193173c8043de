#!/bin/bash
# Says whether Prometheus answers queries. Bash alone, for it runs every second.
set -u
exec 3<>/dev/tcp/127.0.0.1/9090 || exit 1
printf 'GET /-/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
IFS= read -r -t 1 status <&3 || exit 1
printf '%s\n' "$status"
[[ $status == 'HTTP/1.1 200 '* ]]
