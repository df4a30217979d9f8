# Trabajo diario: hoy, formularios, hogares
today-title = Hoy quedan { $n }
today-title-none = Hoy no vence nada
today-filter = Filtrar por estado
today-all = Todo
today-soon = En 7 días
today-own = Trabajo propio
today-fill = Rellenar
today-look = Ver
today-last = última vez: { $day }
today-days = { $n } d
today-more = Ver { $n } más
today-later = { $n } más en este periodo
today-later-what = La primera vence el { $day }; se pueden adelantar
today-later-held = Todo en pausa; puede hacerse igualmente
today-later-show = Verlas
today-later-back = Volver a hoy
today-none = Nada vence en 7 días
today-none-what = Lo que venza aparecerá aquí.
today-none-done = Hoy aún no se ha cumplido nada
today-none-done-what = Rellene un formulario y lo cumplido aparecerá aquí.
today-none-late = Aquí no hay nada
today-none-late-what = Bien: no hay de este tipo.
today-why = Por qué aparece
today-contacts = Últimos contactos
today-late-since = Vencía el { $day }; { $n } días de atraso.
today-due-by = Vence: { $day }.
today-held = En pausa. { $why }.
owed-in-quarter = trimestre { $n } de { $year }
owed-in-half = semestre { $n } de { $year }
owed-in-week = semana { $n } de { $year }
form-numbered = { $n }. { $question }
form-submit = Enviar
form-about = Sobre quién
form-last = Última vez, { $day }: { $told }
form-before = Antes
form-event = Registrado { $day }: { $told }
form-when = ¿Ocurrió antes? Indique la hora
form-when-was = Hora del registro: { $at }
form-when-label = Cuándo ocurrió
form-when-hint = En hora local; no puede ser futura.
form-first = Aún no hay registros.
form-due = antes del { $day }
form-held = En pausa
form-pick = ¿Sobre quién es?
form-yes = Sí
form-no = No
form-correct = Corrección: { $form }
form-reason = ¿Por qué se corrige?
form-reason-hint = El registro anterior se conserva
form-refused = Aún no se ha enviado: { $n } respuestas por corregir, marcadas debajo.
form-photo-add = Hacer una
form-photo-drop = Quitar esta foto
done-met = { $what }: { $state }
done-stored = { $form }: guardado en el libro
done-withdrawn = { $form }: ya no cuenta
record-sub = Elija el formulario de lo que acaba de hacer
record-work = Registros diarios
record-files = Fichas
record-none = No hay formularios para usted
record-none-what = Su puesto actual no rellena formularios.
subject-open = Abrir la ficha
subject-keeper = a cargo de { $who }
subject-call = Llamar
subject-edit = Editar la ficha
subject-facts = Datos
subject-hidden = Oculto para su puesto
subject-duties = Lo debido
subject-no-duties = No se debe nada
subject-no-duties-what = El reglamento vigente no pide nada aquí.
subject-met-at = hecha: { $day }
subject-year = { $duty }, { $year }
subject-records = { $n ->
    [one] 1 registro
   *[other] { $n } registros
}
subject-history = Historial
subject-no-history = Aún sin registros
subject-no-history-what = Los formularios rellenados aparecen aquí por fecha.
subject-more = Ver anteriores
subject-gone = Se ha ido; solo para consulta.
moment-corrected = Corregido después: { $reason }
moment-withdrawn = Retirado: { $reason }
moment-corrects = Corregido por { $who }
moment-recorded = Registrado el { $at }
moment-correct = Corregir
moment-withdraw = Retirar
withdraw-title = ¿Retirar este registro?
withdraw-what = Dejará de contar, pero seguirá visible.
withdraw-reason = Motivo
withdraw-keep = Conservarlo
subjects-search = Buscar nombre, puerta, edificio
subjects-all-places = Todas las cuadrículas
subjects-all-kinds = Todas las clases
subjects-late = Solo con algo pendiente
subjects-add = Nueva ficha
subjects-none = No se encontró nada
subjects-none-what = Pruebe otra palabra o quite un filtro.
subjects-none-kind = Aquí no hay fichas
subjects-none-kind-what = El reglamento vigente no lleva fichas de hogares.
subjects-range = { $first }–{ $last } de { $total }
subjects-before = Anterior
subjects-after = Siguiente
problem-E701 = Falta esta respuesta.
    .remedy = Responda y envíe.
problem-E702 = No se puede leer esta respuesta.
    .remedy = Escríbala como pide la pregunta.
problem-E703 = Esto ya no se puede elegir.
    .remedy = Elija una de la lista.
problem-E704 = La respuesta no cumple las condiciones.
    .remedy = Revísela y corríjala.
problem-E705 = Demasiado largo: { $limit } caracteres como máximo.
    .remedy = Acórtelo o regístrelo en partes.
problem-E706 = La fecha es futura.
    .remedy = Indique una fecha pasada.
problem-E707 = No existe o no corresponde a su puesto.
    .remedy = Elíjalo de nuevo en la lista.
problem-E708 = Este formulario no está en vigor.
    .remedy = Use otro formulario o pregunte a administración.
problem-E709 = Llegó una respuesta a una pregunta que no existe.
    .remedy = Recargue la página y envíe de nuevo.
problem-E710 = Este número pertenece a otro registro.
    .remedy = El otro registro no cambió. Abra el formulario de nuevo.
problem-E711 = Demasiado pequeño: { $bound } como mínimo.
    .remedy = Revíselo y corríjalo.
problem-E712 = Demasiado grande: { $bound } como máximo.
    .remedy = Revíselo y corríjalo.
problem-E713 = No es un número de documento válido.
    .remedy = Revise los 18 caracteres; el último es de control.
problem-E714 = No es un número de teléfono.
    .remedy = Escriba cifras, con prefijo si hace falta.
problem-E715 = Esto no es una foto.
    .remedy = Elija una imagen JPEG, PNG o WebP.
problem-E716 = La foto es demasiado grande: { $limit } MB como máximo.
    .remedy = Haga una más pequeña.
problem-E717 = Demasiadas fotos: { $limit } como máximo.
    .remedy = Quite alguna.
problem-E718 = Este registro ya se corrigió o retiró.
    .remedy = Abra el más reciente y cámbielo.
problem-E719 = Falta el motivo.
    .remedy = Escriba el motivo; otros lo leerán.
problem-E720 = No existe ese registro.
    .remedy = Ábralo de nuevo desde el libro.
problem-E721 =
    { $reason ->
        [post] Su puesto no puede dar este paso.
        [needs] Falta algo que este paso necesita.
        [not_begun] Aquello a lo que se refiere este paso aún no había empezado.
       *[state] No se puede hacer mientras esté en «{ $state }»; se puede hacer: { $allowed }.
    }
    .remedy =
    { $reason ->
            [post] Déjelo a quien tenga un puesto que pueda.
            [needs] Complételo y envíe el formulario de nuevo.
            [not_begun] Compruebe la hora.
           *[state] Mire lo que ya se ha hecho.
        }
