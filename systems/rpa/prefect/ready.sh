#!/bin/bash
# Says whether the server and its database answer. Bash alone, for it runs every few seconds.
set -u
exec 3<>/dev/tcp/127.0.0.1/4200 || exit 1
printf 'GET /api/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
IFS= read -r -t 4 status <&3 || exit 1
printf '%s\n' "$status"
[[ $status == 'HTTP/1.1 200 '* ]]
