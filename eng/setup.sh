# What ./seatrial and ./test need before they can do anything: an SDK, a build, a Docker Engine.
# To be sourced, with $root being the checkout. Everything it says goes to standard error.

readonly EX_USAGE=64 EX_UNAVAILABLE=69 EX_SOFTWARE=70
readonly DOCKERD_LOG=/var/log/seatrial-dockerd.log

say() { printf 'seatrial: %s\n' "$*" >&2; }

# die CODE WHAT WHERE FIX
die() {
  printf 'error: %s\n   at: %s\n  fix: %s\n' "$2" "$3" "$4" >&2
  exit "$1"
}

setup_forbidden() { [[ ${SEATRIAL_NO_SETUP:-} == 1 ]]; }

# Runs a command quietly and says in one line that it is done and how long it took; when it fails, shows what it wrote.
# timed DESCRIPTION COMMAND...
timed() {
  local what=$1 log status=0 from=$SECONDS
  shift
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if ((status == 0)); then
    say "$what ($((SECONDS - from)) s)"
  else
    tail -n 40 "$log" >&2
  fi
  rm -f "$log"
  return $status
}

# ---- .NET SDK -------------------------------------------------------------------------------------------------------

# Whether an installation has an SDK that global.json accepts: the same major and minor version, and no older.
has_sdk() {
  local wanted sdk major_minor
  wanted=$(sed -n 's/.*"version": *"\([0-9.]*\)".*/\1/p' "$root/global.json")
  major_minor=${wanted%.*}
  [[ -x $1/dotnet ]] || return 1
  for sdk in "$1/sdk/$major_minor".*; do
    sdk=${sdk##*/}
    sdk=${sdk#"$major_minor".}
    [[ $sdk =~ ^[0-9]+$ ]] && ((sdk >= ${wanted##*.})) && return 0
  done
  return 1
}

# Exports DOTNET_ROOT and puts the SDK first on PATH.
find_sdk() {
  local on_path folder
  on_path=$(type -P dotnet) && on_path=$(readlink -f "$on_path")
  for folder in "${DOTNET_ROOT:-}" "${on_path%/*}" "$HOME/.dotnet"; do
    if [[ -n $folder ]] && has_sdk "$folder"; then
      export DOTNET_ROOT=$folder PATH=$folder:$PATH
      export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
      # A bare machine has no ICU, without which the SDK would not start.
      export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
      return 0
    fi
  done
  return 1
}

download() {
  if type -P curl >/dev/null; then
    curl --fail --silent --show-error --location --retry 2 --max-time 60 --output "$2" "$1"
  else
    wget --quiet --tries=2 --timeout=60 --output-document="$2" "$1"
  fi
}

# Microsoft's own script installs into the user's folder and touches nothing else.
install_sdk() {
  local script
  script=$(mktemp)
  download https://dot.net/v1/dotnet-install.sh "$script" \
    && bash "$script" --channel 10.0 --install-dir "$HOME/.dotnet" --no-path
}

ensure_sdk() {
  find_sdk && return
  local fix='install the .NET SDK 10: https://dotnet.microsoft.com/download/dotnet/10.0'
  setup_forbidden && die $EX_UNAVAILABLE 'No .NET SDK 10 is installed, and SEATRIAL_NO_SETUP=1 forbids to install it.' \
    'PATH, DOTNET_ROOT, ~/.dotnet' "$fix, or unset SEATRIAL_NO_SETUP."
  say 'no .NET SDK 10 found: fetching it into ~/.dotnet'
  timed 'installed the .NET SDK into ~/.dotnet' install_sdk && find_sdk && return
  die $EX_UNAVAILABLE 'No .NET SDK 10 is installed, and it could not be fetched.' 'https://dot.net/v1/dotnet-install.sh' "$fix"
}

# ---- The program ----------------------------------------------------------------------------------------------------

readonly BUILT=artifacts/seatrial

# Whether a source is younger than the last build. The time of the inode's change sees what a copy that keeps its time
# hides, and a folder's sees what was deleted.
is_stale() {
  [[ ! -x $root/$BUILT/seatrial || ! -f $root/$BUILT.stamp ]] && return 0
  [[ $(<"$root/$BUILT.stamp") != "$DOTNET_ROOT" ]] && return 0
  [[ -n $(cd "$root" && find src schemas global.json Directory.Build.props Directory.Packages.props eng/BannedSymbols.txt eng/ahead.targets \
    -newercm "$BUILT.stamp" -print -quit) ]]
}

# One compiler for all projects of a build; with a name of its own, so that ending it ends nobody else's.
readonly COMPILER=seatrial-$$

end_compiler() {
  local program
  for program in "$DOTNET_ROOT"/sdk/*/Roslyn/bincore/VBCSCompiler.dll; do
    dotnet exec "$program" -shutdown "-pipename:$COMPILER" >/dev/null 2>&1 || true
  done
}

# Apart from other builds' files, which may be in use; and without analyzers, which ./test runs.
compile_program() {
  local status=0
  local build=(dotnet build "$root/src/Seatrial.Cli" --configuration Release --artifacts-path "$root/artifacts/launcher"
    --verbosity quiet -nologo -nodeReuse:false -p:RunAnalyzers=false
    -p:UseSharedCompilation=true "-p:SharedCompilationId=$COMPILER")
  # Ahead of time where the compiler for that is to be had: a short command then takes half its time.
  "${build[@]}" -p:CompileAhead=true || "${build[@]}" || status=$?
  end_compiler
  return $status
}

# The program runs from a copy, for a build that writes over the files of a running one would crash it.
# A copy that still runs holds a shared lock on its own folder (see run_program).
install_program() {
  local copy old
  copy=$(mktemp --directory "$root/artifacts/seatrial-XXXXXX")
  chmod 755 "$copy"
  cp -r "$root/artifacts/launcher/bin/Seatrial.Cli/release/." "$copy"
  ln -sfn "${copy##*/}" "$root/$BUILT.new"
  mv -fT "$root/$BUILT.new" "$root/$BUILT"
  for old in "$root"/artifacts/seatrial-??????; do
    [[ $old == "$copy" ]] || flock --exclusive --nonblock "$old" rm -rf "$old" || true
  done
}

build_program() {
  is_stale || return 0
  mkdir -p "$root/artifacts"
  {
    flock 9
    # Another launcher may have built while this one waited.
    if is_stale; then
      # Dated before the build begins: what is saved meanwhile has to count as younger.
      printf '%s' "$DOTNET_ROOT" > "$root/$BUILT.stamp.next"
      timed 'built seatrial' compile_program \
        || die $EX_SOFTWARE 'Seatrial does not build.' "$root/src" 'mend what the compiler names above.'
      install_program
      mv -f "$root/$BUILT.stamp.next" "$root/$BUILT.stamp"
    fi
  } 9>"$root/artifacts/seatrial.lock"
}

run_program() {
  local program
  program=$(readlink -f "$root/$BUILT")
  exec 8<"$program"
  flock --shared 8
  exec "$program/seatrial" "$@"
}

# ---- Docker Engine --------------------------------------------------------------------------------------------------

# By name, so that neither a slip of the pen nor a command that works on files alone installs an engine.
needs_engine() {
  local argument
  for argument in "$@"; do
    case $argument in
      --help | -h | '-?' | --version) return 1 ;;
    esac
  done
  case ${1:-} in
    trial | faults | chaos | build | up | down | ps | logs | exec | psql | stop | restart | scale | events | images | prune) return 0 ;;
    *) return 1 ;;
  esac
}

# Asks for the engine's pulse, without a docker program, which may not be installed.
engine_answers() {
  local host=${DOCKER_HOST:-unix:///var/run/docker.sock}
  case $host in
    unix://*)
      [[ -S ${host#unix://} ]] || return 1
      if type -P curl >/dev/null; then
        curl --silent --fail --max-time 5 --output /dev/null --unix-socket "${host#unix://}" http://engine/_ping
      elif type -P perl >/dev/null; then
        perl -MIO::Socket::UNIX -e 'alarm 5; my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or exit 1;
          print $s "GET /_ping HTTP/1.0\r\n\r\n"; exit(<$s> =~ / 200 / ? 0 : 1)' "${host#unix://}"
      fi
      ;;
    tcp://*)
      local address=${host#tcp://}
      address=${address%%/*}
      timeout 5 bash -c ": < '/dev/tcp/${address%:*}/${address##*:}'" 2>/dev/null
      ;;
    # What else there is, the program itself will judge.
    *) return 0 ;;
  esac
}

engine_answers_within() {
  local until=$((SECONDS + $1))
  until engine_answers; do
    ((SECONDS < until)) || return 1
    sleep 0.2
  done
}

install_engine() {
  export DEBIAN_FRONTEND=noninteractive
  apt-get update --quiet=2 \
    && apt-get install --quiet=2 --yes --no-install-recommends docker.io mmdebstrap debian-archive-keyring gpg
}

start_engine() {
  if [[ -d /run/systemd/system ]] && systemctl start docker && engine_answers_within 60; then
    return
  fi
  # Detached from this terminal and its pipes: it serves the next command too.
  setsid dockerd >"$DOCKERD_LOG" 2>&1 </dev/null 8<&- 9>&- &
  local dockerd=$! until=$((SECONDS + 60))
  until engine_answers; do
    if ! kill -0 $dockerd 2>/dev/null || ((SECONDS >= until)); then
      tail -n 20 "$DOCKERD_LOG"
      return 1
    fi
    sleep 0.2
  done
  disown $dockerd
}

# Ends the engine that start_engine began, and with it the containerd that it began itself.
stop_engine() {
  local pid until=$((SECONDS + 30))
  if [[ -d /run/systemd/system ]]; then
    systemctl stop docker.socket docker || true
  elif pid=$(cat /var/run/docker.pid 2>/dev/null) && kill "$pid" 2>/dev/null; then
    while kill -0 "$pid" 2>/dev/null && ((SECONDS < until)); do
      sleep 0.2
    done
  fi
}

ensure_engine() {
  engine_answers && return
  local where=${DOCKER_HOST:-/var/run/docker.sock}
  [[ -n ${DOCKER_HOST:-} ]] && die $EX_UNAVAILABLE 'No Docker Engine answers.' "DOCKER_HOST=$where" \
    'start that engine, or unset DOCKER_HOST.'
  [[ -S $where && ! -w $where ]] && die $EX_UNAVAILABLE "You may not use the Docker Engine's socket." "$where" \
    'sudo usermod -aG docker $USER, then log in again; or run as root.'
  if ! type -P dockerd >/dev/null; then
    local fix='install Docker Engine 20.10 or newer (https://docs.docker.com/engine/install/) and start it'
    setup_forbidden && die $EX_UNAVAILABLE 'No Docker Engine is installed, and SEATRIAL_NO_SETUP=1 forbids to install one.' \
      "$where" "$fix, or unset SEATRIAL_NO_SETUP."
    [[ $EUID == 0 ]] || die $EX_UNAVAILABLE 'No Docker Engine is installed.' "$where" \
      "$fix, or run this command as root on Debian or Ubuntu, where it installs docker.io itself."
    grep -qsE '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release || die $EX_UNAVAILABLE 'No Docker Engine is installed.' "$where" "$fix."
    say 'no Docker Engine found: installing docker.io and mmdebstrap'
    timed 'installed docker.io and mmdebstrap' install_engine || die $EX_UNAVAILABLE \
      'docker.io could not be installed.' 'apt-get install docker.io mmdebstrap' 'mend what apt-get says above.'
    engine_answers_within 3 && return
  fi
  [[ $EUID == 0 ]] || die $EX_UNAVAILABLE 'The Docker Engine does not run.' "$where" 'sudo systemctl start docker'
  timed "started the Docker Engine (log: $DOCKERD_LOG)" start_engine || die $EX_UNAVAILABLE \
    'The Docker Engine does not start.' "$DOCKERD_LOG" 'mend what its log says above.'
}
