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
keys j l
picture liked "$romeo"
keys Return
picture thread "$romeo"
keys alt+Left

# what all channels say
keys alt+Home
picture home "$romeo"

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

# channels of the directory; then somebody's channel: found by its address, followed by a click
use "$romeo"
keys ctrl+shift+n
picture discover "$romeo"
words "laurence@$host"
picture found "$romeo"
keys Return
settle
click "$romeo" -432 56
wait_for is_following romeo "laurence@$host"
picture followed "$romeo"

# the server is gone: what is written waits, and is sent once when it is back
go 'Juliet'
$servers kill "$world/server"
words 'And I’ll still stay, to have thee still forget.'
keys Return
picture waiting "$romeo"
$servers again "$world/server" 2>>"$log" 7>&- || # it must not hold the input whose end ends it
    fail "starting the server again; the log: $log"
wait_for has_message 'still stay'
wait_for is_online juliet 2
picture sent "$romeo"
keys ctrl+comma
picture settings "$romeo"

# dark, switched while it runs
keys Down Tab Down Down
picture look "$romeo"
keys Escape
picture dark-chat "$romeo"
go 'Gardeners'
picture dark-channel "$romeo"

keys alt+Home
picture dark-home "$romeo"

# twice as large
kill "$juliet" && wait "$juliet" || true
QT_SCALE_FACTOR=2 open_as juliet
wait_for has_window "$juliet"
xdotool windowsize "$(window_of "$juliet")" 2600 840 windowmove "$(window_of "$juliet")" 5 30
wait_for is_online juliet 3
use "$juliet"
go 'Gardeners'
picture large-channel "$juliet"
go 'Romeo'
picture large-chat "$juliet"
keys alt+Home
picture large-home "$juliet"
