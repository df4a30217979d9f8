# Plugins: which are on, and what is set of each.

plugins-title = Plugins
plugins-way = Plugins
plugins-what = Plugins bring types of questions, methods and ways of counting. What is switched and set stands in this community's plugins.yaml and goes the way of every change; it takes effect without a restart. To install a package, restart the server.
plugins-draft-title = Settings of plugins
plugins-on = on
plugins-off = off
plugins-said = said by { $level }
plugins-brings = { $sort }: { $names }
plugins-default = { $value } unless set
plugins-locked = A place above has said whether it is on.
plugins-switch = Use { $name }
plugins-saved = Saved in the draft
plugin-fields = Types of questions
plugin-calendars = Official holidays
plugin-aggregates = Ways of summing up
plugin-methods = Ways of scoring
plugin-countings = Ways of counting, and periods
plugin-plausibility = Checks of what looks odd
counting-each = each one
counting-session = several close together as one
counting-together = several people at once
counting-quorum = how many attend
windows-calendar = periods of the calendar
windows-rolling = from the last one on
windows-roster = by roster
windows-calendar_in_roster = periods of the calendar within a roster
