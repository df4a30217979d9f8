# El taller: borradores del reglamento, su edición y su entrada en vigor.

problem-E545 = No hay nada en {$what}.
    .remedy = Puede que alguien lo haya renombrado o quitado. Mire el archivo como está ahora y haga allí el cambio.
problem-E546 = El texto en {$what} tiene una forma que no se puede editar aquí.
    .remedy = Cámbielo en el propio YAML.
problem-E547 = Este borrador ya no existe.
    .remedy = Se publicó o se descartó. Vuelva al taller y abra otro.
problem-E548 = Ningún puesto aprueba este cambio y no se dice por qué va sin aprobación.
    .remedy = Escriba el motivo, queda con la revisión; o nombre en el reglamento un puesto que apruebe: `may: [approve]`.
problem-E558 = Este archivo no le corresponde a este lugar.
    .remedy = Es de un lugar superior o de otro. Lo que el superior deja abierto se cambia en la capa de este lugar.
problem-E559 = Ya hay un archivo con este nombre.
    .remedy = Dé otro identificador al nuevo.
problem-E549 = Nadie ha aprobado todavía este cambio.
    .remedy = Lo aprueba el puesto que nombra el reglamento, con el número del acuerdo y el día desde el que rige.
problem-E949 = Este borrador no cambia nada: dice lo mismo que lo último publicado.
    .remedy = Cambie algo en él o descártelo.
problem-E556 =
    { $reason ->
        [waits] Una revisión espera al { $what }, y esta regiría antes que ella.
       *[past] El día desde el que rige el cambio ya pasó.
    }
    .remedy = Elija un día posterior, o diga por qué tiene que ser este.
problem-E557 = No se ha mirado el efecto de este cambio.
    .remedy = Mire qué cambiaría y para quién, y después siga.

nav-studio = Taller
studio-title = El taller
sandbox-title = Banco de pruebas
sandbox-try = Probar sin consecuencias
sandbox-what = Pruebe un borrador, o lo que está en vigor, con gente inventada: rellene formularios, vea tareas y puntos. Todo queda aparte de los datos reales y se puede tirar en cualquier momento.
sandbox-none = Todavía no hay banco de pruebas
sandbox-none-what = Hágalo con un borrador o con lo que está en vigor; la gente y los hogares se inventan.
sandbox-in-force = Lo que está en vigor
sandbox-there = El banco de pruebas
sandbox-made-by = Lo hizo { $who }
sandbox-stale = El texto ha cambiado después. Renuévelo para probarlo como está ahora.
sandbox-renew = Renovar
sandbox-drop = Tirarlo
sandbox-make = Hacer un banco de pruebas
sandbox-instead = Sustituye al que hay; lo que se rellenó allí se pierde.
sandbox-of-what = Con qué
sandbox-make-do = Hacerlo
sandbox-doing = Se está preparando, un momento…
sandbox-done = Listo
sandbox-people = Quién quiere ser
sandbox-nobody = Ningún formulario de este reglamento nombra a nadie, así que no hay nadie.
sandbox-banner = Banco de pruebas: la gente y los datos son inventados, nada cuenta.
sandbox-leave = Salir
sandbox-of = { $place } (pruebas)
sandbox-names = Ana Ríos|Bruno Sanz|Carla Vega|Diego Mora|Elena Prado|Félix Luna|Gloria Soto|Hugo Peña|Inés Roca|Javier Cano|Laura Gil|Marcos Rey|Nuria Paz|Óscar León|Pilar Mesa|Raúl Costa|Sara Nieto|Tomás Vidal|Úrsula Bravo|Víctor Lara|Wanda Ruiz|Ximena Cruz|Yago Serra|Zoe Blanco
begin-title = Empezar desde otra comunidad
begin-what = Hace un borrador con todo el reglamento de otra comunidad: formularios, tareas, puntos. Sus lugares y su gente se quedan. Cámbielo y después póngalo en vigor.
begin-model = Comunidad
begin-do = Hacer un borrador
begin-none = Elija antes una comunidad.
begin-doing = Se está preparando el borrador…
begin-draft = Según el reglamento de «{ $what }»
begin-of-document = { $community }: «{ $document }»
studio-new = Nuevo borrador
studio-none = No se está cambiando nada
studio-none-what = Abra un borrador, cámbielo, mire su efecto, haga que se apruebe y póngalo en vigor. Hasta entonces no cambia nada.
studio-drafts = Borradores
studio-drafts-n = { $n ->
    [one] { $n } borrador
   *[other] { $n } borradores
  }
studio-untitled = Borrador sin título
studio-called = Cambia «{ $what }»
studio-called-more = Cambia «{ $what }», { $n } en total
studio-saved-by = guardado por { $who }
studio-by-elsewhere = otro lugar
studio-handed-down = { $level } ha enviado un cambio de las reglas, «{ $title }»: véalo y decida si se adopta
studio-handed-down-plain = { $level } ha enviado un cambio de las reglas: véalo y decida si se adopta
studio-changed = Modificados
studio-others = Los demás
studio-all = Todos los archivos
studio-changed-n = { $n ->
    [one] { $n } archivo cambiado
   *[other] { $n } archivos cambiados
  }
studio-unchanged = Aún no hay cambios
studio-behind = atrasado
studio-stage-seen = espera aprobación
studio-stage-approved = aprobado, listo para publicar
studio-behind-what = Desde que se abrió este borrador se publicó una revisión más nueva. Incorpórela primero.
studio-disk = Archivos de este equipo editados a mano
studio-disk-what = Nunca entran en vigor por sí solos. Como borrador siguen el mismo camino que cualquier cambio.
studio-disk-title = Archivos editados a mano
studio-disk-take = Hacer de ellos un borrador
studio-disk-taken = Ya hay un borrador de ellos, aún sin vigor. Si los archivos vuelven a cambiar, se podrá hacer otro.
studio-disk-to-draft = Abrir ese borrador
studio-waits = en vigor desde el { $day }
studio-why = Motivo: { $why }
studio-compare = Comparar con la anterior
studio-compare-newest = Comparar con la última
studio-compare-title = Dos revisiones, una junto a otra
studio-compare-one = Antes: { $what }
studio-compare-other = Después: { $what }
studio-same = Las dos dicen lo mismo.
studio-restore = Recuperar como borrador
studio-restore-title = Recuperada: { $what }
studio-words = Qué cambia, en palabras
studio-lines = Qué cambia en el texto
studio-before = Antes
studio-after = Después
studio-more = y { $n } más
studio-search = Buscar por nombre, contenido o ruta
studio-no-match = No se encontró nada
studio-no-match-what = Pruebe otra palabra o borre la búsqueda.
studio-removed = Quitado: { $path }
studio-beneath = Cambiado, aunque aquí lo sustituye una copia: { $path }
studio-template = Plantilla de impresión cambiada: { $path }
studio-and-more = { $said } (y { $n } más)
studio-errors = { $n ->
    [one] { $n } error
   *[other] { $n } errores
  }
studio-warnings = { $n ->
    [one] { $n } aviso
   *[other] { $n } avisos
  }
studio-above = de arriba, solo lectura
studio-base-what = Este archivo es de la biblioteca base. El cambio se guarda en una copia propia de este nivel; la base queda igual.
studio-state = Borrador
studio-step = Versión { $n }
studio-sound = Sin errores
studio-undo = Deshacer lo mío
studio-redo = Rehacer
studio-rebase = Incorporar la revisión nueva
studio-discard = Descartar el borrador
studio-discard-ask = Un borrador descartado ya no aparece ni se puede publicar.
studio-findings-n = { $n ->
    [one] { $n } hallazgo
   *[other] { $n } hallazgos
  }
studio-go = Ver
studio-unfinished = Sin terminar
studio-bare-clauses = { $n ->
    [one] { $n } cláusula sin cumplir aún
   *[other] { $n } cláusulas sin cumplir aún
}
studio-bare-clauses-what = Indique qué definición la cumple, o que nada tiene que cumplirla. No impide publicar.
studio-bare-texts = { $n ->
    [one] { $n } texto sin algún idioma
   *[other] { $n } textos sin algún idioma
}
studio-bare-texts-what = Quien lee ese idioma verá el chino. No impide publicar.
studio-add = Archivo nuevo
studio-add-kind = Clase
studio-add-id = Identificador (minúsculas, cifras, guiones bajos)
studio-add-do = Añadir
studio-conflict = Otra persona cambió lo mismo. No se guardó nada; elija.
studio-mine = Lo mío
studio-theirs = Lo de la otra persona
studio-theirs-at = Lo de la otra persona, { $at }
studio-theirs-by = { $who }, { $at }
studio-mine-elsewhere = Lo mío en otra ventana, { $at }
studio-said-nothing = (nada de esto)
studio-gone = (quitado)
studio-take-mine = Tomar lo mío
studio-take-theirs = Tomar lo otro
studio-yaml = El YAML
studio-typing = Escribiendo…
studio-saved = Borrador guardado a las { $time }
studio-not-saved = Sin guardar
studio-merged = Alguien cambió este archivo a la vez; están los dos cambios.
studio-typed-kept = Lo que se escribió aquí sin conexión sigue guardado; el archivo ha cambiado desde entonces.
studio-typed-back = Recuperarlo
studio-typed-drop = Descartarlo
studio-typed-put-back = Se recuperó lo que se escribió sin conexión.
studio-says = Lo que dice este archivo
studio-says-nothing = Para esta clase de archivo no hay frases.
studio-sound-here = Este archivo no tiene fallos.
studio-elsewhere = { $n ->
    [one] { $n } error en otro archivo
   *[other] { $n } errores en otros archivos
  }
studio-remove = Quitar el archivo propio de este nivel
studio-remove-cases = Sus casos se quitan también. Se puede deshacer.
studio-forward = Poner en vigor…
studio-back = Volver
studio-gates = Antes de que rija
studio-gate-checked = Revisado, y cambia algo
studio-gate-cases = Los casos pasan
studio-gate-seen = Efecto visto
studio-gate-approved = Aprobado
studio-gate-done = hecho
studio-gate-open = pendiente
studio-cases-run = Ejecutar los casos
studio-cases-green = { $of ->
    [one] El único caso pasa
   *[other] Los { $of } casos pasan
  }
studio-cases-failed = Fallan { $failed } de { $of } casos
studio-despite-cases = El cambio es intencionado: seguir aunque fallen casos
studio-case-why = Por qué salió así
studio-despite-entries = Estos registros dejarán de contar: seguir
studio-left-out-missing = A los registros antiguos no se les hizo esta pregunta. Para que cuenten, elija abajo desde qué día se rellena de la nueva forma, o no la haga obligatoria.
studio-from-day = ¿Desde qué día se rellena «{ $form }» de la nueva forma?
studio-from-day-what = Lo ocurrido antes se lee con el formulario anterior y todo sigue contando ({ $n }); nadie tiene que rellenar nada otra vez. Lo que ocurra desde ese día se pregunta de la nueva forma.
studio-from-day-label = Desde este día
studio-from-day-none = Elija un día.
studio-from-day-do = Desde este día
studio-left-out-otherwise = Para que cuenten: marque como «Retirada» la opción que ya no se usa en lugar de borrarla; para otro tipo de respuesta añada una pregunta y deje la antigua.
studio-seen-what = Antes de que rija, mire qué cambiaría y para quién.
studio-seen-of = El efecto sobre { $period }, visto el { $at }
studio-once = ¿Es «{ $question }» la antigua «{ $former }»?
studio-once-same = ¿Es la nueva «{ $question }» la misma pregunta que la que desaparece?
studio-once-what = Entonces lo respondido a la antigua vale como respuesta a esta y sigue contando; nadie tiene que rellenar nada otra vez.
studio-once-do = Es la misma
studio-entries = Qué pasa con los registros que ya hay
studio-entries-what = El cambio de los formularios afecta a estas respuestas. No se pierde ningún registro.
studio-places = Qué pasa con los lugares
studio-place-new = Nuevo
studio-place-new-from = Nuevo desde el { $day }
studio-place-moved = En { $to } desde el { $day }
studio-place-renamed = Con otro nombre
studio-place-ends = Termina el { $day }
studio-place-goes_on = Continúa
studio-place-goes-until = Continúa hasta el { $day }
studio-place-gone = Borrado del archivo
studio-place-many = { $what } { $n }
studio-place-posts = Siguen a cargo después: { $who }. Haga que cesen antes.
studio-place-subjects = Siguen allí después: { $what }. No se pierde nada; páselos a otro lugar.
studio-place-entries = { $n ->
    [one] Un registro lo nombra
   *[other] { $n } registros lo nombran
    }: diga cuándo termina en lugar de borrarlo.
studio-lacks = Aún no: { $what }
studio-lacks-unchanged = no ha cambiado nada
studio-lacks-behind = incorpore antes la revisión más nueva
studio-lacks-errors = corrija antes los errores
studio-lacks-cases = no han pasado todos los casos
studio-lacks-entries = habría registros que dejan de contar; confirme que es lo que quiere
studio-lacks-places = hay un lugar que aún no puede terminar
studio-lacks-seen = nadie ha mirado el efecto
studio-lacks-approved = nadie lo ha aprobado
studio-alone = Ningún puesto aprueba; lo decidió quien publicó: { $why }
studio-alone-what = El reglamento en vigor no nombra ningún puesto que apruebe los cambios. Quien puede publicar decide solo, dice por qué, y el motivo queda con la revisión.
studio-alone-label = Por qué va sin un puesto que apruebe (obligatorio)
studio-by-command = puesta en vigor desde la línea de órdenes
studio-by-demo = Venía con la demostración
studio-impact = Calcular el efecto
studio-approvers = Lo aprueba: { $who }
studio-approver = { $post } ({ $names })
studio-approver-none = Nadie ocupa ahora el puesto { $post }: nombre primero a alguien en «Personas y puestos».
studio-approved-by = aprobado por { $who }
studio-decided = { $resolution }, en vigor desde el { $day }
studio-scheduled = Hay una revisión prevista para el { $day }
studio-not-yours = Su puesto no aprueba cambios.
studio-effective = En vigor desde
studio-why-label = Por qué ese día (necesario si es anterior a hoy)
studio-approve = Aprobar
studio-publish = Poner en vigor
studio-published-for = Decidido: rige desde el { $day }. Hasta entonces no cambia nada.
studio-publishing = Poniéndose en vigor: se comprueba otra vez, se guarda como revisión y se adopta en todas partes. Un momento…
studio-words-item = { $item }: { $said }
studio-words-within = { $left } · { $right }
studio-words-appraisal = Se compone de estas partes: { $parts }
studio-words-part = { $title } { $weight }
studio-words-part-of = { $title } { $weight } (dentro: { $parts })
studio-words-role = Puede: { $may }
studio-words-question = «{ $title }»: { $what }
studio-words-required = obligatoria
studio-words-filled-by = Lo rellenan { $posts }
studio-words-form = { $n ->
    [one] Hace una pregunta: { $asked }
   *[other] Hace { $n } preguntas: { $asked }
  }
studio-words-form-more = Hace { $n } preguntas, primero: { $asked }
studio-may-record = rellenar formularios
studio-may-see-place = ver todos los registros del lugar
studio-may-see-sensitive = ver lo confidencial
studio-may-see-scores = ver puntuaciones ajenas
studio-may-correct = corregir registros ajenos
studio-may-appraise = hacer evaluaciones
studio-may-publish = cambiar y publicar el reglamento
studio-may-approve = aprobar cambios del reglamento
studio-may-administer = gestionar personas y cuentas
studio-says-later = Cuando se corrijan los errores, aquí se dirá en una frase lo que significa.
studio-compose = Editar como formulario
studio-stale = Los archivos de este equipo son de una revisión anterior
studio-stale-what = Son una copia que nadie cambió. Se pueden poner como lo último publicado.
studio-stale-do = Actualizar los archivos
editor-fold = Plegar esta parte
editor-unfold = Desplegar esta parte
editor-folded = Líneas plegadas
editor-unfolded = Líneas desplegadas
editor-hidden = parte plegada
editor-to = hasta
editor-find = Buscar
editor-with = Reemplazar por
editor-next = Siguiente
editor-previous = Anterior
editor-all = Todas
editor-case = Mayúsculas y minúsculas
editor-word = Palabras enteras
editor-regexp = Expresión regular
editor-replace = Reemplazar
editor-replace-all = Reemplazar todas
editor-match = coincidencia actual
editor-line = en la línea
editor-completions = Lo que se puede escribir
editor-close = Cerrar
studio-posts-end = El puesto «{ $post }» desaparece. Desde { $day } dejan de ocuparlo: { $who }
studio-posts-then = el día en que entre en vigor
