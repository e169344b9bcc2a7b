# Sourced by scripts that need one Knot. `start_knot CONFIGURATION WORK [OPTION]...` builds it and serves WORK/root on a free port; sets `server` and `url`.
start_knot() {
  local top
  top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
  dotnet build -c "$1" -v quiet --nologo "$top/samples/Knot" >"$2/build.log" 2>&1 || { cat "$2/build.log" >&2; exit 1; }
  "$top/samples/Knot/bin/$1/net10.0/Knot" --port 0 --root "$2/root" "${@:3}" >"$2/knot.log" 2>&1 &
  server=$!
  url=""
  for _ in {1..100}; do
    url=$(head -n 1 "$2/knot.log")
    [ -z "$url" ] || break
    sleep 0.1
  done
}
