#!/usr/bin/env bash
# Installs the Debian packages of the named groups that are not there yet: tools/install_packages.sh build use [test]
# The list is packaging/debian-packages.txt; sudo is used only when the caller is not root.
set -euo pipefail
cd "$(dirname "$0")/.."

node_is_new_enough() {
    command -v node >/dev/null && command -v npm >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]
}

wanted=()
while read -r package group _; do
    case "$package" in ''|'#'*) continue ;; esac
    case " $* " in *" $group "*) ;; *) continue ;; esac
    case "$package" in nodejs|npm) node_is_new_enough && continue ;; esac
    wanted+=("$package")
done < packaging/debian-packages.txt

# dpkg-query fails when it has never heard of one of them, as on a fresh machine; what it knows it prints all the same.
installed=$({ dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "${wanted[@]}" 2>/dev/null || true; } \
    | awk '$1 == "ii" {print $2}')
missing=()
for package in "${wanted[@]}"; do
    grep -qxF "$package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Install these packages as root, then run this again: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
fi
echo "Installing ${#missing[@]} Debian packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
install_them() {
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$log" 2>&1
}
# The tests start an identity provider of their own. The service that its package brings has a well-known password and must not run.
case " ${missing[*]} " in
    *" glewlwyd "*)
        "${as_root[@]}" mkdir -p /etc/systemd/system
        "${as_root[@]}" ln -sfn /dev/null /etc/systemd/system/glewlwyd.service
        ;;
esac
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! install_them; then
    "${as_root[@]}" apt-get update -qq >"$log" 2>&1 || true
    install_them || { cat "$log" >&2; echo "The packages could not be installed; the lines above say why." >&2; exit 1; }
fi
