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
