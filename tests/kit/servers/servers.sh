#!/usr/bin/env bash
# Throw-away XMPP servers for tests and the demo, any number at once, by any user, loopback only.
# Everything of a server is in DIR: configuration, data, logs, certificates. Delete DIR after "stop".
#
#   servers.sh start prosody|ejabberd DIR [HOST] [internal|sql] [NEIGHBOUR]   returns when ready; prints and writes DIR/env
#   servers.sh hold  prosody|ejabberd DIR [HOST] [internal|sql] [NEIGHBOUR]   the same, then waits for the end of its input,
#                                  stops the server and deletes DIR: whoever holds the other end may be killed
#   servers.sh user  DIR USER PASSWORD [USER PASSWORD]...
#   servers.sh neighbour DIR USER PASSWORD...   the same at the second domain
#   servers.sh archive DIR FILE   writes messages into both sides' archives (see archive.py), 10,000 in a
#                                  second; the server stands still meanwhile
#   servers.sh stop  DIR          in order; waits until no process is left
#   servers.sh kill  DIR          like a power cut; waits likewise
#   servers.sh again DIR          same ports, same data
#   servers.sh reload DIR         new secrets or certificates without a restart (Prosody)
#
# HOST is localhost unless given; it serves rooms., pubsub., upload. and, for outside components on port COMP
# with the secret in DIR/component-secret, channels., topics.
# and search.HOST. NEIGHBOUR is a second domain of the same server, with channels. and topics. on the component
# port NEIGHBOUR_COMP, since ejabberd gives a component all names of its port.
# Storage is sql (SQLite) unless given. CUMULET_SERVER_LOG=debug writes everything to the server's log.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

die() { echo "servers.sh: $*" >&2; exit 1; }

# fills the template of KIND with fresh ports and writes DIR/env
configure() {
    local ports template leave_out=''
    read -r -a ports < <("$here/ports.py" free 6)
    case $kind in prosody) template=prosody.cfg.lua ;; ejabberd) template=ejabberd.yml ;; esac
    [ -n "$neighbour" ] || leave_out='/@NEIGHBOUR@/d'
    sed -e "$leave_out" -e "s|@NEIGHBOUR@|$neighbour|g; s|@OTHER_COMP@|${ports[5]}|g" \
        -e "s|@DIR@|$dir|g; s|@HOST@|$host|g; s|@STORAGE@|$storage|g; s|@SECRET@|$(cat "$dir/component-secret")|g" \
        -e "s|@LOG@|${CUMULET_SERVER_LOG:-info}|g" \
        -e "s|@C2S@|${ports[0]}|g; s|@C2S_TLS@|${ports[1]}|g; s|@HTTPS@|${ports[2]}|g" \
        -e "s|@COMP@|${ports[3]}|g; s|@API@|${ports[4]}|g; s|@VHOST@|@HOST@|g" "$here/$template.in" >"$dir/$template"
    cat >"$dir/env" <<END
KIND=$kind
HOST=$host
C2S=${ports[0]}
C2S_TLS=${ports[1]}
HTTPS=${ports[2]}
COMP=${ports[3]}
API=${ports[4]}
CHANNELS=channels.$host
TOPICS=topics.$host
DIRECTORY=search.$host
MEDIA=media.$host
CA=$dir/certs/ca.crt
SECRET=$dir/component-secret
END
    [ -z "$neighbour" ] || printf 'NEIGHBOUR=%s\nNEIGHBOUR_COMP=%s\n' "$neighbour" "${ports[5]}" >>"$dir/env"
}

value() { sed -n "s/^$1=//p" "$dir/env"; }

# starts the server of DIR in a session of its own and waits until it answers on its own ports
run() {
    local kind=$(value KIND)
    case $kind in
        prosody)
            setsid prosody --config "$dir/prosody.cfg.lua" -F >>"$dir/out" 2>&1 </dev/null & ;;
        ejabberd)
            (
                cd "$dir"
                export EJABBERD_CONFIG_PATH=$dir/ejabberd.yml EJABBERD_LOG_PATH=$dir/ejabberd.log
                export ERL_CRASH_DUMP_SECONDS=0 HOME=$dir
                libraries=(/usr/lib/*/ejabberd-*)
                export ERL_LIBS=${libraries[0]%/*}
                # started by erl and without -sname: no particular user, no epmd, no fixed port
                exec setsid erl -noinput +S 2:2 +sbwt none -mnesia dir "\"$dir/mnesia\"" -s ejabberd >>"$dir/out" 2>&1 </dev/null
            ) & ;;
    esac
    echo $! >"$dir/pid"
    "$here/ports.py" ready "$(cat "$dir/pid")" "$(value HOST)" "$(value C2S)" "$(value COMP)" "$(value HTTPS)"
}

# ends the server's whole session: SIGNAL first, SIGKILL for what is left after ten seconds
end() {
    [ -s "$dir/pid" ] || return 0
    "$here/ports.py" end "$(cat "$dir/pid")" "$1"
    rm -f "$dir/pid"
}

start() {
    kind=$1 host=${3:-localhost} storage=${4:-sql} neighbour=${5:-}
    case $kind in
        prosody | ejabberd) command -v "${kind/ejabberd/erl}" >/dev/null || die "$kind is not installed" ;;
        *) die "which server: prosody or ejabberd?" ;;
    esac
    mkdir -p "$2/data"
    dir=$(cd "$2" && pwd)
    [ -e "$dir/component-secret" ] || (umask 077; od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$dir/component-secret")
    [ -e "$dir/certs/server.pem" ] || "$here/make-certs.sh" "$dir/certs" "$host" localhost $neighbour
    # a port may be taken by somebody else between choosing it and using it
    for attempt in 1 2 3 4 5; do
        configure
        if run 2>"$dir/why"; then return 0; fi
        end TERM
        grep -q taken "$dir/why" || break
    done
    cat "$dir/why" >&2
    tail -n 20 "$dir/out" "$dir"/*.log >&2 2>/dev/null || true
    die "$kind did not start; its files are in $dir"
}

command=${1:-}; shift || true
case $command in
    start) start "$@"; cat "$dir/env" ;;
    hold)
        ended() { trap '' TERM INT HUP; end TERM; rm -rf "$dir"; exit 0; }
        trap '[ -z "${dir:-}" ] || ended' EXIT TERM INT HUP
        start "$@"
        cat "$dir/env"; echo READY
        cat >/dev/null || true ;;
    '' | help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; exit 2 ;;
    *)
        dir=$(cd "$1" && pwd); shift
        case $command in
            again)
                [ ! -s "$dir/pid" ] || ! kill -0 "$(cat "$dir/pid")" 2>/dev/null || die "it is running"
                run ;;
            stop) end TERM ;;
            kill) end KILL ;;
            reload) kill -HUP "$(cat "$dir/pid")" ;;
            user) exec "$here/client.py" register "$(value HOST)" "127.0.0.1:$(value C2S)" "$(value CA)" "$@" ;;
            neighbour)
                exec "$here/client.py" register "$(value NEIGHBOUR)" "127.0.0.1:$(value C2S)" "$(value CA)" "$@" ;;
            archive) exec "$here/archive.py" store "$dir/env" "$1" ;;
            *) die "what is $command?" ;;
        esac ;;
esac
