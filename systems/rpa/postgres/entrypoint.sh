#!/bin/bash
# Makes a cluster on an empty volume, then becomes the server.
set -Eeuo pipefail

# The value of a variable, of the file that its _FILE names, or the default.
setting() {
  local file="${1}_FILE"
  if [[ -n ${!1:-} && -n ${!file:-} ]]; then
    echo "error: both $1 and $file are set.  fix: set one of them." >&2
    exit 78
  fi
  if [[ -n ${!file:-} ]]; then
    cat "${!file}"
  else
    printf '%s' "${!1:-$2}"
  fi
}

# As SQL writes a name.
name() { printf '"%s"' "${1//\"/\"\"}"; }

# As single-user mode ends one under -j, whatever is in it.
statement() { printf '%s;\n\n' "$1"; }

# In a folder of its own until it is whole: a start that is killed half-way must not leave half a cluster.
initialise() {
  local user password database new="$PGDATA/initialising"
  user=$(setting POSTGRES_USER postgres)
  password=$(setting POSTGRES_PASSWORD '')
  database=$(setting POSTGRES_DB "$user")
  if [[ -z $password ]]; then
    echo "error: the volume is empty and POSTGRES_PASSWORD is not set.  fix: set it, or POSTGRES_PASSWORD_FILE." >&2
    exit 78
  fi

  rm -rf "$new"
  # Nothing is worth a sync before the first start; a checkpoint of the server's own follows.
  cp -a /var/lib/postgresql/template "$new"
  {
    if [[ $user != postgres ]]; then
      statement "create role $(name "$user") superuser createdb createrole replication bypassrls login"
    fi
    statement "alter role $(name "$user") password '${password//\'/\'\'}'"
    if [[ $database != postgres ]]; then
      statement "create database $(name "$database") owner $(name "$user")"
    fi
  } |
    # Single-user mode saves a whole start and stop of the server.
    postgres --single -j -D "$new" -c fsync=off -c exit_on_error=on -c log_min_messages=error postgres >/dev/null

  chmod 0700 "$PGDATA"
  # PG_VERSION goes last: it says that the cluster is whole.
  find "$new" -mindepth 1 -maxdepth 1 ! -name PG_VERSION -exec mv -t "$PGDATA" {} +
  mv "$new/PG_VERSION" "$PGDATA"
  rmdir "$new"
}

if [[ ${1:-} == postgres && ! -s $PGDATA/PG_VERSION ]]; then
  initialise
fi

exec "$@"
