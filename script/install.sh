# shellcheck shell=bash
# What script/setup, script/server and script/test share: installing what is missing, and only that.
# Read from the root of the project with `source script/install.sh`.

python=.venv/bin/python

# Ends with a message: what is wrong, and how to mend it.
give_up() {
    printf '%s\n' "$@" >&2
    exit 1
}

missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
            echo "$package"
    done
}

can_be_root() {
    [[ $(id -u) -eq 0 ]] || command -v sudo >/dev/null
}

as_root() {
    if [[ $(id -u) -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        give_up "Root's rights are needed. Ask an administrator to run: $*"
    fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" \
        >/dev/null
}

# Installs those of the named system packages that are not there. Says so before it does.
need_packages() {
    if ! command -v apt-get >/dev/null; then
        give_up "This system has no apt-get. Install by hand what these Debian packages hold:" \
            "  $*" "and run this again with SKIP_PACKAGES=1 set."
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [[ ${#missing[@]} -eq 0 ]] && return
    can_be_root ||
        give_up "System packages are missing, and root's rights are needed to install them." \
            "Ask an administrator to run this, then start again:" \
            "  apt-get install --no-install-recommends ${missing[*]}"
    echo "Installing system packages with apt-get: ${missing[*]}"
    as_root apt-get update -qq
    apt_install "${missing[@]}"
}

need_python() {
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        give_up "Python 3.11 or later is needed; this is $(python3 --version)." \
            "Debian 12 and Ubuntu 24.04 have it."
    [[ -x $python ]] && return
    echo "Making .venv"
    python3 -m venv .venv
}

# Installs the Python packages of a hashed list, again only when the list has changed.
need_requirements() {
    local list=$1 stamp=.venv/.$1.sha256
    sha256sum --check --status "$stamp" 2>/dev/null && return
    echo "Installing the Python packages of $list into .venv"
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$list"
    sha256sum "$list" >"$stamp"
}
