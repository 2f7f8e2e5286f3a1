#!/usr/bin/env bash
# Builds the page into web/dist/, which any static host can serve.
#
#   web/build.sh           what readers load: small, some minutes
#   web/build.sh --quick   for tests: larger and slower, built sooner
#
# What is missing is installed into target/web-tools/; only the standard library for the web goes to
# where the compiler is.
set -euo pipefail
cd "$(dirname "$0")/.."

profile=web
case "${1:-}" in
    "") ;;
    --quick) profile=web-quick ;;
    *) printf 'usage: web/build.sh [--quick]\n' >&2; exit 2 ;;
esac
triple=wasm32-unknown-unknown
tools=$PWD/target/web-tools
dist=web/dist

say() { printf '%s\n' "$*"; }
fail() { printf 'The page was not built: %s\n' "$*" >&2; exit 1; }

command -v cargo > /dev/null || fail "there is no cargo; install Rust from https://rustup.rs"

# The standard library for the web: rustup's, or built from Debian's source.
has_target() {
    local libraries
    libraries=$(rustc --print target-libdir --target "$triple" 2> /dev/null) && [ -d "$libraries" ]
}
has_debian_source() { [ -x /usr/bin/rustc ] && [ -d /usr/lib/rustlib/src/rust/library ]; }
add_debian_source() {
    [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null && apt-get update &&
        apt-get install --yes --no-install-recommends rustc-web rust-web-src && has_debian_source
}
build=(cargo build --bin slalom --profile "$profile" --target "$triple" --target-dir target/web)
if has_target || { command -v rustup > /dev/null && timeout 120 rustup target add "$triple" && has_target; }; then
    "${build[@]}"
elif has_debian_source || add_debian_source; then
    # The linker for the web comes with rustup's compiler.
    sysroot=$(rustc --print sysroot)
    host=$(rustc --version --verbose | sed -n 's/^host: //p')
    PATH="$PATH:$sysroot/lib/rustlib/$host/bin:$sysroot/lib/rustlib/$host/bin/gcc-ld" \
        RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 "${build[@]}" -Zbuild-std=std,panic_abort
else
    fail "there is no compiler for the web; install one with: rustup target add $triple"
fi

# wasm-bindgen's program must be of the same version as the crate.
version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"/\1/p}' Cargo.lock)
is_right() { [ "$("$1" --version 2> /dev/null)" = "wasm-bindgen $version" ]; }
bindgen=wasm-bindgen
if ! is_right "$bindgen"; then
    bindgen=$tools/bin/wasm-bindgen
    is_right "$bindgen" ||
        cargo install wasm-bindgen-cli --version "$version" --root "$tools" --force ||
        fail "wasm-bindgen $version cannot be installed; try: cargo install wasm-bindgen-cli --version $version"
fi

rm -rf "$dist"
mkdir -p "$dist"
wasm=$dist/page_bg.wasm
bind() { # bind OPTIONS
    "$bindgen" --target web --no-typescript --out-dir "$dist" --out-name page "$@" \
        "target/web/$triple/$profile/slalom.wasm"
}
# Functions of similar names are alike, and compress well beside each other. What makes a program
# smaller before it is compressed, as -Oz does, makes it larger afterwards.
optimize() { # optimize WASM-OPT
    local features=(--enable-bulk-memory --enable-bulk-memory-opt --enable-multivalue
        --enable-mutable-globals --enable-nontrapping-float-to-int --enable-reference-types
        --enable-sign-ext --enable-simd)
    local passes=(--duplicate-function-elimination --merge-blocks --remove-unused-brs
        --optimize-instructions --pick-load-signs --precompute --code-pushing --rse
        --merge-blocks --remove-unused-brs --coalesce-locals --reorder-locals --vacuum
        --duplicate-function-elimination --reorder-functions-by-name)
    "$1" -g "${features[@]}" "${passes[@]}" "$wasm" -o "$wasm.named" &&
        "$1" "${features[@]}" --strip-debug --strip-producers "$wasm.named" -o "$wasm" &&
        rm "$wasm.named"
}
is_optimized=no
if [ "$profile" = web ]; then
    optimizer=$(command -v wasm-opt || true)
    if [ -z "$optimizer" ]; then
        optimizer=$tools/node_modules/.bin/wasm-opt
        [ -x "$optimizer" ] || ! command -v npm > /dev/null ||
            npm install --silent --no-fund --no-audit --prefix "$tools" binaryen || true
    fi
    bind
    if [ -x "$optimizer" ] && optimize "$optimizer"; then
        is_optimized=yes
    else
        say "There is no wasm-opt of today, nor npm: the page stays a twentieth larger than it could be."
    fi
fi
if [ "$is_optimized" = no ]; then
    rm -f "$wasm.named"
    bind --remove-name-section
fi

# A new version of the page never loads files of an old one from the browser's store.
hash=$(cat "$dist/page.js" "$wasm" | cksum | cut -d' ' -f1)
sed -e "s/@VERSION@/$hash/" -e "s/@SIZE@/$(wc -c < "$wasm" | tr -d ' ')/" web/index.html > "$dist/index.html"
cp assets/icon.png "$dist/"
for more in web/*.js web/examples; do
    [ ! -e "$more" ] || cp -r "$more" "$dist/"
done

# The golden records, for `?selftest`.
mkdir -p "$dist/selftest"
cp tests/golden/*.jsonl "$dist/selftest/"

size() { awk -v bytes="$1" 'BEGIN { printf "%.2f MB", bytes / 1e6 }'; }
say "web/dist: the program has $(size "$(wc -c < "$wasm")"), $(size "$(gzip -9c "$wasm" | wc -c)") compressed."
