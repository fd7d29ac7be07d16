#!/bin/sh
# Installs the clients that run.sh drives below .cache/editors; what is there already is kept.
# Nothing of the system is changed, and nobody needs to be root: packages are only unpacked.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=$(cd "$here/../../../.." && pwd)/.cache/editors
mkdir -p "$cache"

missing=''
for program in node:nodejs npm:npm apt-get:apt dpkg-deb:dpkg timeout:coreutils; do
  command -v "${program%:*}" >/dev/null || missing="$missing ${program#*:}"
done
if [ -n "$missing" ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086 # a list of names
    timeout 600 apt-get install -qq -y $missing >/dev/null
  else
    printf 'editors: run this first: sudo apt-get install%s\n' "$missing" >&2
    exit 2
  fi
fi

npm_packages() {
  if cmp -s "$here/package-lock.json" "$cache/npm/package-lock.json" &&
    [ -e "$cache/npm/.installed" ]; then
    return
  fi
  rm -rf "$cache/npm"
  mkdir "$cache/npm"
  cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$cache/npm"
  (cd "$cache/npm" && timeout 300 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  : >"$cache/npm/.installed"
}

# Unpacks Neovim of a Debian suite with all that it depends on, and writes a starter that runs it
# with its own libc, so that its children still use the system's.
#   neovim SUITE
neovim() {
  dest=$cache/nvim-$1
  if "$dest/run" --version >/dev/null 2>&1; then
    return
  fi
  rm -rf "$dest"
  state=$dest/.apt
  mkdir -p "$state/lists/partial" "$state/archives/partial"
  mirror=$(debian_mirror)
  if [ -z "$mirror" ]; then
    printf 'editors: no Debian mirror in the sources of apt, so no Neovim of %s\n' "$1" >&2
    exit 2
  fi
  printf 'deb %s %s main\n' "$mirror" "$1" >"$state/sources.list"
  : >"$state/status"
  cat >"$state/apt.conf" <<CONF
Dir::Etc::sourcelist "$state/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::lists "$state/lists";
Dir::State::status "$state/status";
Dir::Cache "$state";
APT::Install-Recommends "false";
APT::Sandbox::User "$(id -un)";
Acquire::Languages "none";
CONF
  export APT_CONFIG="$state/apt.conf"
  timeout 300 apt-get update -qq
  timeout 300 apt-get install -qq -y --download-only neovim >/dev/null
  unset APT_CONFIG
  for package in "$state"/archives/*.deb; do
    dpkg-deb -x "$package" "$dest"
  done
  rm -rf "$state"
  loader=$(cd "$dest" && echo usr/lib/*-linux-gnu/ld-linux-*.so.*)
  cat >"$dest/run" <<RUN
#!/bin/sh
root=\${0%/*}
export VIMRUNTIME="\$root/usr/share/nvim/runtime"
exec "\$root/$loader" --argv0 nvim --library-path "\$root/${loader%/*}" "\$root/usr/bin/nvim" "\$@"
RUN
  chmod +x "$dest/run"
  timeout 20 "$dest/run" --version | head -n 1
}

debian_mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources \
    2>/dev/null | sed -n 's/^URIs: *\([^ ]*debian\)\/* *$/\1/p; s/^deb .*\(http[^ ]*debian\)\/* .*/\1/p' |
    head -n 1
}

npm_packages
neovim trixie
neovim sid
