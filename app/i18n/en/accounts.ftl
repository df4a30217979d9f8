# Login, first steps, invitations, accounts, settings of a deployment
login-title = Log in
login-sub = With the account that your community gave you.
login-name = Login name
login-password = Password
login-enter = Log in
login-wrong = Login name or password is wrong, or the account is disabled. Check capitals and keyboard language and try again; if it still doesn’t work, ask the administrator.
login-throttled = Too many wrong attempts. Please wait { $wait }. If you forgot the password, the community’s administrator can reset it.
login-out = You are logged out.
login-help = No account, or forgot the password? Ask the community’s administrator for a link.

welcome-title = Start with Gridbook
welcome-sub = There is no data here yet. Choose how to begin:
welcome-demo = Look at the demo
welcome-demo-what = Walk through invented communities, each with its own regulation: a whole year of visits, patrols and meetings, with duties, scores and appraisals to open. All people are invented.
welcome-demo-start = Open the demo
welcome-own = Set up your own community
welcome-own-what = Fill this in and you are the community’s first administrator; then you can invite colleagues.
welcome-community = Name of the community
welcome-community-hint = It stands on ledgers and appraisals, for example: Willow Bank
welcome-grids = Number of grids
welcome-grids-hint = You can change it later
welcome-model = Which regulation to begin with
welcome-model-hint = Begin with one that is ready; you can change every clause of it later
welcome-model-base = The base library, all of it
welcome-name = Your name
welcome-login-hint = 2 to 40 characters, a phone number for example
welcome-found = Set up the community

password-hint = At least 10 characters; a few unrelated words are easy to remember
password-again = Repeat the password
password-repeat = Repeat the new password
password-new = New password
password-old = Present password

demo-title = Choose somebody to be
demo-sub = This is a demo. People and households are invented: look around and change what you like.
demo-communities = Each community works by a regulation of its own: what is due and what counts differ.
demo-jump = Choose a community
demo-count = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
demo-may-rules = Changes the rules, sees everybody’s work and scores
demo-may-appraise = Sees everybody’s scores and the appraisals
demo-may-work = Fills in forms, sees what is due and their own score
demo-enter-as = Enter as { $role }:
demo-real = Ready for real work? Start with an empty data folder to set up your community.
demo-making = Preparing the demo
demo-making-what = It takes a minute or two and opens by itself.
demo-preparing = Inventing communities…
demo-progress = { $done } of { $total } done
demo-failed = The demo could not be made
demo-failed-what = Nothing half-finished was left behind; you can try again.

invitation-title = Set a password
invitation-sub = This link works once. Set a password and you are in.
invitation-set = Set it and enter

account-name = Name
account-community = Community
account-post = Post
account-change-password = Change the password
account-change-password-what = Other devices have to log in again afterwards.
account-logout-everywhere = Log out everywhere
account-logout-what = “Log out” ends this browser’s session only. Log out everywhere if you have lost a phone or used a shared computer.
account-password-set = The password is changed. Other devices have to log in again.

accounts-title = Accounts
accounts-sub = { $n ->
    [one] { $place } · { $n } account
   *[other] { $place } · { $n } accounts
}
accounts-invite = Invite a colleague
accounts-invite-what = Makes an account and a link for that person. The link works once, within 3 days.
accounts-invite-make = Make the link
accounts-name = Name
accounts-person = For whom
accounts-person-hint = Those who have a file and no account yet
accounts-person-new = Not in the list? Add them under “People and posts” first
accounts-state-active = Can log in
accounts-state-invited = No password yet
accounts-state-lapsed = Link has expired
accounts-link-until = The link works until { $until }
accounts-link-lapsed = No password was set in time: “Invite again” makes a new link.
accounts-state-disabled = Disabled
accounts-reset = Reset password
accounts-again = Invite again
accounts-disable = Disable
accounts-enable = Enable
accounts-link = Link for { $name }
accounts-link-what = Copy it now and send it to that person; it isn’t shown again. It works once, until { $expires }.
accounts-copied = Copied
accounts-you = This is you
accounts-empty = No other accounts yet
accounts-empty-what = Make an invitation link for a colleague, and they can log in.
accounts-disable-ask = Disable the account of { $name }?
accounts-disable-what = They are logged out at once and can’t log in; what they have recorded stays. You can enable it again.
action-cancel = Cancel

problem-E901 = The setting { $setting } has a wrong value: { $expected }
    .remedy = Change the environment variable or the .env file in the data folder; docs/settings.md explains each one.
problem-E902 = The settings file can’t be read ({ $reason }).
    .remedy = Check its permissions and save it as UTF-8.
problem-E903 = The data folder can’t be written to ({ $reason }).
    .remedy = Choose another folder (GRIDBOOK_DATA), or let the user that runs it write there.
problem-E921 = The password is too short.
    .remedy = Use at least { $least } characters.
problem-E922 = The password is too long.
    .remedy = Use at most { $most } characters.
problem-E923 = The password is too much like the login name.
    .remedy = Choose one that has nothing to do with it.
problem-E924 = This password is so common that it is easily guessed.
    .remedy = Choose another, a few unrelated words for example.
problem-E925 = The password has too few different characters.
    .remedy = Use at least 5 different ones.
problem-E926 = The present password is wrong.
    .remedy = Type it again; if you forgot it, the administrator can reset it.
problem-E927 = The two passwords differ.
    .remedy = Type the new password once more.
problem-E931 = Somebody has set up the community already.
    .remedy = Log in, or ask the administrator for an invitation.
problem-E932 = This login name is taken.
    .remedy = Choose another one.
problem-E933 = This link was used already, or is too old.
    .remedy = Ask the administrator for a new one.
problem-E934 = You can’t disable your own account.
    .remedy = Ask another administrator.
problem-E935 = A login name has 2 to 40 letters, digits or . _ @ + -
    .remedy = Change it; leave out spaces.
problem-E936 = This is empty.
    .remedy = Please fill it in.
problem-E937 = The number of grids is wrong.
    .remedy = Give a whole number from 1 to { $most }.
problem-E938 = This is too long.
    .remedy = Use at most { $most } characters.
