# La página del libro: vistas, corregir muchos, versiones
problem-E771 = Este registro es de otra persona y su puesto no puede corregirlo.
    .remedy = Pídaselo a quien lo anotó, o a alguien cuyo puesto pueda corregir los de otros.
problem-E772 = Este registro no tiene la pregunta, o no se le hace por sus otras respuestas.
    .remedy = Abra el registro y corríjalo por separado.
problem-E773 = Como máximo se cambian { $most } registros a la vez.
    .remedy = Filtre más la lista y hágalo en varios pasos.
problem-E774 = Todavía no hay nombre.
    .remedy = Dé un nombre a la vista.
problem-E775 = Esta vista ya no está.
    .remedy = Abra de nuevo el libro para ver qué vistas hay.
problem-E776 = Ya hay una vista llamada «{ $name }».
    .remedy = Elija otro nombre, o haga que esa vista muestre lo que ve ahora con el botón que tiene al lado.
export-title = Exportar e imprimir
export-sub = Registros, anotaciones y registros impresos como archivos
export-which = Cuáles
export-which-what = Los registros tal como eran un día, o ahora si no elige ninguno; las anotaciones, de un periodo. Las respuestas sensibles nunca salen.
export-day = Registros a fecha de
export-printed = Registros impresos
export-lists = Registros y anotaciones
export-register = Registro
export-entries = Anotaciones
export-as-xlsx = Excel
export-as-csv = csv
export-as-pdf = PDF
export-making = Preparando el archivo…
export-making-rows = Preparando el archivo: { $n } filas hasta ahora…
export-ledger-what = Todos los registros que encuentran los filtros, con las columnas elegidas. Las respuestas sensibles nunca salen.
views-title = Vistas
views-all = Abrir todos los registros
views-save = Guardar lo que se ve como vista
views-save-what = Guarda filtros, orden y columnas, nunca las palabras que buscó.
views-close = Cerrar
views-name = Nombre
views-share = Compartir con la oficina
views-save-do = Guardar la vista
views-none = Todavía no hay vistas
views-none-what = Filtre la lista y guárdela: la próxima vez estará a un toque.
views-shared = De toda la oficina
views-own = Suya
views-is-default = Se muestra primero
views-default = Mostrar «{ $name }» primero
views-no-default = No mostrar ya «{ $name }» primero
views-rename = Cambiar el nombre de «{ $name }»
views-rename-do = Cambiar el nombre
views-change = Que «{ $name }» muestre lo que se ve ahora
views-delete = Borrar «{ $name }»
bulk-pick = Elegir varios
bulk-picked = Elegir
bulk-row = Elegir { $what } { $at }
bulk-n = { $n } elegidos
bulk-all = Elegir los { $n } encontrados
bulk-form-first = Elija antes un formulario para corregir sus registros a la vez.
bulk-correct = Corregir
bulk-withdraw = Retirar
bulk-question = Pregunta
bulk-answer = Nueva respuesta: { $title }
bulk-why = Por qué
bulk-preview = Ver qué cambiaría
bulk-no-question = Elija antes una pregunta.
bulk-changes = { $n ->
        [one] Cambia { $n } registro
       *[other] Cambian { $n } registros
    }, de { $of } elegidos
bulk-same = { $n } ya lo dicen así.
bulk-losing = { $n ->
        [one] A { $n } registro ya no se le harán
       *[other] A { $n } registros ya no se les harán
    } otras preguntas: esas respuestas dejan de contar (siguen en el historial).
bulk-more = y { $n } más
bulk-refused = { $n } no se pueden cambiar
bulk-correct-do = { $n ->
        [one] Corregir { $n } registro
       *[other] Corregir { $n } registros
    }
bulk-withdraw-what = Los registros retirados ya no cuentan y se pueden leer. Durante un minuto se pueden restaurar juntos.
bulk-withdraw-do = { $n ->
        [one] Retirar { $n } registro
       *[other] Retirar { $n } registros
    }
bulk-nothing = Aún no hay nada elegido: marque algunos, o elija todos los encontrados.
bulk-none = Ninguno se puede retirar.
bulk-corrected = { $n ->
        [one] { $n } registro corregido
       *[other] { $n } registros corregidos
    }; se puede deshacer durante un minuto.
bulk-withdrawn = { $n ->
        [one] { $n } registro retirado
       *[other] { $n } registros retirados
    }; se puede deshacer durante un minuto.
bulk-undo = Deshacer
versions-title = Versiones
versions-open = Ver las versiones una al lado de otra
versions-n = { $n ->
        [one] { $n } versión
       *[other] { $n } versiones
    }
versions-same = Sin cambios
versions-all = Lo registrado
versions-who = Quién y cuándo
versions-changed = Cambió
