# Words that all pages share. Pass years and codes as text: numbers get grouped.
app-name = Gridbook
app-says = Every household looked after, every duty kept
text-missing = (text missing here)
language-name-zh = 中文
language-name-zh-Hant = 繁體中文
language-name-en = English
language-name-es = Español

day-today = today
day-tomorrow = tomorrow
day-yesterday = yesterday
wait-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
wait-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}

nav-today = Today
nav-households = Homes
nav-record = Record
nav-ledger = Ledger
nav-score = Score
nav-manage = Community
nav-staff = Staff
nav-appraisals = Appraisals
nav-rules = Rule files
nav-accounts = Accounts
nav-import = Import
nav-account = My account

frame-stays = Not connected: this page stays. Open the other one when the connection is back.
frame-opening = Opening…
frame-old-browser = This browser is too old for this page. Please use a newer one.
frame-no-script = This page needs scripts (JavaScript). Please allow them in the browser, then reload.
frame-skip = Skip to content
frame-navigation = Main navigation
frame-posts = Switch to another post
frame-language = Language
frame-theme = Light or dark
frame-logout = Log out
theme-auto = As the system
theme-light = Light
theme-dark = Dark

action-back = Back
action-close = Close
action-home = Go to the start page
action-retry = Try again
action-copy = Copy

connection-lost = The connection is gone
connection-trying = Reconnecting; what you have typed is still there.
connection-too-long = Too long
connection-too-long-what = This is too much at once. Please send it in parts.

state-met = Met
state-due = Due
state-overdue = Late
state-late = Done late
state-missed = Missed
state-waived = Waived
state-upcoming = Not yet due
state-undecided = Undecided
state-held = On hold
state-with-fact = { $state } { $fact }

sync-synced = Synced { $time }
sync-on-phone = On this device { $time }
sync-draft = Draft saved { $time }
sync-waiting = { $n ->
    [one] { $n } entry to upload
   *[other] { $n } entries to upload
}
sync-queued = On this device since { $time }, not sent yet
sync-nowhere = Not kept: no connection, and this browser keeps nothing (private window?). Leave this page open
sync-full = Not kept: no connection, and this device is full. Free some space; leave this page open
keeper-waiting = On this device, to be sent as soon as there is a connection: { $n }
keeper-refused = One record wasn’t accepted; open it and mend it
keeper-locked = Log in again; what waits is sent then
keeper-leave = What you filled in hasn’t all been sent. If you log out now the rest is lost. Log out all the same?
keeper-file = Files on this phone: { $n }. They go up when there is a connection
keeper-nofile = No connection: files can’t be added here now
keeper-filefull = Files not kept, as this device is full: { $n }. Free some space, or add them when there is a connection
keeper-stray = Files that no question of this form takes: { $n }. They aren’t kept once you submit. Submit all the same?
keeper-open = Open
sync-failed = Not uploaded; try again

loading = Fetching the data…
reason-clause = The clause
reason-rule = The rule made of it
reason-figures = Figures used
reason-arithmetic = How it was worked out
reason-entries = Entries that count
because-of = Because you chose “{ $answer }”
optional = optional
filter-remove = Remove the filter: { $name }
count-items = { $n ->
    [one] { $n } item
   *[other] { $n } items
}
count-told = { $what }: { $n }
sensitive-hidden = { $n } sensitive

error-number = Number { $number }
error-no-post-title = You hold no post today
error-no-post-what = Your login is right, but you hold no post today: it hasn’t begun yet, or it has ended. Come back on the day it begins; if that seems wrong, ask the community’s administrator.
error-no-post-other = Log in as somebody else
error-denied-title = You don’t have this permission
error-denied-what = This page is for certain posts only. Ask the community’s administrator if you need it; if you have several posts, switch and try again.
error-forbidden-title = It can’t be opened this way
error-forbidden-what = Please start from the start page.
error-not-found-title = There is no such page
error-not-found-what = The address may have a mistake in it, or the page has moved.
error-absent-title = Not found
error-absent-what = This record isn’t there any more, or it isn’t your post’s to see. Choose it again from the list.
error-stale-title = This page was open for too long
error-stale-what = For safety’s sake go back, reload the page and send it again. The browser must allow this site’s cookies.
error-origin-title = The request didn’t come from this site
error-origin-what = For safety’s sake it wasn’t handled. Please use this site’s own pages; behind a proxy, the administrator has to set GRIDBOOK_PUBLIC_URL.
error-too-large-title = Too large
error-too-large-what = What was sent is over the limit and wasn’t saved. Send it in parts, or make the photos smaller.
error-other-title = That didn’t work
error-other-what = Please go to the start page and try again.
error-problem-title = Something needs changing
error-problem-what = Please change what is named below and try again.
error-fault-title = Something went wrong
error-fault-what = The last step wasn’t completed; everything saved before is still there. Try again, and if it keeps failing give the number to the administrator.

problem-unknown = Something is wrong ({ $code }).
    .remedy = Please give this code to the administrator.
problem-suggestion = Did you mean “{ $suggestion }”?
