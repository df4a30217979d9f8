nav-communities = Comunidades
above-sub = { $place } · { $n ->
    [one] { $n } comunidad
   *[other] { $n } comunidades
  }
above-none = Aún no hay comunidades
above-none-what = Aquí aparecen las comunidades que estén en la carpeta de este lugar.
above-together = Comparación
above-place = Comunidad
above-grid = Cuadrícula
above-owed = Debidas
above-late = Tarde
above-missed = Omitidas
above-share = Hecho
above-appeals = Recursos abiertos
above-no-appraisal = Este año no hay evaluación.
above-not-opened = Año sin abrir
above-frozen = Definitivo
above-open-appeals = { $n ->
    [one] { $n } recurso abierto
   *[other] { $n } recursos abiertos
  }
above-scored = { $n } de { $of } con puntuación
above-average = media { $points }
above-duties = Deberes por cuadrícula
above-report-what = Compara las comunidades con las reglas de este lugar: puntuaciones, indicadores, deberes. Totales por comunidad; no nombra a nadie.
above-report-start = Hacer el informe de { $year }
above-report-working = Se leen los registros de todas las comunidades. Tarda uno o dos minutos; puede hacer otra cosa.
above-report-again = Puede hacerlo otra vez.
above-impact = Qué cambia en cada comunidad
above-impact-what = El borrador se prueba en cada comunidad con los registros de { $period }. Solo totales; no se nombra a nadie.
above-impact-do = { $n ->
    [one] Calcularlo ({ $n } comunidad)
   *[other] Calcularlo ({ $n } comunidades)
  }
above-impact-at = Calculando { $place } ({ $n } de { $of })
above-impact-seen = Ya ha visto qué cambia en cada comunidad. Se puede aprobar.
above-impact-waits = Aún sin calcular.
above-impact-same = Aquí no cambia nada; se calcula igualmente.
above-draft-title = { $level }: regla para todas ({ $resolution })
above-breaks = Esto dejaría con errores el reglamento de: { $places }.
above-handed-down = Donde cambia algo, el nivel inferior tiene ahora un borrador, que revisa, aprueba y publica.
above-new-person = Añadir una persona
above-new-person-what = Crea la ficha de la persona. Después puede nombrarla y generar un enlace de invitación.
promote-decides = Este cambio pasa a { $level }: cuando su gente haya visto el impacto, lo apruebe y lo publique, cada comunidad recibe un borrador.
promote-hand-over = Entregar a { $level }
promote-handed-over = Entregado a { $level }. Aún no está en vigor.
problem-E952 = { $place } ya tiene a alguien que administra.
    .remedy = Que esa persona entre, nombre en la página de personas y puestos y genere allí el enlace de invitación.
