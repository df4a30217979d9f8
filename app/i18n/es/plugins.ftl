# Complementos: cuáles están activos y qué se ajusta de cada uno.

plugins-title = Complementos
plugins-way = Complementos
plugins-what = Los complementos traen tipos de preguntas, métodos y formas de contar. Lo que se activa y ajusta está en el plugins.yaml de esta comunidad y sigue el camino de todo cambio; rige sin reiniciar. Para instalar un paquete hay que reiniciar el servidor.
plugins-draft-title = Ajustes de complementos
plugins-on = activo
plugins-off = inactivo
plugins-said = lo dice { $level }
plugins-brings = { $sort }: { $names }
plugins-default = { $value } si nadie lo ajusta
plugins-locked = Un lugar superior ya ha dicho si está activo.
plugins-switch = Usar { $name }
plugins-saved = Guardado en el borrador
plugin-fields = Tipos de preguntas
plugin-calendars = Festivos oficiales
plugin-aggregates = Formas de resumir
plugin-methods = Formas de puntuar
plugin-countings = Formas de contar y periodos
plugin-plausibility = Comprobaciones de lo que llama la atención
counting-each = cada vez
counting-session = varias seguidas como una
counting-together = varias personas a la vez
counting-quorum = cuántas asisten
windows-calendar = periodos del calendario
windows-rolling = desde la última vez
windows-roster = por turnos
windows-calendar_in_roster = periodos del calendario dentro de un turno
