# El libro, los registros, las respuestas
ledger-title = Libro
ledger-sub = Todos los registros de { $place }
ledger-export = Exportar tabla
ledger-search = Buscar
ledger-search-what = Nombre, puerta, palabras
ledger-filters =
    { $n ->
        [0] Filtros
       *[other] Filtros { $n }
    }
ledger-any = Todo
ledger-form = Formulario
ledger-place = Lugar
ledger-by = Registrado por
ledger-period = Periodo
ledger-span = Fechas propias
ledger-span-from = Desde qué día
ledger-span-to = Hasta qué día
ledger-span-since = desde { $day }
ledger-span-until = hasta { $day }
ledger-quarter = { $n }.º trimestre de { $year }
ledger-year = { $year }
ledger-state = Estado
ledger-standing = Solo vigentes
ledger-everything = También corregidos y retirados
ledger-sort = Invertir el orden: { $column }
ledger-sort-not = Solo se ordena por fecha: por otra columna, un registro largo sería lento. Para buscar un tipo, use los filtros de arriba.
ledger-order = Orden
ledger-order-newest = Más recientes primero
ledger-order-oldest = Más antiguos primero
ledger-order-recorded = Últimos anotados primero
ledger-order-recorded_first = Primeros anotados primero
ledger-size = Por página
ledger-density = Altura de fila
ledger-dense = Compacta
ledger-roomy = Amplia
ledger-columns = Columnas
ledger-columns-n = { $n ->
    [one] { $n } columna
   *[other] { $n } columnas
}
ledger-count = { $n ->
    [one] { $n } registro
   *[other] { $n } registros
}
ledger-at = Momento
ledger-recorded = Anotado
ledger-about = Sobre
ledger-plate = Puerta
ledger-says = Contenido
ledger-pages = Páginas
ledger-range = { $first }–{ $last } de { $n }
ledger-page-first = Primera página
ledger-page-previous = Página anterior
ledger-page-next = Página siguiente
ledger-page-last = Última página
ledger-empty = No hay registros así
ledger-empty-what = Pruebe otra palabra o quite algún filtro.

answer-yes = Sí
answer-no = No
answer-items = { $n ->
    [one] { $n } elemento
   *[other] { $n } elementos
}
answer-picture = Ver la imagen { $name }
answer-pictures = { $n ->
    [one] { $n } imagen
   *[other] { $n } imágenes
}
answer-position = { $at } (error de unos { $metres } m)
answer-way = { $n ->
    [one] { $n } punto
   *[other] { $n } puntos
}, unos { $metres } m

entry-state-stands = Vigente
entry-state-correction = Corrección
entry-state-supplement = Con añadidos
entry-state-supplemented = Ampliado
entry-state-restored = Restituida
entry-state-corrected = Corregido
entry-state-withdrawn = Retirado
entry-state-withdrawal = Retirada
entry-late = { $n ->
    [one] { $n } día después
   *[other] { $n } días después
}

entry-lasted = { $start }–{ $end } ({ $length })
entry-answers = Lo registrado
entry-no-answers = No se rellenó nada.
entry-unanswered = (sin respuesta)
entry-sensitive = { $title } (sensible)
entry-facts = Datos del registro
entry-mentions = También atañe a
entry-source = Origen
entry-source-app = Rellenado aquí
entry-source-import = Importado
entry-source-command = Línea de órdenes
entry-source-demo = Datos de demostración
entry-counted = Para qué contó
entry-counted-none = No contó para ninguna obligación.
entry-counted-year = Ver para qué contó en { $year }
entry-chain = Correcciones
entry-state-first = Primera versión
entry-this = { $state } (esta página)
entry-reason = Motivo: { $reason }
entry-moved = Nuevo momento: { $at }
entry-note-corrected = Este registro se corrigió y ya no cuenta. El nuevo está abajo, en Correcciones.
entry-note-supplemented = A este registro se le añadieron fotos o archivos. Cuenta el nuevo, abajo en Correcciones.
entry-note-withdrawn = Este registro se retiró y ya no cuenta.
entry-note-restored = Este registro se retiró y se restauró. Ahora cuenta el más reciente de abajo, en Correcciones.
entry-correct = Corregir
entry-withdraw = Retirar
entry-withdraw-ask = ¿Retirar este registro?
entry-withdraw-what = Dejará de contar, pero podrá seguir leyéndose.
entry-withdraw-why = Motivo

nav-people = Personas y puestos
people-title = Personas y puestos
people-sub = { $place } · { $n ->
    [one] { $n } persona
   *[other] { $n } personas
}
people-new = Añadir persona
people-appoint = Nombrar
people-appoint-to = Nombrar: { $role }
people-missing = { $n ->
    [one] Falta cubrir { $n } puesto.
   *[other] Faltan por cubrir { $n } puestos.
}
people-since = desde el { $day }
people-coming = empieza el { $day }
people-hand = Relevar
people-hand-of = Relevar a { $name }
people-instead = En lugar de
people-full = completo
people-frees = Este puesto admite { $n } como máximo y está completo; queda libre el { $day } y puede cubrirse desde entonces.
people-takes-over = Este puesto admite { $n } como máximo y está completo. Elija a quién se releva: ese día cesa uno y empieza el otro.
people-end-coming = Aún no ha empezado. Con el día en que empieza, no llegará a empezar.
people-until = cesa el { $day }
people-forsaken = Desde el { $day } nadie podría administrar: nadie que pueda hacerlo puede entrar. Nombre antes a alguien cuya cuenta funcione.
people-place-ended = Este lugar terminó el { $day }: haga que cese el puesto.
people-vacant = Faltan: { $n }
people-end = Cesar
people-end-of = Cesar a { $name }
people-end-ask = ¿Cesar a { $name } ({ $role })?
people-end-what = Desde ese día pierde los permisos del puesto; lo registrado se conserva.
people-end-self = Es su propio puesto. Desde ese día no tendrá sus permisos.
people-end-on = ¿Desde qué día?
people-people = Personas
people-no-post = Sin puesto
people-invite = Invitar a { $name }
people-empty = Aún no hay nadie
people-empty-what = Añada primero personas y luego nómbrelas.
people-worker = Quién
people-post = Para qué puesto
people-from = ¿Desde qué día?

problem-E941 = El puesto está cubierto o la persona ya lo ocupa.
    .remedy = Elija a quién se releva, o un día en que el puesto esté libre.
problem-E942 = Nadie podría administrar ya.
    .remedy = Releve el puesto en quien lo asuma, o nombre antes a otra persona que pueda administrar y cuya cuenta funcione.
problem-E943 = La ficha de { $name } no cumple lo que pide este puesto.
    .remedy = Compruebe si la ficha de la persona es correcta; lo que pide el puesto figura debajo del puesto al nombrar.
ledger-hit-elsewhere = Está en lo que esta fila no muestra; ábrala
ledger-form-gone = { $form } (ya no se usa)
ledger-narrowed = { $what }: { $to }
ledger-field-add = Filtrar por respuesta
ledger-field-is = Respuesta
ledger-field-none = Sin responder
ledger-field-any = Respondido
ledger-field-way = { $field }: cómo filtrar
ledger-field-words = { $field }: palabras
ledger-field-from = { $field }: desde
ledger-field-to = { $field }: hasta
people-asks = Este puesto pide: { $what }.
