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
rules-broken = The files are at fault and can't be published
rules-still-in-force = the revision in force stays
rules-publish = Publish
rules-resolution = Number of the resolution
rules-put-into-force = Put into force
rules-trying = Running the regulation's own cases …
rules-published = Revision { $revision } is in force.
rules-history = Published revisions
rules-no-resolution = no resolution named
rules-in-force = in force
rules-all-the-same = Publish all the same
rules-cases-failed = { $failed } of the regulation's cases fail. Mend the rules or the cases; if the change is meant, it can be published all the same.
rules-plugins = Plugins
rules-impact = See what it would change
