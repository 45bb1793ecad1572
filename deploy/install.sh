#!/bin/sh
# Make .venv from a committed lock: install.sh LOCK. Needs Python 3.10 or newer; uses uv where it is there.
set -eu
lock=$1
venv=.venv
python=${PYTHON:-python3}

fail() { echo "install: $1" >&2; exit 1; }

command -v "$python" >/dev/null 2>&1 || fail "$python is not there; install Python 3.10 or newer, or name one with PYTHON="
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  fail "Python 3.10 or newer is needed, $python is $("$python" -c 'import platform; print(platform.python_version())')"

[ -x "$venv/bin/archive" ] || echo "Setting up $venv from $lock: a minute or two, the first time only."

if command -v uv >/dev/null 2>&1; then
  [ -x "$venv/bin/python" ] || uv venv --quiet --python "$python" "$venv"
  uv pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
  uv pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation -e .
else
  "$python" -c 'import ensurepip, venv' 2>/dev/null ||
    fail "this Python has no venv or ensurepip; on Debian and Ubuntu: apt install python3-venv, or install uv"
  [ -x "$venv/bin/pip" ] || "$python" -m venv "$venv" || fail "cannot make $venv; remove it and try again"
  "$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
  "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
