# Sourced by walk.sh: what romeo and juliet do.

use "$romeo"
picture start "$romeo"

# a channel: read, post, comment
go 'Gardeners'
picture channel "$romeo"
keys ctrl+n
words 'What light through yonder window breaks? It is the east. #sun'
keys ctrl+Return
wait_for has_post 'yonder window breaks? It is the east'
picture posted "$romeo"
keys Escape j r
settle
words 'I shall bring a ladder.'
keys ctrl+Return
wait_for has_post 'bring a ladder'
picture commented "$romeo"

# a chat, both ways
go 'Juliet'
words 'Let me stand here till thou remember it.'
keys Return
wait_for has_message 'Let me stand here'
use "$juliet"
go 'Romeo'
words 'I shall forget, to have thee still stand there.'
keys Return
wait_for has_message 'I shall forget'
picture chat

# a channel of a stranger: find it by its address, follow it by a click
use "$romeo"
keys ctrl+shift+n
settle
words "nurse@$host"
picture found "$romeo"
keys Return
picture stranger "$romeo"

# the server is gone: what is written waits, and is sent once
use "$romeo"
$servers kill "$world/server"
words 'And I’ll still stay, to have thee still forget.'
keys Return
picture waiting "$romeo"
$servers again "$world/server" 2>>"$log" || fail "starting the server again; the log: $log"
wait_for has_message 'still stay'
picture sent "$romeo"
