# Sourced by packaging/demo: the main job by clicks and keys on a display of its own, a picture of each station.
# Every wait is for something: a row in the server's archive or the channel service's store, or a picture at rest.

start_display() {
    local number
    mkfifo "$world/display" "$world/bus"
    Xvfb -displayfd 6 -screen 0 2620x880x24 -nolisten tcp 6<>"$world/display" >>"$log" 2>&1 &
    read -r -t 30 number <>"$world/display" || fail "starting Xvfb; the log: $log"
    export DISPLAY=:$number QT_QPA_PLATFORM=xcb
    unset WAYLAND_DISPLAY
    # nobody's keyring is opened for a walk, and nobody's screen shows its notices
    dbus-daemon --session --nofork --print-address=6 6<>"$world/bus" >>"$log" 2>&1 &
    read -r -t 30 DBUS_SESSION_BUS_ADDRESS <>"$world/bus" || fail "starting a D-Bus session; the log: $log"
    export DBUS_SESSION_BUS_ADDRESS
    openbox >>"$log" 2>&1 &
    until_true 20 has_window_manager || fail "starting openbox; the log: $log"
}
has_window_manager() { xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q window; }

window_of() { xdotool search --all --onlyvisible --pid "$1" --name Cumulet 2>/dev/null | head -n 1 | grep .; }
has_window() { window_of "$1" >/dev/null; }

# nothing moves but the text cursor
at_rest() {
    mv -f "$world/now.png" "$world/before.png" 2>/dev/null || true
    import -window root "$world/now.png" 2>>"$log" || return 1
    [ -e "$world/before.png" ] || return 1
    local differing
    differing=$(compare -metric AE "$world/before.png" "$world/now.png" null: 2>&1 || true)
    differing=${differing%%[. ]*}
    [ "${differing:-9999}" -lt 300 ] 2>/dev/null
}
settle() { rm -f "$world/now.png" "$world/before.png"; until_true 8 at_rest || true; }

# picture NAME [PROCESS]: of its window and what lies over it, or of the whole screen
picture() {
    local file part=()
    settle
    if [ -n "${2:-}" ]; then
        part=(-crop "$(xwininfo -id "$(window_of "$2")" | awk '/Absolute upper-left X/ { x = $NF } /Absolute upper-left Y/ { y = $NF }
            /Width/ { w = $NF } /Height/ { h = $NF } END { print w "x" h "+" x "+" y }')" +repage)
    fi
    file=$(printf '%02d' $((${#pictures[@]} + 1)))-$1.png
    import -window root "${part[@]}" "$demo/$file" 2>>"$log" || fail "taking a picture of $1; the log: $log"
    pictures+=("build/demo/$file")
    say "picture: build/demo/$file"
}

# use PROCESS: its window gets the keys
use() {
    until_true 20 is_active "$(window_of "$1")" || fail "giving the keys to a window; the log: $log"
    settle
}
is_active() {
    [ "$(xdotool getactivewindow 2>/dev/null)" = "$1" ] || { xdotool windowactivate "$1" 2>>"$log"; return 1; }
}
# click PROCESS X Y: in its window; negative numbers count from the right and the bottom
click() {
    local WIDTH HEIGHT x=$2 y=$3 window
    window=$(window_of "$1")
    eval "$(xdotool getwindowgeometry --shell "$window" | grep -E '^(WIDTH|HEIGHT)=')"
    [ "$x" -ge 0 ] || x=$((WIDTH + x))
    [ "$y" -ge 0 ] || y=$((HEIGHT + y))
    xdotool mousemove --sync --window "$window" "$x" "$y" click 1
    settle
}
keys() { xdotool key --clearmodifiers --delay 60 "$@"; }
words() { xdotool type --clearmodifiers --delay 15 -- "$1"; }
# the search field goes to whatever is called so
go() { keys ctrl+k; settle; words "$1"; settle; keys Return; settle; }

is_online() { [ "$(grep -c "Authenticated as $1@" "$world/server/prosody.log")" -ge "${2:-1}" ]; }
# exactly once: neither lost nor doubled
has_message() {
    [ "$(sqlite3 -readonly "$world/server/data/prosody.sqlite" \
        "select count(*) from prosodyarchive where user = 'juliet' and store = 'archive' and value like '%$1%'" 2>/dev/null)" = 1 ]
}
has_post() {
    [ "$(sqlite3 -readonly "$world/channels.sqlite" "select count(*) from item where content like '%$1%'" 2>/dev/null)" = 1 ]
}
is_following() {
    [ "$(sqlite3 -readonly "$world/channels.sqlite" "select count(*) from member join node on key = node where
        name = '/user/$2/posts' and user = '$1@$host' and state = 'subscribed'" 2>/dev/null)" = 1 ]
}
wait_for() {
    until_true 40 "$@" && return
    import -window root "$demo/failed.png" 2>/dev/null || true
    fail "the walk: this did not happen: $*; see build/demo/failed.png and the logs beside it"
}

say 'no display: walking the main job under Xvfb'
pictures=()
rm -f "$demo"/*.png
start_display
open_as juliet
open_as romeo
wait_for has_window "$romeo"
wait_for has_window "$juliet"
xdotool windowsize "$(window_of "$romeo")" 1280 820 windowmove "$(window_of "$romeo")" 10 30
xdotool windowsize "$(window_of "$juliet")" 1280 820 windowmove "$(window_of "$juliet")" 1320 30
wait_for is_online romeo
wait_for is_online juliet
# a window that comes up late takes the keys: both are at rest before the first key
settle
. packaging/demonstration/stations.sh
say "${#pictures[@]} pictures:"
printf '%s\n' "${pictures[@]}"
