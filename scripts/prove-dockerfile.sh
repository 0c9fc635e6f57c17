#!/usr/bin/env bash
# Builds the Dockerfile and runs its image without a Docker engine: Debian's buildah on a base made here (Debian and the
# project's pinned Node). It proves every step and the image's own command, user, volume and health check; it does not prove
# the official base image or a published port. About 4 minutes the first time; the base is kept for the next run.
#
#   scripts/prove-dockerfile.sh            Debian, root, after "npm ci" or "npm test" installed the packages
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly BASE=localhost/node-base:bookworm IMAGE=localhost/demo-connector-app
readonly PORT=${PORT:-18782} WORK=${WORK:-/var/tmp/prove-dockerfile}
readonly STORE=(--storage-driver vfs --root "$WORK/store" --runroot "$WORK/run")

say() { printf '\n── %s\n' "$*"; }
die() { printf '✗ %s\n' "$*" >&2; exit 1; }
ok() { printf '✓ %s\n' "$*"; }
b() { local command=$1; shift; buildah "${STORE[@]}" "$command" "$@"; }

[ "$(id -u)" = 0 ] && grep -qx ID=debian /etc/os-release || die 'needs Debian and root'
mkdir -p "$WORK"
missing=()
for program in buildah debootstrap curl; do command -v "$program" >/dev/null || missing+=("$program"); done
command -v pgrep >/dev/null || missing+=(procps)
if [ ${#missing[@]} -gt 0 ]; then
  say "Installing ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# What node:24-bookworm-slim has and the Dockerfile relies on: Debian, node, npm, a user "node".
make_base() {
  say 'Base image'
  local root=$WORK/base npm
  npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  rm -rf "$root"
  debootstrap --variant=minbase --include=ca-certificates,libstdc++6 bookworm "$root" >"$WORK/debootstrap.log"
  cp "$(find node_modules -path 'node_modules/node-linux-*/bin/node' | head -1)" "$root/usr/local/bin/node"
  mkdir -p "$root/usr/local/lib/node_modules"
  cp -r "$npm" "$root/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  chroot "$root" useradd --create-home --uid 1000 node
  local container
  container=$(b from scratch)
  b add --quiet "$container" "$root" /
  b commit --quiet "$container" "$BASE"
  b rm "$container" >/dev/null
  rm -rf "$root"
}
b inspect --type image "$BASE" >/dev/null 2>&1 || make_base

say 'Build'
# A registry or authority that this machine's npm was told about is needed inside as well.
mounts=(--volume /etc/ssl/certs:/etc/ssl/certs:ro)
mount_config() { [ ! -f "$1" ] || mounts+=(--volume "$1:$2:ro"); }
# Root builds inside, too, and its home is where it is here.
mount_config "$(npm config get userconfig)" "$(getent passwd 0 | cut -d: -f6)/.npmrc"
mount_config "$(npm config get globalconfig)" /usr/local/etc/npmrc
b build --isolation chroot --network host --pull-never --format docker "${mounts[@]}" \
  --build-arg NODE_IMAGE="$BASE" --tag "$IMAGE" .

say 'Image'
container=$(b from --pull-never "$IMAGE")
config() { b inspect --type image --format "$1" "$IMAGE"; }
user=$(config '{{.OCIv1.Config.User}}')
[ "$user" = node ] && ok "runs as $user" || die "runs as '$user'"
[ -n "$(config '{{.OCIv1.Config.Volumes}}' | grep -o /data)" ] && ok 'has the volume /data' || die 'has no volume /data'
command_line=$(config '{{range .OCIv1.Config.Cmd}}{{.}} {{end}}')
ok "command: $command_line"

inside() { b run --isolation chroot --network host --user node --env "SERVER_HTTP_PORT=$PORT" \
  --env EMULATOR_HTTP_PORT=0 --env EMULATOR_HTTPS_PORT=0 "$container" -- "$@"; }
ok "packages: $(inside sh -c 'grep -c "\"node_modules/" node_modules/.package-lock.json') in $(inside du -sm node_modules | cut -f1) MB, /app $(inside du -sm /app | cut -f1) MB"
inside sh -c 'touch /data/x && rm /data/x && ! touch /app/x 2>/dev/null && ! touch node_modules/.cache/x 2>/dev/null' && ok 'writes to /data and nowhere else'
compiled=$(inside sh -c 'NODE_COMPILE_CACHE=node_modules/.cache/node-compile NODE_DEBUG_NATIVE=COMPILE_CACHE node --input-type=module \
  -e "await import(\"/app/server/demo-app.ts\")" 2>&1 | grep -c "was accepted"')
[ "$compiled" -gt 100 ] && ok "brings compiled code along: $compiled modules" || die "brings no compiled code along ($compiled modules)"

say 'Run'
# shellcheck disable=SC2086 # the image's command is a list of words
inside $command_line >"$WORK/server.log" 2>&1 &
runner=$!
# buildah passes no signal on: the server is the innermost of the processes it started.
descendants() { local child; for child in $(pgrep -P "$1"); do echo "$child"; descendants "$child"; done; }
server() { descendants "$runner" | tail -1; }
stop() {
  local pid
  pid=$(server) && [ -n "$pid" ] && kill "$pid" || true
  wait "$runner" || true
  b rm "$container" >/dev/null
  # Each run leaves the image that it replaced, without a name.
  b rmi --prune >/dev/null || true
}
trap stop EXIT
mapfile -t health < <(node -e '
  const dockerfile = require("node:fs").readFileSync("Dockerfile", "utf8");
  const [, list] = /HEALTHCHECK[^[]*CMD (\[.*\])/.exec(dockerfile);
  for (const word of JSON.parse(list)) console.log(word);')
for _ in $(seq 60); do
  inside "${health[@]}" 2>/dev/null && break
  kill -0 "$runner" 2>/dev/null || { cat "$WORK/server.log"; die 'the server ended'; }
  sleep 0.5
done
inside "${health[@]}" && ok 'its health check says healthy' || die 'its health check says unhealthy'
curl --fail --silent "http://localhost:$PORT/health" && echo
curl --fail --silent "http://localhost:$PORT/" | grep -q '<app-root' && ok 'serves the web app'
curl --fail --silent "http://localhost:$PORT/api/about" | grep -q '"emulator":{' && ok 'the emulator is on'
started=$(date +%s%N)
kill -TERM "$(server)"
wait "$runner" && code=0 || code=$?
[ "$code" = 0 ] || die "stopped with exit code $code"
ok "stops in $((($(date +%s%N) - started) / 1000000)) ms when asked, with exit code 0"
