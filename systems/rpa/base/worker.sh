#!/bin/bash
# The program of every flow's image: without arguments it is the flow; "health" asks the flow whether it is ready,
# "dead-letters" and "requeue" look after records that were given up.
set -u

# Bash alone, for it runs every second in every container: starting .NET would cost a hundred times as much.
health() {
  local port=${CONTAINER_HEALTH_CHECK_CONFIG__PORT:-8080} status
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf 'GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
  IFS= read -r -t 1 status <&3 || return 1
  [[ $status == 'HTTP/1.1 200 '* ]] && return 0
  # The body says which dependency is missing; the engine keeps it with the probe.
  printf '%s\n' "$status"
  timeout 1 cat <&3
  return 1
}

case ${1:-} in
  health) health; exit ;;
  '' | dead-letters | requeue) ;;
  *)
    echo "error: '$1' is not a command.  fix: none, to work; health; dead-letters [QUEUE]; or requeue QUEUE [KEY...]." >&2
    exit 64
    ;;
esac

if [[ -z ${CONTAINER_FLOW_NAME:-} ]]; then
  echo 'error: CONTAINER_FLOW_NAME is not set.  fix: set it to the name of the flow, e.g. rpa1.' >&2
  exit 78
fi

if [[ ! -f /app/$CONTAINER_FLOW_NAME.dll ]]; then
  echo "error: this image holds no flow $CONTAINER_FLOW_NAME: /app/$CONTAINER_FLOW_NAME.dll is missing." \
    ' fix: set CONTAINER_FLOW_NAME to a flow of the image, or build the image again.' >&2
  exit 78
fi

exec /usr/share/dotnet/dotnet "/app/$CONTAINER_FLOW_NAME.dll" "$@"
