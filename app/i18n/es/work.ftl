# Trabajo diario: hoy, formularios, hogares
today-title = Hoy quedan { $n }
today-title-none = Hoy no vence nada
today-filter = Filtrar por estado
today-all = Todo
today-soon = En 7 días
today-own = Trabajo propio
today-fill = Rellenar
today-look = Ver
today-times = hechas { $done } de { $of }
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
owed-in-half-day = { $n ->
    [1] { $day }, mañana
   *[2] { $day }, tarde
}
owed-in-week = semana { $n } de { $year }
form-submit = Enviar
form-kept-back = Hay una respuesta que usted no ve; si la deja vacía, se conserva
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
form-nobody = Todavía no hay nada que elegir. Rellene primero «{ $form }» y vuelva después.
form-yes = Sí
form-no = No
form-correct = Corrección: { $form }
form-reason = ¿Por qué se corrige?
form-reason-hint = El registro anterior se conserva
form-refused = Aún no se ha enviado: { $n } respuestas por corregir, marcadas debajo.
form-photo-add = Hacer una
form-photo-drop = Quitar esta foto
form-not-yet = Se calcula con las respuestas anteriores
form-none-offered = Responda antes a las preguntas anteriores: entonces habrá algo que elegir
form-opened-yes = { $title } Sí
form-opened-no = { $title } No
form-file-add = Añadir un archivo
form-file-drop = Quitar este archivo: { $name }
form-answered = { $n } de { $of }
form-others = ¿De quién más se trata?
form-others-hint = Basta un registro para varios; cada uno cuenta
lookup-hint = Escriba un nombre o una puerta
lookup-none = No se ha encontrado nada
lookup-more = { $n } resultados; escriba algunas letras más
lookup-count = { $n } resultados
lookup-drop = Quitar { $name }
rows-add = Añadir una fila
rows-drop = Quitar
rows-row = { $label } { $n }
rows-full = Como máximo { $n } filas
rows-wait = Sin conexión: se podrán añadir más filas cuando vuelva
period-unit = Por
period-month = Mes
period-quarter = Trimestre
period-half_year = Semestre
period-year = Año
period-none = Elija
place-none = Elija
place-level = { $label }: nivel { $n }
field-hours = Horas
field-minutes = Minutos
field-sign-name = ¿No puede dibujar? Escriba el nombre
field-sign-clear = Empezar de nuevo
field-sign-hint = Firme con el dedo en el recuadro.
field-code-scan = Escanear
field-code-none = No se reconoció ningún código. Inténtelo de nuevo o escríbalo.
field-code-unsupported = Este navegador no lee códigos. Escríbalo.
field-code-found = Leído.
field-code-looking = Ponga el código ante la cámara.
field-here = Estoy aquí
field-here-asking = Buscando la posición…
field-here-denied = No hay permiso para la posición. Permítalo en los ajustes del navegador o escríbala.
field-here-unavailable = La posición no está disponible ahora. Escríbala.
field-here-timeout = Tardó demasiado. Inténtelo de nuevo o escriba la posición.
field-here-off = Encontrada, con un error de unos { $metres } m.
field-lat = Latitud
field-lon = Longitud
field-track-start = Empezar a registrar
field-track-stop = Dejar de registrar
field-track-add = Añadir este punto
field-track-clear = Borrar
field-track-count = { $count } puntos hasta ahora, unos { $metres } m.
done-met = { $what }: { $state }
done-corrected = { $form }: corregido
done-supplemented = { $form }: añadido
done-stored = { $form }: guardado en el libro
done-withdrawn = { $form }: ya no cuenta
record-sub = Elija el formulario de lo que acaba de hacer
record-work = Registros diarios
record-year = El año de la evaluación
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
moment-supplemented = Después se añadieron fotos o archivos; véase el nuevo
moment-withdrawn = Retirado: { $reason }
moment-corrects = Corregido por { $who }
moment-recorded = Registrado el { $at }
moment-correct = Corregir
moment-withdraw = Retirar
withdraw-title = ¿Retirar este registro?
withdraw-what = Dejará de contar, pero seguirá visible.
withdraw-along = { $n ->
    [one] También se retira lo que se registró con él: { $who }.
   *[other] También se retiran los { $n } registros hechos con él: { $who }.
}
withdraw-stays = Después se registró algo más, así que esto queda como está; cámbielo allí si hace falta: { $who }.
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
subjects-none-kind-what = El reglamento vigente no lleva fichas de esta clase.
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
problem-E710 = Es probable que otra página ya lo haya enviado: hay un registro con este número y otro contenido.
    .remedy = Ese registro no cambió. Para cambiarlo, ábralo y corríjalo; para hacer otro, recargue esta página (lo escrito se conserva) y envíe de nuevo.
problem-E711 = Demasiado pequeño: { $bound } como mínimo.
    .remedy = Revíselo y corríjalo.
problem-E712 = Demasiado grande: { $bound } como máximo.
    .remedy = Revíselo y corríjalo.
problem-E713 = No es un número de documento válido.
    .remedy = Revise los 18 caracteres; el último es de control.
problem-E714 = No es un número de teléfono.
    .remedy = Escriba cifras, con prefijo si hace falta.
problem-E715 = Aquí no se admite este tipo de archivo.
    .remedy = Para fotos elija JPEG, PNG o WebP; para archivos, PDF, Word, Excel, PowerPoint o texto sin formato.
problem-E716 = El archivo es demasiado grande: { $limit } MB como máximo.
    .remedy = Haga una más pequeña.
problem-E717 = Demasiados: { $limit } como máximo.
    .remedy = Quite alguno.
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
problem-E723 = Este archivo no ha llegado aquí.
    .remedy = Quítelo y añádalo de nuevo.
problem-E724 = La posición tiene un error de { $found } m; como máximo { $limit } m.
    .remedy = Inténtelo de nuevo al aire libre o escriba la posición.
problem-E761 = Esto no concuerda con las respuestas anteriores.
    .remedy = Elija otra opción o cambie las respuestas anteriores.
problem-E762 = Faltan filas: al menos { $bound }.
    .remedy = Añada algunas o quítelas todas.
problem-E763 = Sobran filas: como máximo { $bound }.
    .remedy = Quite algunas y anote las demás en otro registro.
problem-E765 = La ficha empieza el { $day } y este día no es posterior: no estaría ningún día en el registro.
    .remedy = Indique como momento cuándo empezó (la importación admite una columna de momentos) o deje esto vacío.
problem-E764 = { $reason ->
    [later] Este lugar empieza el { $day }.
   *[ended] Este lugar ha terminado: desde el { $day } ya no existe.
    }
    .remedy = Elija un lugar que exista ese día, u otro día.
notices-title = Avisos
notices-unseen = { $n } sin ver
notices-none = Todos vistos
notices-later = Primero los { $shown } más recientes; los otros { $n } siguen cuando los haya visto.
notices-more = Mostrar { $n } más
notices-show-seen = { $n } vistos
notices-hide = Ocultar los vistos
notices-see = Visto
notices-see-all = Marcar estos { $n } como vistos
notices-see-what = Visto: { $what }

first-title = Ponga en marcha la comunidad
first-count = { $done } de { $n } hechos
first-done = Hecho
first-staff = Registre al personal y nómbrelo
first-staff-what = Cada obligación necesita quien la cumpla; cuenta desde el día del nombramiento.
first-staff-do = Personas y puestos
first-subjects = Incorpore los hogares
first-subjects-what = Una lista en Excel o csv se importa entera; también puede registrarlos uno a uno.
first-subjects-import = Importar una lista
first-subjects-do = Uno a uno
first-accounts = Invite a sus colegas a entrar
first-accounts-what = Cada uno recibe un enlace, elige su contraseña y rellena los formularios en el móvil.
first-accounts-do = Invitar a colegas
first-rules = Compare el reglamento con el suyo
first-rules-what = { $n ->
    [0] Formularios, obligaciones y puntos se pueden cambiar; antes verá qué efecto tendría.
    [one] { $n } cifra es supuesta y espera su confirmación. Formularios, obligaciones y puntos se pueden cambiar; antes verá qué efecto tendría.
   *[other] { $n } cifras son supuestas y esperan su confirmación. Formularios, obligaciones y puntos se pueden cambiar; antes verá qué efecto tendría.
  }
first-rules-do = Estudio
subjects-empty = Aún no hay nada registrado
subjects-empty-what = Registre el primero o importe una lista que ya tenga.
subjects-empty-then = Ese día aún no había nada registrado
subjects-empty-then-what = Mire otro día.
today-left = lo dejó { $name }
day-may-move = Los festivos de { $year } no se han publicado; este día es provisional y puede cambiar.
day-may-move-short = día provisional
