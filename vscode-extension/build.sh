#!/bin/sh
# What Maven runs for this folder.  build.sh check | bundle
#   check    installs the npm packages when they are not those of the lock file; type check, lint and
#            format check when a file has changed; unit tests
#   bundle   writes dist/main.js
set -eu
cd "$(dirname "$0")"

fail() {
  printf 'vscode-extension: %s\n' "$*" >&2
  exit 1
}

command -v node >/dev/null || fail "node is missing: install Node.js 20.19 or later, or leave this module out with -pl '!vscode-extension'"
command -v npm >/dev/null || fail "npm is missing: install it beside node, or leave this module out with -pl '!vscode-extension'"
node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' ||
  fail "Node.js $(node --version) is too old: 20.19 or later is needed"

# The stamp is written last, so that an install that was cut off is done again.
install() {
  wanted=$(cat package.json package-lock.json .npmrc | cksum)
  stamp=node_modules/.installed-for
  [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && return
  npm ci --silent --prefer-offline
  printf '%s\n' "$wanted" >"$stamp"
}

# Static checks are a function of the files (and of node): the same files are not checked twice.
static_checks() {
  checked=$({
    node --version
    find . \( -name node_modules -o -name dist -o -name out -o -name server -o -name target -o -name test-results \) \
      -prune -o -type f -exec cksum {} + | sort
  } | cksum)
  stamp=node_modules/.checked-for
  [ "$(cat "$stamp" 2>/dev/null || true)" = "$checked" ] && return
  npm run --silent typecheck
  npm run --silent lint
  npm run --silent format:check
  printf '%s\n' "$checked" >"$stamp"
}

case ${1-} in
  check)
    install
    static_checks
    npm run --silent test
    ;;
  bundle)
    install
    npm run --silent build
    ;;
  *) fail "usage: build.sh check | bundle" ;;
esac
