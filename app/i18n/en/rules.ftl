# The rules
rules-title = Rules
rules-none = Nothing has changed
rules-none-what = The files equal the revision in force. Change them in forms/, rules/ or config/, then come back here.
rules-changes = Changed, not published yet
rules-files = { $n ->
    [one] { $n } file
   *[other] { $n } files
  }
rules-added = new
rules-changed = changed
rules-removed = gone
rules-findings = Findings of the checker
rules-broken = The files are at fault and can’t be published
rules-still-in-force = the revision in force stays
rules-publish = Publish
rules-as-draft = Files edited by hand never take effect by themselves. As a draft they go the way of every change: cases, impact, approval.
rules-resolution = Number of the resolution
rules-trying = Running the regulation’s own cases…
rules-published = Revision { $revision } is in force.
rules-history = Published revisions
rules-in-force = in force
rules-plugins = Plugins

# Where a clause stands: the document's title and the article.
clause-document = “{ $title }”
clause-cited = { $document } { $ref }
clause-key = { $short } is { $whole }
clause-read = Read the whole text
