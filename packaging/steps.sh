# Sourced by the scripts beside it: steps that say what they do, that they go on, and why they failed.
# log must name the file that takes what the steps print.

say() { printf '[%4ds] %s\n' $SECONDS "$*" >&2; }

fail() { say "failed: $1"; exit 1; }

# step WORDS COMMAND...: keeps the command's output in the log and shows its last line every ten seconds
step() {
    local words=$1 pid beat=0; shift
    say "$words"
    printf '== %s: %s\n' "$words" "$*" >>"$log"
    "$@" >>"$log" 2>&1 </dev/null &
    pid=$!
    while sleep 0.2; kill -0 "$pid" 2>/dev/null; do
        ((++beat % 50)) || say "... $(tail -c 400 "$log" | tr '\r' '\n' | tail -n 1 | cut -c -110)"
    done
    wait "$pid" || { show_causes >&2; say "the whole log: $log"; return 1; }
}

# the lines of the last step that say why, or else its end
show_causes() {
    local last
    last=$(tac "$log" | sed '/^== /q' | tac)
    grep -nE 'error:|Error |undefined reference|FAILED:|fatal:' <<<"$last" | cut -d: -f2- | cut -c -300 | head -n 25 | grep . ||
        tail -n 15 <<<"$last"
}
