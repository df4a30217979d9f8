# Puntuaciones, sus razones, personal, evaluaciones. Las frases de las normas salen de las definiciones.
sentence-each-subject = cada uno de «{ $title }»
sentence-each-role = cada { $title }
sentence-each-row = cada «{ $title }»
sentence-each-row-where = cada «{ $title }» ({ $where })
sentence-each-place = cada lugar
sentence-each-district = cada distrito
sentence-each-street = cada subdelegación
sentence-each-community = cada comunidad
sentence-each-grid = cada cuadrícula
sentence-each-building = cada edificio
sentence-whom-where = { $whom } con { $where }
sentence-row-where = { $row }, { $where }
sentence-is = { $column }: { $value }
sentence-is-not = { $column } no es { $value }
sentence-under = { $column } menor que { $value }
sentence-at-most = { $column } como máximo { $value }
sentence-over = { $column } mayor que { $value }
sentence-at-least = { $column } como mínimo { $value }
sentence-and = { $left }, { $right }
sentence-or = { $left } o { $right }
sentence-not = no «{ $what }»
sentence-has = { $column } incluye { $value }
sentence-filled = hay respuesta en { $column }
sentence-of = { $right } de { $left }
sentence-always = en todo caso
sentence-true = sí
sentence-false = no
sentence-record = «{ $title }»
sentence-record-where = «{ $title }» ({ $where })
sentence-duty-every = Para { $whom }, { $every }: { $what }, { $n ->
    [1] al menos una vez
   *[other] como mínimo { $n } { $times ->
        [1] vez
       *[other] veces
    }
}
sentence-duty-within = Para { $whom }, en un plazo de { $within }: { $what }, { $n ->
    [1] al menos una vez
   *[other] como mínimo { $n } { $times ->
        [1] vez
       *[other] veces
    }
}
sentence-count-of = el número de { $rows }
sentence-sum-of = la suma de { $column } de { $rows }
sentence-day-off = { $a } en día libre
sentence-working-day = { $a } en día laborable
sentence-call-hour = la hora de { $a }
sentence-call-elapsed = { $unit ->
    [hours] las horas
    [days] los días
    [months] los meses
    [years] los años
   *[other] el tiempo
} desde { $a } hasta { $to ->
    [none] el final del periodo
   *[other] { $to }
}
sentence-call-period = { $unit ->
    [day] el día
    [week] la semana
    [month] el mes
    [quarter] el trimestre
    [half_year] el semestre
    [year] el año
   *[other] el periodo
} de { $a }
sentence-call-days = { $to ->
    [none] los días de { $a }
   *[other] los días desde { $a } hasta { $to }
}
sentence-call-working-days = { $to ->
    [none] los días laborables de { $a }
   *[other] los días laborables desde { $a } hasta { $to }
}
sentence-call-hours-in = { $to ->
    [none] las horas de { $a }
   *[other] las horas desde { $a } hasta { $to }
}
sentence-call-min = lo menor de { $a }
sentence-call-max = lo mayor de { $a }
sentence-call-abs = { $a } sin signo
sentence-call-floor = { $a } redondeado hacia abajo
sentence-call-ceil = { $a } redondeado hacia arriba
sentence-call-round = { $a } redondeado a { $to }
sentence-call-size = el número de { $a }
sentence-call-if = { $a } si { $when }; si no, { $b }
sentence-call-or-else = { $a }, o { $b } si no lo hay
sentence-call-age = los años cumplidos desde { $a }
sentence-call-overlap = el tiempo común de { $a } y { $b }
sentence-call-date-of = el día de { $a }
sentence-call-weekday = el día de la semana de { $a }
weekday-monday = lunes
weekday-tuesday = martes
weekday-wednesday = miércoles
weekday-thursday = jueves
weekday-friday = viernes
weekday-saturday = sábado
weekday-sunday = domingo
sentence-call-hash = un número sorteado de { $a } y { $b }
sentence-share = { $title }: de { $of }, la proporción con { $part }
sentence-measure = { $title }: { $of }, { $measure }
sentence-of-count = contados
sentence-of-sum = sumados
sentence-of-average = de media
sentence-of-min = el mínimo
sentence-of-max = el máximo
sentence-of-middle = la mediana
sentence-of-distinct = los distintos
sentence-of-first = el primero
sentence-of-last = el último
sentence-of-rate = como tasa
sentence-of-streak = seguidos al final
sentence-of-change = frente al periodo anterior
sentence-of-other = por { $measure }
sentence-rule = Para { $row }, { $when }: «{ $finding }»
sentence-line-share = Puntos según «{ $title }»; completo da { $max }
sentence-line-mark = Puntuado con «{ $form }», de { $least } a { $most } puntos
sentence-line-add = Por { $rows }: más { $amount }
sentence-line-deduct = Por { $rows }: menos { $amount }
sentence-line-add-by = Por { $rows }: más { $amount }
sentence-line-deduct-by = Por { $rows }: menos { $amount }
sentence-by-formula = ({ $what })
sentence-beyond = { $line }, a partir de los primeros { $n }
sentence-highest = { $line }, solo el más alto
sentence-capped = { $line }, { $most } puntos como máximo
sentence-gives = { $value } { $points }
sentence-by-column = según { $column } ({ $given })
sentence-steps-below = { $points } por cada { $each } que { $column } quede por debajo de { $bound }
sentence-steps-above = { $points } por cada { $each } que { $column } supere { $bound }
sentence-band-under = menos de { $bound }: { $points }
sentence-band-to = hasta { $bound }: { $points }
sentence-band-rest = el resto: { $points }
sentence-section = Esta parte es la suma de sus apartados
sentence-length-minutes = { $n } { $n ->
    [1] minuto
   *[other] minutos
}
sentence-length-hours = { $n } { $n ->
    [1] hora
   *[other] horas
}
sentence-length-days = { $n } { $n ->
    [1] día
   *[other] días
}
sentence-length-working-minutes = { $n } { $n ->
    [1] minuto
   *[other] minutos
} de trabajo
sentence-length-working-hours = { $n } { $n ->
    [1] hora
   *[other] horas
} de trabajo
sentence-length-working-days = { $n } { $n ->
    [1] día laborable
   *[other] días laborables
}
sentence-length-weeks = { $n } { $n ->
    [1] semana
   *[other] semanas
}
sentence-length-months = { $n } { $n ->
    [1] mes
   *[other] meses
}
sentence-length-years = { $n } { $n ->
    [1] año
   *[other] años
}
sentence-every-day = cada día
sentence-every-week = cada semana
sentence-every-month = cada mes
sentence-every-quarter = cada trimestre
sentence-every-half-year = cada semestre
sentence-every-year = cada año
sentence-every-working-day = cada día laborable
sentence-every-half-day = cada medio día
sentence-every-round = cada ronda
sentence-several-day = cada { $n } días
sentence-several-week = cada { $n } semanas
sentence-several-month = cada { $n } meses
sentence-several-quarter = cada { $n } trimestres
sentence-several-half-year = cada { $n } semestres
sentence-several-year = cada { $n } años
sentence-several-working-day = cada { $n } días laborables
sentence-several-half-day = cada { $n } medios días
sentence-every-rolling = en { $length } desde la última vez
sentence-every-roster = cada vez de { $roster }
sentence-every-in-roster = { $every }, { $roster }
sentence-series-days = el día { $offsets } después
sentence-series-working-days = el día hábil { $offsets } después
sentence-series-weeks = en la semana { $offsets } después
sentence-series-months = en el mes { $offsets } después
sentence-series-years = en el año { $offsets } después
sentence-pause-between = El plazo se detiene desde { $from } hasta { $until }
sentence-pause-during = El plazo se detiene durante { $during }
sentence-pause-each = { $line }, cada vez { $most } como máximo
sentence-pause-all = { $line }, en total { $most } como máximo
sentence-extended = { $rows } prolonga el plazo
sentence-extended-by = { $line } en { $by }
sentence-extended-to = { $line }, hasta { $most } como máximo
sentence-quorum = { $what } con { $n } presentes como mínimo
sentence-quorum-role = { $what } con { $n } de { $role } presentes como mínimo
sentence-quorum-share = { $what } con { $share } de { $role } presentes como mínimo
sentence-streak-of = las veces seguidas con { $where }
sentence-quality-of = cómo se lleva «{ $title }»
sentence-column-known = completo
sentence-column-fresh = al día
sentence-column-missing = lo que falta
sentence-column-confirmed_at = última confirmación
sentence-column-bonus = puntos extra
sentence-column-end = fin
sentence-column-entry = registro
sentence-column-handler = a cargo de
sentence-column-id = número
sentence-column-item = apartado
sentence-column-line = línea
sentence-column-matter = asunto
sentence-column-max = máximo
sentence-column-nth = número de paso
sentence-column-passed = alcanza cada mínimo
sentence-column-post = nombramiento
sentence-column-row = fila
sentence-column-rule = regla
sentence-column-about = quien corresponda
sentence-column-at = momento
sentence-column-by = registrado por
sentence-column-counted = veces contadas
sentence-column-date = fecha
sentence-column-due = plazo
sentence-column-grade = calificación
sentence-column-level = nivel
sentence-column-met = objetivo alcanzado
sentence-column-met_at = hecho el
sentence-column-needed = veces necesarias
sentence-column-owner = responsable
sentence-column-part = parte
sentence-column-period = periodo
sentence-column-place = lugar
sentence-column-points = puntos
sentence-column-possible = veces que podrían contar
sentence-column-rank = puesto
sentence-column-recorded_at = momento del registro
sentence-column-score = puntuación
sentence-column-short = veces que faltan
sentence-column-start = inicio
sentence-column-state = resultado
sentence-column-subject = quien corresponda
sentence-column-target = objetivo
sentence-column-tier = clase
sentence-column-total = total
sentence-column-value = valor
sentence-column-whole = conjunto
sentence-column-window = periodo

figure-weight = Peso
figure-max = Puntos máximos
figure-add = { $line }, más
figure-deduct = { $line }, menos
figure-cap = { $line }, como máximo
figure-times = { $line }, veces
figure-within = { $line }, plazo
figure-late = { $line }, se puede recuperar en
figure-target = { $line }, objetivo

policy-gate-figure = No se cumple la condición de esta parte: { $title } es { $reached } y debe ser { $wanted }. No se puede calcular y no cuenta como cero.
policy-gate = No se cumple la condición de esta parte ({ $title }); no se puede calcular. No cuenta como cero.
policy-not-computable = Faltan datos y aún no se puede calcular. No cuenta como cero.
policy-omitted = No hubo nada que evaluar en este periodo; el apartado no cuenta.
policy-full = No hubo nada que evaluar en este periodo; la norma da todos los puntos.
policy-zero = No hubo nada que evaluar en este periodo; la norma no da puntos.
policy-evidence = Hay muy pocos «{ $title }» como prueba; la norma no da puntos.
policy-rescaled = Los puntos de lo que no procede pasan a las demás partes.

window-year = { $year }
window-half-year = { $n ->
    [1] 1.er semestre
   *[2] 2.º semestre
}
window-quarter = { $n ->
    [1] 1.er trimestre
    [2] 2.º trimestre
    [3] 3.er trimestre
   *[4] 4.º trimestre
}
window-month = { $n ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}
window-week = semana { $n }
window-part = { $day }, parte { $n }
window-span = { $first } a { $last }

score-title = Mi puntuación
score-of = Puntuación de { $name }
score-year = { $year }
score-as-of = hasta el { $day }
score-years = Año
score-by-records = Según los registros: { $grade }
score-unopened = La evaluación de { $year } no se abrió. Estos puntos se calculan de los registros; no son un resultado.
score-standings = Evaluación
score-expected = Previsión: { $grade }
score-lacking = faltan { $points } para { $grade }
score-quota = Alcanza para { $grade }, pero el cupo lo impide
score-minimum = Alcanza para { $grade }, pero una parte no llega al mínimo
score-finding = Alcanza para { $grade }, pero una resolución fija la calificación
score-best = La mejor calificación
score-mark = { $grade } desde { $points }
score-bonus = puntos extra incluidos: { $points }
score-empty-title = No hay puntuación para usted
score-empty-what = Ninguna hoja de puntos incluye su puesto este año. Pruebe con otro año.
score-no-item-title = No existe ese apartado
score-no-item-what = Puede que la hoja de puntos haya cambiado. Elija un apartado de la lista.
score-none = Aún no se puede calcular
score-how = de aquí salen los { $points }
score-of-most = { $points } puntos de { $most }
score-print = Imprimir
score-lost = −{ $points }
score-not-applicable = no procede
score-not-computable = faltan datos
score-not-eligible = no se evalúa
score-over-quota = fuera de cupo
score-undecided = a la espera de otros o de un sorteo
score-assumed = supuesto, pendiente de confirmar
score-in-text = según el texto
score-set-by = fijado por { $place }
score-since = desde el { $day }
score-bounded-floor = nunca menos de nada: { $points }
score-bounded-ceiling = nunca más del máximo: { $points }
score-rounded = redondeado a { $points }
score-term-cut = { $line }: en realidad { $raw }, como máximo { $cap }
score-counts = { $n } en total: { $states }
score-state-count = { $state } { $n }
score-col-plate = Puerta
score-col-name = Sobre
score-col-window = Periodo
score-col-state = Resultado
score-col-points = Puntos
score-col-lost = Restan
score-col-given = Puntos
score-rows = { $n }
score-more = hay { $n } más sin mostrar
score-no-rows = No contó nada
score-show-all = Ver todo ({ $n })
score-show-lost = Solo lo perdido
score-entry = Ver el registro
score-parts = Partes

staff-title = Personal
score-in-money = { $title } ({ $unit })
staff-sub = { $place } · { $n } { $n ->
    [1] persona
   *[other] personas
}
staff-sort = Orden
staff-sort-place = Cuadrícula
staff-sort-score = Puntos
staff-sort-late = Atrasos
staff-col-score = Puntuación
staff-n = { $n ->
    [one] 1 persona
   *[other] { $n } personas
}
staff-scored = Con puntuación
staff-fine = Nada atrasado ni incumplido
staff-unscored = Sin puntuación
staff-empty-title = Aún no hay puestos
staff-empty-what = Las personas aparecen aquí al ser nombradas en «Cuentas».

appraisal-title = Evaluación anual
appraisal-of = { $title } { $year }
appraisal-sub = { $place } · { $n } { $n ->
    [1] persona
   *[other] personas
} · hasta el { $day }
appraisal-empty-title = No hay evaluación
appraisal-empty-what = Las normas vigentes no contienen ninguna evaluación. Cuando la haya, aparecerá aquí.
appraisal-ranking = Clasificación
appraisal-most = sobre { $most }
appraisal-band = { $points } o más, { $n } { $n ->
    [1] persona
   *[other] personas
}
appraisal-band-quota = { $points } o más, { $n } { $n ->
    [1] persona
   *[other] personas
}, cupo { $quota }
appraisal-band-rest = { $n } { $n ->
    [1] persona
   *[other] personas
}
appraisal-no-grade = Sin calificación
appraisal-missing = { $n ->
    [1] Falta una cosa
   *[other] Faltan { $n } cosas
}
appraisal-complete = No falta nada
appraisal-complete-what = Los datos están completos; se puede imprimir y publicar.
appraisal-running = El periodo sigue abierto
appraisal-running-what = Termina el { $day }; esta es la clasificación hasta ahora.
appraisal-lacks = { $name } tiene apartados que no se pueden calcular
appraisal-open = { $name } aún puede recuperar { $n }
appraisal-open-what = Lo atrasado cuenta como tardío una vez hecho, no como incumplido.
appraisal-see = Ver
appraisal-distribution = Distribución
appraisal-average = Media { $average } · mediana { $median }
appraisal-bin = { $from } a { $to }: { $n } { $n ->
    [1] persona
   *[other] personas
}
appraisal-findings = Elogios y críticas
appraisal-closed = { $year } está cerrado
appraisal-closed-on = Cerrado el { $day }
appraisal-closed-what = Los resultados publicados se mantienen. Los registros posteriores cambiarían:
appraisal-closed-same = Los resultados publicados se mantienen. Nada posterior los cambiaría.
appraisal-closed-others = Los resultados publicados se mantienen. Los registros posteriores cambiarían { $n } filas en que se basan, pero ningún resultado.
appraisal-unopened = La evaluación de { $year } no se abrió
appraisal-unopened-what = El libro empieza el { $day }. No hay registros completos de ese año, por eso no se clasifica a nadie. Para evaluarlo, ábralo primero.
appraisal-unopened-whole = Nada se publicó, reclamó ni fijó: no hay resultado y no se clasifica a nadie. Para evaluar este año, ábralo primero.
appraisal-later = Desde el cierre
appraisal-later-working = Se revisan los registros posteriores.
appraisal-later-because = Por
appraisal-became = { $before } → { $after }
appraisal-findings-none = No se aplica ninguna norma de elogio o crítica.
appraisal-print = Imprimir
appraisal-print-of = Imprimir la evaluación de { $name }

sentence-holders = { $line }, para cada { $role } del lugar
sentence-last = { $line }, solo el último
sentence-average = { $line }, en promedio
sentence-each-case = { $line }, { $most } como máximo por cada { $column }
sentence-mark-by = { $line }, por { $roles }
sentence-mark-reason = { $line }, con un motivo
sentence-scored-by = Lo puntúa { $roles }
sentence-applies = Procede si { $where }
sentence-requires = Exige al menos { $n } de { $rows }; sin ellos no da puntos
sentence-vetoed-by = Veto: a partir de { $n } de { $rows }, la parte en la que está no da puntos
sentence-veto = Veto: si { $where }, la parte en la que está no da puntos
sentence-by-slab = por tramos de { $column } ({ $given })
sentence-by-method = por { $method } sobre { $column } ({ $given })
sentence-every-by = según { $method } ({ $given })
sentence-counted-by = { $what }, contado por { $method } ({ $given })
sentence-options = { $left }; { $right }
sentence-option = { $option }: { $given }
sentence-checklist = según la lista ({ $given })
policy-vetoed = «{ $item }» veta: según la norma, esta parte no da puntos.
policy-vetoes = Este apartado veta: la parte en la que está no da puntos.
score-wallet = Saldo
score-wallet-level = Nivel: { $level }
score-wallet-sum = { $earned } ganados, { $spent } gastados, { $expired } caducados: quedan { $balance }
score-wallet-unknown = Faltan los puntos de un registro y aún no se conoce el saldo.
score-move-earned = Ganado
score-move-spent = Gastado
score-move-expired = Caducado
score-refused-balance = Rechazado: faltan puntos
score-refused-stock = Rechazado: no quedan
score-refused-each = Rechazado: supera el límite por persona
problem-E781 =
    { $reason ->
        [opened] La evaluación de este año ya está abierta.
       *[missing] { $n ->
            [one] Falta una cosa
           *[other] Faltan { $n } cosas
        } antes del siguiente paso.
    }
    .remedy =
    { $reason ->
            [opened] Continúe desde el tablero del año.
           *[missing] Resuélvalas desde el tablero del año y dé luego el paso.
        }
problem-E782 =
    { $reason ->
        [own] Nadie se puntúa a sí mismo.
        [others] Esta nota solo se da a uno mismo.
        [window] Esta nota no es de uno de { $windows }.
        [bounds] La nota va de { $least } a { $most }.
        [decimals] { $decimals ->
            [0] Aquí una nota no lleva decimales.
            [one] Aquí una nota lleva como mucho un decimal.
           *[other] Aquí una nota lleva como mucho { $decimals } decimales.
        }
        [reason] Una nota menor que { $least } o mayor que { $most } pide un motivo.
        [post] Su puesto no puntúa aquí.
        [stage] Las notas se dan en otra etapa del año.
       *[frozen] Los resultados de este año están fijados.
    }
    .remedy =
    { $reason ->
            [own] Puntúe a los demás.
            [others] Elíjase a usted mismo.
            [window] Elija uno de estos periodos.
            [bounds] Ponga una dentro de estos límites.
            [decimals] Redondéela.
            [reason] Escriba un motivo o cambie la nota.
            [post] Déjelo a quienes por su puesto puntúan.
            [stage] Espere a esa etapa o haga que el curso vuelva a ella.
           *[frozen] Lo que llegue después se muestra al lado y no cambia la puntuación.
        }
problem-E783 =
    { $reason ->
        [others] Solo se reclama contra la puntuación propia.
        [item] No dice contra qué partida, o esa partida no tiene puntos.
        [early] Los resultados aún no se han expuesto.
        [twice] Ya se tramita una reclamación contra esta partida.
       *[late] Se podía reclamar hasta el { $day }.
    }
    .remedy =
    { $reason ->
            [others] Que entre y reclame la persona afectada.
            [item] Abra Mi puntuación y reclame debajo de la partida.
            [early] Reclame cuando se expongan; los registros erróneos se pueden corregir ya.
            [twice] Espere la respuesta; para añadir pruebas, corrija esa reclamación.
           *[late] Diríjase a quien dirige la evaluación.
        }
problem-E784 =
    { $reason ->
        [own] Nadie resuelve su propia reclamación.
        [points] Se pueden devolver más de 0 y como mucho { $most } puntos.
        [decided] Esta reclamación ya está resuelta.
       *[astray] La resolución nombra otra persona, año o partida que la reclamación.
    }
    .remedy =
    { $reason ->
            [own] Déjelo a otra persona que pueda resolver.
            [points] Ponga un número dentro de estos límites.
            [decided] Corrija esa resolución o retire la que sea errónea.
           *[astray] Abra la resolución desde la página de la reclamación.
        }
problem-E785 =
    { $reason ->
        [another] Solo puede cambiarlo quien lo dio.
        [public] Los resultados están expuestos; aquello en que se basan queda como estaba.
        [decided] Esta reclamación está resuelta.
        [concerned] Nadie cambia la resolución de su propia reclamación.
        [post] Su puesto no resuelve reclamaciones.
        [moved] Una corrección no puede ser de otro año, partida o paso.
        [passed] El año ya ha seguido adelante desde aquí.
       *[frozen] Los resultados de este año están fijados.
    }
    .remedy =
    { $reason ->
            [another] Pídale que lo corrija.
            [public] Haga volver el curso una etapa si se puede, o anótelo junto a los resultados.
            [decided] Diríjase a quien resolvió.
            [concerned] Déjelo a otra persona que pueda resolver.
            [post] Déjelo a quienes por su puesto resuelven.
            [moved] Retírela y envíe una nueva.
            [passed] Dé el paso que lleva atrás, si el curso lo tiene.
           *[frozen] Lo que llegue después se muestra al lado y no cambia la puntuación.
        }
problem-E786 =
    { $reason ->
        [own] Nadie se dispensa a sí mismo.
        [nobody] Esta persona no tiene a quién puntuar en esta evaluación.
        [whom] Esta persona no tiene que puntuar a quien usted eligió.
        [stage] La etapa de las notas terminó.
       *[frozen] La evaluación del año está fijada.
    }
    .remedy =
    { $reason ->
            [own] Que lo haga otra persona que pueda dispensar.
            [nobody] Abra el formulario desde la lista de lo que falta, en la página del año.
            [whom] Elija a alguien a quien esa persona puntúe, o a nadie para dispensar de todo.
            [stage] Si el curso puede retroceder, vuelva primero a las notas.
           *[frozen] Lo que llegue después no cambia la evaluación.
        }

score-made-of = Cómo se compone
score-part-gives = aporta { $points }
