year-notice-stays = Su reclamación está resuelta: { $state }, la puntuación no cambia
year-notice-own = Su reclamación está resuelta ({ $state }): { $changes }
year-notice-other = Se resolvió la reclamación de otra persona ({ $state }) y eso cambia lo suyo: { $changes }
year-notice-waits = Una reclamación espera su resolución: { $item }
year-notice-form = Evaluación { $year }, falta por escribir: { $form }
year-notice-marks = Evaluación { $year }: { $n ->
    [one] una persona espera
   *[other] { $n } personas esperan
 } su valoración
year-notice-excused = Evaluación { $year }: ya no tiene que valorar
year-notice-excused-of = Evaluación { $year }: ya no tiene que valorar a { $whom }
year-notice-public = Evaluación { $year }: los resultados son públicos; puede reclamar hasta el { $at }
year-changed-score = Puntuación { $before } → { $after }
year-changed-grade = Grado { $before } → { $after }
year-changed-rank = Puesto { $before } → { $after }
year-changed-money = { $what } { $before } → { $after } { $unit ->
    [CNY] yuanes
   *[other] { $unit }
 }
year-title = Evaluación de { $year }
year-stages = Cuánto ha avanzado el año
year-since = desde el { $day }
year-days = { $n ->
    [one] { $n } día
   *[other] { $n } días
}
year-open = Abrir el año
year-left-what = { $year } ha terminado. Abra primero su evaluación y después la de este año.
year-wait = { $n ->
    [one] Falta una cosa
   *[other] Faltan { $n } cosas
}, vea la lista
year-missing = { $n ->
    [one] Falta una cosa
   *[other] Faltan { $n } cosas
} antes de «{ $step }»
year-ready = Está todo: se puede dar el paso siguiente
year-at-end = El año está terminado
year-verify = { $year } está fijado y archivado
year-verify-what = Los resultados llevan las huellas del reglamento y del registro. Años después se pueden recalcular: ./gridbook archive los guarda, ./gridbook verify los comprueba.
year-more = { $n } más sin listar
year-back = Retroceder un paso
year-back-what = Si algo está mal se puede volver atrás; los registros se conservan.
year-lacks-form = Falta de { $who }: { $what }
year-lacks-marks = A { $who } le { $n ->
    [one] queda una persona
   *[other] quedan { $n } personas
} por puntuar
year-freezes = Una vez fijados, los resultados quedan sellados: no hay vuelta atrás y los registros posteriores no los cambian.
year-freezing = Se fijan los resultados: se calculan y sellan los de todos. Puede tardar medio minuto; no cierre la página.
year-excuse = Dispensar
year-excuse-what = A quien no puede puntuar, por ejemplo por una baja larga, se le dispensa con un motivo. Las notas ya puestas cuentan.
year-excused = Dispensa de puntuar
year-excused-all = { $who }: con dispensa
year-excused-of = { $who }: con dispensa de puntuar a { $whom }
year-excused-by = por { $who }, { $day }
year-excused-one = Un evaluador tuvo dispensa
year-without-marks =
    El año ya no espera esas notas; las demás cuentan como siempre. De quien no tenga ninguna nota, según las reglas, la partida { $empty ->
        [not-applicable] no se aplica
        [unknown] no se puede calcular
       *[zero] da 0 puntos
    }.
year-marks-and-more = { $who } y otros
year-lacks-answer = La reclamación de { $who } espera respuesta
year-lasts = { $stage } aún no ha terminado
year-lasts-until = hasta { $at }
year-period-what = Se puede fijar cuando el año haya terminado.
year-row-what = Por resolver antes del siguiente paso.
year-write = Escribir
year-mark = Puntuar
year-answer = Responder
year-appeals = Reclamaciones
year-appeals-open = { $n } { $n ->
    [one] pendiente
   *[other] pendientes
 }
year-public = Los resultados son públicos
year-public-what = Quien no esté de acuerdo con su puntuación abre la partida en Mi puntuación y reclama.
year-appeal-until = Reclamaciones hasta { $at }
year-appeal-over = El plazo de reclamación ha pasado ({ $at })
year-appeal = Reclamación
year-appeal-this = Reclamar contra esto
year-appeal-about = { $item } · ahora { $points } puntos
year-decide = Resolver
year-decide-most = como máximo { $most } puntos
year-decide-most-part = como máximo { $most } puntos (de 100, antes de su peso)
year-decide-full = ya tiene todos los puntos
year-decision = Resolución
year-effect = Qué ha cambiado
year-effect-n = { $n ->
    [one] una persona
   *[other] { $n } personas
}
year-effect-none = No cambia la puntuación, el grado ni el puesto de nadie.
year-open-may = Sin resolver. Después se lista aquí a cada persona cuya puntuación, grado, puesto o dinero cambie.
year-open-own = Sin resolver. Se le avisará.
year-open-post = Sin resolver.
year-gave-back = { $state }, { $points } puntos devueltos
year-summary = Escriba su resumen
year-marks-left = { $n ->
    [one] queda una persona
   *[other] quedan { $n } personas
} por puntuar
year-marks-excused = con dispensa para el resto
year-marks-done = todo puntuado
year-nothing-to-do = Ahora no tiene nada que hacer.
year-marks-given = { $n ->
    [one] Una nota
   *[other] { $n } notas
}
year-mark-plain = sin motivo
year-anonymous = anónimo
year-flag-form = Sin resumen
year-flag-appeal = Reclama
year-catch-up = Lo que aún se puede recuperar
year-flag-open = { $n } por recuperar
year-show = A quién se muestra
year-show-all = Todos { $n }
year-show-open = Con algo pendiente { $n }
year-trend = Mes a mes
year-trend-told = Puntuación mes a mes, de { $first } a { $last }
year-median = Mediana
year-as-list = En una lista
year-against = Junto a los demás
year-against-told = { $n } partidas junto a la mediana, en tanto por ciento de su máximo
year-median-of = { $place }, { $n } personas
year-own = Propio
year-beside = propio { $own }, mediana { $median }
year-outlook = Qué puede cambiar hasta fin de año
year-outlook-best = Con todo lo pendiente hecho: { $points }
year-outlook-worst = Con todo lo pendiente omitido: { $points }
year-outlook-no-score = Aún no hay puntuación, así que no se puede decir cómo cambiaría.
year-outlook-none = No queda nada pendiente.
year-outlook-open = { $n } { $n ->
    [one] pendiente
   *[other] pendientes
 }, cada omisión cuesta { $one }
year-outlook-slight = { $n } { $n ->
    [one] pendiente
   *[other] pendientes
 }, una sola omisión no cambia nada
year-outlook-worth = { $points } puntos
marks-title = Notas
marks-none = No le queda nadie por puntuar
marks-none-what = El reglamento no da a su puesto nadie a quien puntuar, o nadie se evalúa este año.
marks-left = Pendientes
marks-given = Puntuados
marks-all = Todos
marks-bounds = de { $least } a { $most } puntos
marks-decimals =
    { $n ->
        [0] sin decimales
        [one] como mucho un decimal
       *[other] como mucho { $n } decimales
    }
marks-plain = menos de { $least } o más de { $most } con motivo
marks-anonymous = Anónimo: ninguna página, lista ni archivo dice quién puso la nota.
marks-excused-n = { $n ->
    [one] Tiene dispensa de una persona; vea «Todos».
   *[other] Tiene dispensa de { $n } personas; vea «Todos».
}
marks-excused = Tiene dispensa de puntuar aquí. Si pone nota, cuenta.
marks-closed = No es momento de puntuar.
marks-done = Aquí no queda nadie.
marks-points = Puntos
marks-reason = Motivo
marks-give = Dar la nota
marks-kept = Borrador guardado { $time }
marks-given-points = { $points } puntos
marks-correct = Corregir
year-sent = Enviado.
year-next = Siguiente: { $step }
year-now = ahora
year-unsealed = Fijado, los resultados aún no están sellados
year-unsealed-what = Los pasos de este año se importaron. Una vez sellados, los resultados se guardan para siempre con las huellas del reglamento y del registro.
year-seal = Sellar los resultados
year-stray = { $who }: sobra una { $what }
year-stray-what = El curso no le da lugar y no cuenta; retírela cuando se aclare.
year-appeal-row = Reclamar contra esta línea
year-row = La línea reclamada
year-row-entry = Ver el registro
year-row-points = { $points } puntos
year-working = Calculando; la primera vez tarda un poco.
year-working-outlook = Calculando según las reglas.
