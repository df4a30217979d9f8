# La línea de órdenes
cli-usage = Uso:
cli-arguments = Argumentos
cli-options = Opciones
cli-help = muestra esta ayuda y termina
cli-language = idioma de los mensajes: zh, en o es (si no, el del terminal)
cli-fault-value = { $name } necesita un valor.
cli-fault-invalid = { $name } no puede ser «{ $value }».
cli-fault-required = Falta: { $name }.
cli-fault-unknown = Aquí no se conoce: { $value }.
cli-fault-extra = { $name } no admite un valor así.
cli-no-command = No existe la orden «{ $command }». ./gridbook las enumera.
cli-interrupted = Interrumpido. Lo confirmado está guardado.
cli-engine = El motor de reglas no dio un resultado fiable ({ $reason }). No se cambió nada; inténtelo de nuevo.
cli-internal = Un fallo del propio gridbook ({ $kind }). Dónde ocurrió está en { $path }; no contiene datos personales. Envíelo a quien se ocupe de gridbook.
cli-migrating = Actualizando la base de datos: { $name }

cli-serve = Inicia la aplicación en este terminal; Ctrl-C la detiene.
cli-serving = gridbook está listo: { $address }
cli-stopped = Detenido.
cli-option-host = dirección en la que escuchar; 0.0.0.0 admite teléfonos de la misma red
cli-option-port = puerto en el que escuchar

cli-demo = Crea la demostración: comunidades inventadas con más de un año de registros. Repetirla añade lo que falte.
cli-demo-making = Creando las comunidades de demostración…
cli-demo-storing = Guardando registros
cli-demo-done = La demostración está lista, con { $people } personas desde las que mirarla. Iníciela con ./gridbook serve.

cli-check = Busca fallos en los formularios y las reglas, cada uno con su línea y su remedio. Con --ledger y --period dice también lo que ese registro nunca usó.
cli-checking = Comprobando
cli-check-done = { $place }: { $files } archivos, { $errors } errores, { $warnings } avisos, { $acknowledged } explicados.
cli-check-needs = --ledger y --period van juntos y necesitan --place.
cli-cases = Ejecuta los ejemplos del propio reglamento; NAME elige por archivo o título. Con --nudge dice qué cifras no nota ningún caso; NAME elige cifras.
cli-cases-running = Casos
cli-cases-failed = { $where }: «{ $title }»
cli-cases-done = Pasan { $passed } de { $all } casos.
cli-cases-none = Ningún caso tiene «{ $names }» en su archivo o título. Sin nombres se ejecutan todos.
cli-nudge-running = Cifras
cli-nudge-done = Algún caso nota { $noticed } de { $all } cifras.
cli-nudge-none = Ninguna cifra tiene «{ $names }» en su ruta o archivo. Sin nombres se prueban todas.
cli-coverage = Dice qué definición recoge cada punto de los documentos; acaba con el código 1 si alguno no está recogido.
cli-coverage-information = solo información
cli-coverage-page = a la espera de una página: { $page }
cli-coverage-missing = no lo recoge nada
cli-coverage-kind = { $kind }: { $done } de { $all }
cli-coverage-done = { $all } puntos: { $carried } recogidos, { $information } solo información, { $page } a la espera de una página, { $missing } sin recoger.
cli-publish = Pone en vigor los formularios y reglas de un lugar, tras mostrar lo que cambia.
cli-publish-none = { $place }: nada difiere de la revisión en vigor.
cli-publish-change = { $kind ->
    [added] nuevo
    [removed] quitado
   *[changed] cambiado
  } { $path }
cli-publish-drafted = Los archivos son ahora el borrador { $draft } en el taller.
cli-publish-ask = ¿Ponerlo en vigor? [s/N]
cli-publish-yes = s
cli-publish-left = No se publicó nada.
cli-publish-form = «{ $form }» tiene { $entries } anotaciones vigentes:
cli-publish-question = { $fate ->
        [new] pregunta nueva { $question }: desconocida en { $entries } anotaciones anteriores, que cuentan como antes
        [carried] las respuestas de { $entries } anotaciones continúan como { $question }
        [otherwise] { $question }: las respuestas de { $entries } anotaciones se leen de otra manera
        [gone] { $question } ya no se pregunta: las respuestas de { $entries } anotaciones quedan en ellas y ninguna regla las lee
       *[left_out] { $question }: { $entries } anotaciones ya no contarían en nada
    }
cli-publish-form-gone = el formulario desaparece: { $entries } anotaciones ya no contarían en nada
cli-publish-cases = Fallan { $failed } casos del reglamento. Corrija las reglas o los casos y publique de nuevo; si el cambio es el que quiere, añada --despite-cases.
cli-published = { $place }: la revisión { $revision } está en vigor.
cli-evaluate = Calcula lo debido, lo hecho y los puntos, solo a partir de archivos, como JSON.
cli-evaluate-reading = Leyendo
cli-evaluating = Calculando
cli-writing = Escribiendo
cli-evaluated = { $entries } registros, { $tables } tablas.
cli-appraise = Calcula las evaluaciones de un periodo a partir del libro.
cli-ranking = Clasificando
cli-appraise-none = No hay ninguna evaluación de este periodo.
cli-print = Escribe las evaluaciones de un periodo en PDF, un archivo por persona.
cli-printing = Imprimiendo
cli-printed = { $count } archivos en { $folder }
cli-freeze = Cierra un periodo: conserva para siempre su resultado actual y publica sus evaluaciones.
cli-frozen = { $period } de { $place } está cerrado a { $at }. Publicaciones: { $entries }
cli-difference = Qué sería ahora un periodo cerrado: filas distintas, a quién afectan y por qué.
cli-impact = Calcular un borrador y las reglas vigentes con un periodo pasado y decir qué cambiaría
cli-impact-working = Probando
cli-option-files = carpeta con los archivos del borrador (por defecto, los de aquí)
cli-impact-nobody = Nada cambia para { $person }.
cli-impact-written = Escrito en { $path }.
cli-difference-none = { $period } saldría igual que al cerrarlo. Registros anotados desde entonces: { $later }
cli-difference-some = { $changes } filas de { $period } serían distintas; el resultado cerrado no cambia. Registros anotados desde entonces: { $later }
cli-difference-row = { $kind ->
    [added] nueva
    [removed] desaparecida
   *[changed] cambiada
 }: { $table } { $key }
cli-difference-column =   { $name }: { $before } → { $after }
cli-difference-causes =   a causa de { $causes }
cli-difference-time =   por el paso del tiempo
cli-archive = Escribir un periodo cerrado con todo aquello de lo que se deduce en un solo archivo: resultado, reglamento y registros.
cli-archived = { $period } de { $place } queda archivado con { $entries } registros. Contiene respuestas sensibles: guárdelo donde solo lo vea quien puede verlas.
cli-verify = Volver a calcular el archivo de un periodo cerrado y decir si sale idéntico o dónde difiere primero.
cli-verified = Idéntico: { $period } de { $place } sale como se cerró, con { $entries } registros y la revisión { $revision }.
cli-verify-printed = Sus impresos terminan con: normas { $revision }, registro { $ledger }.
cli-verify-altered = { $part ->
    [regulation] Los ficheros del reglamento no son los de cuando se cerró el periodo.
    [entries] Los registros no son los de cuando se cerró el periodo.
   *[outcome] El resultado del archivo no es el que se escribió al cerrar.
 }
cli-verify-differs = { $period } de { $place } no sale como se cerró (revisión { $revision }). Filas que difieren: { $rows }
cli-option-print-all = todos en un archivo único, y un zip de archivos sueltos; repetida tras una interrupción, continúa
cli-option-print-what = qué imprimir: la evaluación de cada persona (si no se dice otra cosa), el informe de una comunidad o subdelegación, certificados, una ficha
cli-option-subject = de quién es la ficha, por ejemplo household/hh-0001
cli-option-print-sensitive = la ficha con respuestas sensibles, que si no se ocultan
cli-option-in = idioma de la impresión, si no el de los mensajes; zh-Hant es chino tradicional
cli-option-all = mostrar todas las filas que difieren, no solo la primera
cli-rebuild = Deriva de nuevo de los registros todo lo derivado.
cli-rebuilding = Reconstruyendo
cli-rebuilt = Reconstruido a partir de { $entries } registros.
cli-import = Lee registros de un archivo JSON Lines en el libro de un lugar; con --form, las filas de un libro .xlsx o de un archivo csv.
cli-imported = { $new } registros nuevos, { $known } ya estaban, { $faults } fallos.
cli-imported-silent = { $n } registros se guardaron y no cuentan en ninguna parte, por los motivos de arriba; el resultado los nombra todos (excluded).
cli-importing = Leyendo filas
cli-imported-rows = { $new } filas nuevas, { $changed } cambiadas, { $known } ya estaban, { $faulty } con fallos.
cli-tried-rows = No se ha guardado nada. Serían { $new } filas nuevas, { $changed } cambiadas, { $known } ya están, { $faulty } con fallos.
cli-returned = Las { $rows } filas con fallos están en { $path }: corríjalas ahí e importe ese archivo.
cli-mapping-kept = Qué es cada columna queda en { $path }: compruébelo; la próxima importación lo sigue.
cli-fault-line = { $where }: { $text }
cli-more-faults = … y { $rows } filas más con fallos; --faults ARCHIVO.xlsx las escribe todas.
cli-option-form = el formulario cuyas filas contiene el archivo
cli-option-entries = los registros del formulario, en vez del estado actual de lo que describe
cli-option-sensitive = con las respuestas sensibles, como documentos y teléfonos
cli-option-map = qué es cada columna (YAML): se lee si existe; si no, se escribe la propuesta
cli-option-dry-run = solo dice qué sería de las filas
cli-option-faults = dónde escribir las filas con fallos, con lo que falla en cada una (.xlsx)
cli-export = Escribe el libro de un lugar en un archivo JSON Lines, todo, también las respuestas sensibles; con --form, una lista en .xlsx o csv.
cli-exported = { $entries } registros en { $path }
cli-exported-rows = { $rows } filas en { $path }
cli-backup = Copia la base de datos en marcha, tal como está en un momento, a un archivo.
cli-backing-up = Copiando
cli-backed-up = { $rows } filas en { $path }
cli-restore = Recupera una copia, entera y verificada, o nada.
cli-restoring = Recuperando
cli-restored = { $rows } filas recuperadas. Hay que reiniciar las aplicaciones en marcha.
cli-bench = Mide velocidad y memoria frente a SQL puro; tarda unos minutos.
cli-benching = Midiendo

cli-option-place = comunidad: su identificador o su carpeta en config/
cli-option-names = parte del archivo o del título de un caso
cli-option-ledger = registros, un objeto JSON por línea
cli-option-period = por ejemplo 2025, 2025-Q1, 2025-03
cli-option-as-of = una fecha (su primer instante en el lugar) o un instante con su diferencia horaria
cli-option-against = la carpeta de otros archivos del lugar (con forms, rules, config): escribe en qué difiere de su resultado
cli-compared = { $changes } filas distintas; se recalcularon { $rerun } tablas
cli-option-out = dónde escribir; si falta, en el terminal
cli-option-resolution = número o texto de la resolución que lo pone en vigor
cli-option-by = quién lo hace; al importar, quién hizo lo que cuentan las filas que no lo dicen
cli-option-despite-cases = publicar aunque fallen casos
cli-option-despite-entries = publicar aunque haya anotaciones que dejen de contar
cli-option-yes = sin preguntar
cli-option-person = solo una persona
cli-option-file = archivo
cli-option-force = sustituye lo que haya guardado
cli-option-only = hacer una sola medición, por su letra en docs/measurements.md (c va con a)
cli-option-paging = medir solo las páginas de un registro de un millón de anotaciones (antes lo llena: muchos minutos)
cli-option-pairs = cuántos pares medir; cuenta la mediana
cli-option-nudge = decir qué cifras no nota ningún caso

# Problemas de las órdenes y los servicios
problem-E510 = Aún no hay ningún reglamento en vigor en «{ $place }»: sus archivos están, pero nadie los ha publicado.
    .remedy = Publíquelos y pruebe otra vez: ./gridbook publish --place { $place } --yes
problem-E511 = «{ $period }» no es un periodo.
    .remedy = Escriba 2025, 2025-Q1, 2025-H1 o 2025-03.
problem-E512 = Los archivos declarados no tienen un puesto que pueda administrar, o ningún formulario que nombre para un puesto.
    .remedy = Declare un puesto con «may: [administer]» y un formulario de nombramientos.
problem-E520 = Falta un escenario de la demostración o no se puede leer.
    .remedy = Recupere los archivos config/demo/*/scenario.yaml del repositorio.
problem-E521 = Esta carpeta de datos tiene la demostración de una versión anterior ({ $places }). Sus registros quedan como están; se añadió lo demás de la demostración.
    .remedy = Para una demostración del todo nueva, ejecute ./gridbook demo con una carpeta de datos vacía (GRIDBOOK_DATA).
problem-E531 = El puerto { $port } está en uso.
    .remedy = Detenga el otro programa o elija otro puerto con --port.
problem-E532 = No se puede escuchar en el puerto { $port } de esta dirección.
    .remedy = Elija un puerto superior a 1024 con --port y una dirección de esta máquina con --host.
problem-E541 = Los archivos han cambiado desde que los miró.
    .remedy = Mire de nuevo los cambios y publique después.
problem-E542 = Otra persona ha publicado desde que se hizo esta copia de los archivos.
    .remedy = Obtenga primero los archivos más nuevos y haga ahí su cambio; así no se pierde el trabajo de nadie.
problem-E543 =
    { $failed ->
        [one] Un caso del reglamento falla.
       *[other] { $failed } casos del reglamento fallan.
    }
    .remedy = Corrija la regla o el caso; si el cambio es intencionado, indique que publica de todos modos.
problem-E544 = { $what }: con este cambio, { $entries } de las anotaciones existentes ya no contarían en nada.
    .remedy = Diga desde qué día se hace una pregunta nueva (in_force: {"{"}from: …{"}"}); retire una opción (retired: true) en vez de quitarla; dé otro nombre a una pregunta de otro tipo, y nombre con was el anterior de una renombrada; conserve el formulario y diga hasta cuándo rige. Si es lo que quiere, publique con --despite-entries.
problem-E551 = No existe la comunidad «{ $place }».
    .remedy = Se conocen: { $known }.
problem-E552 = No se puede leer { $path }.
    .remedy = Compruebe la ruta y los permisos del archivo.
problem-E553 = No se puede escribir { $path }.
    .remedy = Compruebe la ruta y los permisos de la carpeta.
problem-E554 = «{ $value }» no es ni una fecha ni un instante con diferencia horaria.
    .remedy = Escriba 2026-01-05 o 2026-01-05T08:00:00+08:00.
problem-E560 = { $column } debería ser { $wanted } y es { $found }.
    .remedy = Corrija la regla o lo esperado.
problem-E561 = { $table } no tiene ninguna fila con { $said }.
    .remedy = Corrija la regla o lo esperado; «rows: 0» espera que no haya ninguna.
problem-E562 = { $table } tiene { $found } filas con { $said }.
    .remedy = Indique más columnas para que se trate de una sola fila, o espere su número con «rows».
problem-E563 = { $table } debería tener { $wanted } filas así y tiene { $found }.
    .remedy = Corrija la regla o lo esperado.
problem-E565 = El registro dado { $entry } no debería contar ({ $reason }), pero cuenta o queda fuera por otro motivo.
    .remedy = Quite excluded o corrija el registro.
problem-E564 =
    { $reason ->
        [subject_missing] El registro dado { $entry } no cuenta: no nombra ningún sujeto.
        [answer_missing] El registro dado { $entry } no cuenta: falta una respuesta obligatoria.
        [span_reversed] El registro dado { $entry } no cuenta: termina antes de empezar.
        [check] El registro dado { $entry } no cuenta: no cumple una comprobación de su formulario.
        [once_per] El registro dado { $entry } no cuenta: de su periodo solo cuenta el primero.
        [too_big] El registro dado { $entry } no cuenta: un número es demasiado grande.
        [too_long] El registro dado { $entry } no cuenta: una respuesta es demasiado larga.
        [zero_denominator] El registro dado { $entry } no cuenta: una fracción divide por cero.
        [number_as_float] El registro dado { $entry } no cuenta: un número decimal no está escrito como texto.
        [not_a_number] El registro dado { $entry } no cuenta: una respuesta no es un número.
        [not_an_integer] El registro dado { $entry } no cuenta: una respuesta no es un número entero.
        [not_a_boolean] El registro dado { $entry } no cuenta: una respuesta no es true ni false.
        [not_a_choice] El registro dado { $entry } no cuenta: una respuesta no es una de las opciones.
        [not_a_date] El registro dado { $entry } no cuenta: una respuesta no es un día.
        [not_an_instant] El registro dado { $entry } no cuenta: una respuesta no es un instante.
        [no_offset] El registro dado { $entry } no cuenta: un instante no lleva desfase horario.
        [not_a_time] El registro dado { $entry } no cuenta: una respuesta no es una hora.
        [not_a_period] El registro dado { $entry } no cuenta: una respuesta no es un periodo.
        [not_a_length] El registro dado { $entry } no cuenta: una respuesta no es una duración.
        [not_a_span] El registro dado { $entry } no cuenta: una respuesta no es un intervalo.
        [text_wanted] El registro dado { $entry } no cuenta: una respuesta no es un texto.
        [list_wanted] El registro dado { $entry } no cuenta: una respuesta no es una lista.
        [object_wanted] El registro dado { $entry } no cuenta: una respuesta no es un conjunto de claves con valores.
       *[other] El registro dado { $entry } no cuenta: una respuesta no se puede leer.
    }
    .remedy = Corrija el registro dado.
problem-E580 =
    { $reason ->
        [nothing] Nada recoge { $item } ({ $kind }).
        [kind] Lo que recoge { $item } ({ $kind }) no es de un tipo que pueda hacerlo.
        [kept] Ningún caso muestra { $item } cumplido.
        [broken] Ningún caso muestra { $item } incumplido.
        [information] { $item } ({ $kind }) no puede ser solo información.
        [page] { $item } ({ $kind }) no puede esperar a una página.
        [unknown] { $kind } nombra { $item }, que no está en ningún inventario.
       *[other] { $item } no está recogido.
    }
    .remedy = { $reason ->
        [kind] Recójalo con uno de estos tipos: { $wanted }.
        [kept] Nómbrelo en clause de un caso que espere lo que pasa cuando se cumple.
        [broken] Nómbrelo en clause de un caso que espere lo que pasa cuando se incumple.
        [unknown] Compruebe el número o añádalo a config/inventories.
       *[other] Nómbrelo bajo items en clause de una definición.
    }
problem-E590 = El periodo { $period } aún no ha terminado.
    .remedy = Ciérrelo después de su último día.
problem-E591 = El periodo { $period } no está cerrado.
    .remedy = Ciérrelo antes: ./gridbook freeze
problem-E592 = Ya no se puede leer el reglamento con el que se cerró { $period }.
    .remedy = Recupérelo de una copia; el resultado cerrado no queda afectado.
problem-E593 = Los registros conocidos al cerrar { $period } ya no son los del libro: después llegaron otros anotados antes.
    .remedy = Recupere una copia anterior a esa importación y archive allí. ./gridbook difference dice qué sería distinto.
problem-E594 = El resultado de { $period } que contiene el archivo no se puede leer.
    .remedy = Use el archivo tal como se escribió; nadie debe haberlo modificado.
problem-E595 = { $path } no es el archivo de un periodo cerrado.
    .remedy = Indique un archivo escrito por ./gridbook archive.
problem-E596 = { $path } está dañado, o al descomprimirse ocupa más que cualquier periodo cerrado.
    .remedy = Cópielo de nuevo desde donde se guardó.
problem-W581 = El complemento «{ $other }» reclama «{ $name }», que «{ $holder }» ya aporta.
    .remedy = Lo conserva «{ $holder }». Pida otro nombre al autor de uno de los dos, o desinstale uno.
problem-W582 = El complemento «{ $plugin }» no pudo iniciarse: { $reason }
    .remedy = Todo lo demás funciona sin él. Instale otra versión del paquete o quítelo.
cli-plugins = Lista los complementos instalados y lo que aporta cada uno.
cli-plugins-along = incluido
cli-plugins-one = { $name } ({ $version })
cli-plugins-field-type = Tipos de preguntas
cli-plugins-aggregate = Agregados
cli-plugins-method = Métodos
cli-plugins-counting = Maneras de contar
cli-plugins-windows = Maneras de formar las ventanas
cli-plugins-check = Comprobaciones de verosimilitud
cli-plugins-setting = Se puede ajustar
cli-option-schema = imprime el JSON Schema de plugins.yaml con todos los ajustes de lo instalado
cli-explain = Explica por qué las filas de una tabla son como son: cifras, condiciones, las filas y los registros de detrás.
cli-option-table = una tabla del resultado: un deber, una regla, un indicador o una hoja
cli-option-values = qué filas: valores de columnas, como subject=h1 window=2025-Q1
cli-explained =
    { $rows ->
        [0] No hay ninguna fila así.
        [one] Una fila; se apoya en { $entries } registros.
       *[other] { $rows } filas; se apoyan en { $entries } registros.
    }
problem-E555 = Aquí no hay «{ $what }». Hay: { $known }
    .remedy = Nombre una tabla del resultado y columnas de ella.
cli-layers = De qué nivel viene cada valor, qué cambió cada nivel y por qué, y qué puede cambiar este lugar
cli-layers-recorded = { $path } dice ahora sobre qué está.
cli-layers-value = { $path } = { $value } ({ $layer }) { $where }
cli-layers-base = base
cli-layers-free = se puede cambiar: { $free }
cli-layers-level = { $layer }: { $before } → { $after } ({ $why }) { $where }
cli-appoint = Nombra a la primera persona de una subdelegación, un distrito o una comunidad que está en los archivos y da un enlace de invitación
cli-option-appoint-place = lugar: su identificador o su carpeta en config/
cli-option-invite-place = lugar: su identificador o su carpeta en config/
cli-option-name = nombre de la persona
cli-option-appoint-login = nombre de usuario
cli-appointed = { $name } administra ahora { $place }. Entregue este enlace: vale 3 días y una sola vez:
cli-promote = Un cambio de una comunidad para todo un nivel superior: la ruta de su ajuste o el id de un archivo propio
cli-promote-added = nuevo
cli-promote-changed = cambiado
cli-promote-removed = quitado
cli-promote-checked = { $place }: { $n } avisos nuevos
cli-promoted = «{ $what }» está ahora en { $place }. Cada comunidad lo publica como cualquier otro cambio.
cli-option-record = escribir en el ajuste sobre qué está
cli-option-to = el lugar superior
cli-option-what = ruta del cambio o id de una definición
problem-E597 = «{ $what }» no es un lugar superior a { $place }.
    .remedy = Indique una calle o un distrito en el que esté la comunidad.
problem-E598 = { $place } no cambia nada en «{ $what }».
    .remedy = Vea en Niveles (o con ./gridbook layers) qué cambia; una definición propia va por su id.
problem-E599 = { $reason ->
    [held] { $what } terminaría el { $day }, y { $number ->
        [one] una persona seguiría en un puesto
       *[other] { $number } personas seguirían en un puesto
        } allí.
   *[named] { $what } ya no está declarado, y { $number ->
        [one] un registro lo nombra
       *[other] { $number } registros lo nombran
        }.
    }
    .remedy = { $reason ->
        [held] En «Personas y puestos», haga que cesen antes de ese día, o elija otro día.
       *[named] No borre el lugar: diga desde cuándo ya no existe (until en in_force), para que sus registros sigan teniendo lugar.
        }
cli-reference = Explica todas las palabras clave de los archivos de reglas
cli-option-kind = solo esta clase de archivo, como duty
cli-reference-unknown = No hay ninguna clase «{ $what }». Hay: { $known }
cli-xlsform = Escribe un formulario como libro para KoboToolbox y ODK, o lee uno suyo
cli-option-read = lee el libro y muestra el archivo del formulario
cli-xlsform-unknown = Aquí no hay tipo para «{ $name }»: se omite.
cli-xlsform-left = «{ $name }»: { $key } queda fuera; XLSForm lo dice a su manera.
cli-xlsform-written = { $path }: { $n } filas.
cli-invite = Crea un enlace para fijar la contraseña de alguien que administra, cuando en la comunidad, la subdelegación o el distrito ya nadie puede: contraseña olvidada, cuenta inhabilitada, puesto sin nadie.
cli-invited = { $name } (cuenta { $login }) fija su contraseña con este enlace, una vez, hasta { $until }; consta en el libro:
cli-invited-opened = La cuenta { $login } estaba inhabilitada y vuelve a estar habilitada.
cli-invited-appointed = { $name } ocupa este puesto desde ahora: { $post }.
cli-option-invite-person = a quién dejar entrar: identificador, cuenta o nombre
cli-option-login = nombre de usuario de quien no tiene cuenta
cli-option-role = puesto (su identificador) que ocupa desde ahora quien no tiene ninguno que administre
problem-W583 = El nuevo reglamento no tiene el puesto «{ $name }»: { $people } dejan de ocuparlo el día en que entra en vigor.
    .remedy = Devuelva el puesto, o nómbrelos antes para otros en Personas.
