#!/bin/sh
# Installs the real clients and drives the built server with each; ends 1 if any of them fails.
#   run.sh            all
#   run.sh nvim       one of them: the name of a folder
set -u
here=$(cd "$(dirname "$0")" && pwd)
"$here/install.sh" || exit

failed=''
[ $# -gt 0 ] || set -- scripted nvim
for runner in "$@"; do
  printf '== %s\n' "$runner"
  node --test --test-timeout=180000 --test-reporter=spec "$here/$runner"/*.test.mjs </dev/null ||
    failed="$failed $runner"
done
if [ -n "$failed" ]; then
  printf 'editors: failed:%s\n' "$failed"
  exit 1
fi
printf 'editors: all passed: %s\n' "$*"
