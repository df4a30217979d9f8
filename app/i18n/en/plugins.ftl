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
