# Las reglas
rules-title = Reglas
rules-none = No ha cambiado nada
rules-none-what = Los archivos son los de la revisión en vigor. Cámbielos en forms/, rules/ o config/ y vuelva aquí.
rules-changes = Cambiado, aún sin publicar
rules-files = { $n ->
    [one] { $n } archivo
   *[other] { $n } archivos
  }
rules-added = nuevo
rules-changed = cambiado
rules-removed = quitado
rules-findings = Hallazgos de la comprobación
rules-broken = Los archivos tienen fallos y no se pueden publicar
rules-still-in-force = sigue la revisión en vigor
rules-publish = Publicar
rules-as-draft = Los archivos editados a mano nunca entran en vigor por sí solos. Como borrador siguen el camino de todo cambio: casos, efecto, aprobación.
rules-resolution = Número de la resolución
rules-trying = Ejecutando los casos del propio reglamento…
rules-published = La revisión { $revision } está en vigor.
rules-history = Revisiones publicadas
rules-in-force = en vigor
rules-plugins = Complementos

# Where a clause stands: the document's title and the article.
clause-document = «{ $title }»
clause-cited = { $document } { $ref }
clause-key = { $short } es { $whole }
clause-read = Leer el texto completo
