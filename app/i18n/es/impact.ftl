# Lo que cambiaría un borrador
impact-title = Qué cambiaría el borrador
impact-what = El borrador y las reglas vigentes se calculan con los registros reales de un periodo pasado y se comparan. No se guarda ni entra en vigor nada.
impact-period = Probar con
impact-start = Probar
impact-running = Calculando
impact-doing-waiting = En espera de que acabe otra prueba
impact-doing-reading = Leyendo los registros
impact-doing-in_force = Paso 1 de 3: { $period } según lo vigente
impact-doing-draft = Paso 2 de 3: { $period } otra vez, según el borrador
impact-doing-comparing = Paso 3 de 3: comparando línea por línea
impact-share = { $percent } %
impact-elapsed = { $minutes ->
    [0] { $seconds } s hasta ahora
   *[other] { $minutes } min { $seconds } s hasta ahora
}
impact-leave = Puede salir de esta página y volver más tarde.
impact-stop = Detener
impact-stopped = Se detuvo el cálculo.
impact-gone = Este resultado ya no está. Pruebe otra vez.
impact-again = Probar otra vez
impact-year = Probar { $year }
impact-on = Seguir hasta ponerlo en vigor
impact-sub = { $place } · { $period } · a { $day }
impact-files = Archivos cambiados
impact-download = Descargar el PDF para la reunión
impact-compared = Se recalcularon { $rerun } de { $all } tablas; a las demás no les afecta.
impact-in-force = Vigente
impact-after = Borrador
impact-more = Más
impact-head-more-work = { $hours } horas más al mes para cada: { $role }
impact-head-less-work = { $hours } horas menos al mes para cada: { $role }
impact-head-more-duties = { $n ->
    [one] { $n } obligación más
   *[other] { $n } obligaciones más
  }
impact-head-fewer-duties = { $n ->
    [one] { $n } obligación menos
   *[other] { $n } obligaciones menos
  }
impact-head-lower = Con menos puntos: { $whom }
impact-head-higher = Con más puntos: { $whom }
impact-people = { $n ->
    [one] { $n } persona
   *[other] { $n } personas
  }
impact-things = { $n ->
    [one] { $n } sujeto
   *[other] { $n } sujetos
  }
impact-head-waits = Se compara con lo vigente hoy: lo ya publicado que espera su día (lo último: { $resolution }, desde el { $day }) también está contado aquí
impact-head-nothing = El resultado de este periodo es el mismo
impact-head-more-findings = { $n ->
    [one] Una constatación más
   *[other] { $n } constataciones más
    }
impact-head-fewer-findings = { $n ->
    [one] Una constatación menos
   *[other] { $n } constataciones menos
    }
impact-head-otherwise = Puntos, tareas y carga siguen igual; con otros cambios: { $whom }
impact-work-same = La misma carga que antes: { $roles }
impact-part-work = Trabajo por persona y mes (horas)
impact-part-duties = Obligaciones
impact-part-findings = Constataciones
impact-part-appraisal = Evaluación (media)
impact-part-sheet = Puntos y dinero
impact-part-indicator = Indicadores (media)
impact-work-sub = { $people ->
    [one] { $people } persona
   *[other] { $people } personas
  }, { $hours } horas en total
impact-no-minutes = { $n ->
    [one] { $n } obligación no declara su tiempo (minutes_each) y no se cuenta
   *[other] { $n } obligaciones no declaran su tiempo (minutes_each) y no se cuentan
  }: { $duties }
impact-state = { $state } { $before } → { $after }
impact-lower = { $n } con menos
impact-higher = { $n } con más
impact-lose = Con menos ({ $n })
impact-gain = Con más ({ $n })
impact-others = Afectados de otro modo ({ $n })
impact-owed = Debidas
impact-became = { $before } → { $after }
impact-rank = puesto { $before } → { $after }
impact-people-hidden = Su puesto no permite ver los puntos de otros; solo se muestran los totales.
impact-later = { $n ->
    [one] { $n } cambio empieza
   *[other] { $n } cambios empiezan
  } el { $day } y no se ve en este periodo: { $paths }
impact-days-outside = { $n ->
    [one] Se cambió { $n } día, fuera
   *[other] Se cambiaron { $n } días, todos fuera
  } de este periodo ({ $days }): aquí no se ve nada. Calcule { $years } para verlo.
impact-no-effect = Lo que cambia el borrador no toca obligaciones, puntos ni dinero de este periodo; lo que cambia está abajo.
impact-hidden = (no se muestra)
impact-items = Apartados que cambian
impact-sum = { $side }: { $sum }
impact-rows-more = { $n ->
    [one] Hay { $n } fila más.
   *[other] Hay { $n } filas más.
  }
impact-found = sí
impact-not-found = no
impact-not-owed = no se debe
impact-short = faltan { $n }
impact-why = Por qué
impact-trace = Razones
impact-trace-before = Con las reglas vigentes
impact-trace-after = Con el borrador
impact-trace-none = No existe esta fila.
impact-print-basis = Calculado con los registros de { $period } (a { $day }), una vez con el borrador y otra con las reglas vigentes: una repetición del pasado, no un pronóstico.
impact-print-in-force = Reglas vigentes { $hash }
impact-print-draft = Borrador { $hash }
