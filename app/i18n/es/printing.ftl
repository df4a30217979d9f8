# La evaluación impresa
print-check = Código de control { $code }
print-page = Página { $page } de { $pages }
print-item = Apartado
print-part = { $title } (peso { $weight })
print-bonus = Puntos extra
print-total = Total
print-next = ({ $grade })
print-rule = Norma
print-figures = Cifras
print-arithmetic = Cálculo
print-figure = { $label } { $value } ({ $ground })
print-assumed = supuesto: { $why }
print-semicolon = ;{ " " }
print-stop = .{ " " }
print-number = N.º
print-more = { $n ->
    [one] Hay 1 más en la página de puntos del sistema.
   *[other] Hay { $n } más en la página de puntos del sistema.
}
print-quoted = Los artículos y los motivos se citan en chino: el reglamento no está en otro idioma.
print-objection = Se puede reclamar por escrito o en este sistema mientras el resultado esté expuesto al público.
print-objection-days = Se puede reclamar por escrito o en este sistema en { $days } días.
print-sign-person = Firma de la persona
print-sign-lead = Firma del responsable
print-seal = Sello
print-date = Fecha
print-regulation = Normas
print-ledger = Registro
print-hashes = El mismo código de control significa las mismas normas, el mismo registro y los mismos puntos.
problem-E955 = En { $place } no se evalúa a nadie en { $period }.
    .remedy = Elija otro periodo; gridbook appraise enumera a quién se evalúa en cada uno.
problem-E956 = «{ $person }» no se evalúa en { $period }.
    .remedy = Se evalúa a: { $known }.
problem-E570 = No existe esa evaluación.
    .remedy = Vuelva a la evaluación y ábrala desde la lista.
problem-E571 = La impresión está desactivada en este servidor.
    .remedy = Para quien administra: si al arrancar el servidor dice que falta algo, instálelo; si no, ponga GRIDBOOK_PDF en auto. Después reinicie.
problem-E572 = Falta la biblioteca Pango, que hace falta para imprimir.
    .remedy = Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; Fedora: dnf install pango; macOS: brew install pango; Windows: instale pango con MSYS2. Después reinicie; lo demás funciona sin ella.
problem-E573 = No hay ningún tipo de letra con caracteres chinos; faltarían al imprimir.
    .remedy = Debian: apt install fontconfig fonts-noto-cjk; Fedora: dnf install google-noto-sans-cjk-fonts. Después reinicie; lo demás funciona sin él.
problem-E574 =
    { $reason ->
        [syntax] La plantilla de impresión no se entiende aquí: { $what }.
        [undefined] La plantilla de impresión usa un nombre que no existe: { $what }.
        [forbidden] La plantilla de impresión hace algo que las plantillas no pueden hacer.
        [too_large] La plantilla de impresión crea un texto o una lista demasiado grande.
        [too_long] La plantilla de impresión escribe una página demasiado larga.
        [recursion] La plantilla de impresión se llama a sí misma una y otra vez.
        [no_file] La plantilla de impresión incluye «{ $what }» y no hay tal archivo.
        [memory] La plantilla de impresión ocupa demasiada memoria.
        [late] La plantilla de impresión no terminó en el tiempo que tiene.
        [nested] La plantilla de impresión anida elementos a demasiada profundidad.
        [library] Falló una biblioteca de impresión ({ $what }).
        [broken] La plantilla de impresión no se puede resolver aquí ({ $what }).
       *[other] La plantilla de impresión tiene un fallo.
    }
    .remedy =
    { $reason ->
        [syntax] Corrija esta línea; docs/printing.md explica cómo se escriben las plantillas.
        [undefined] docs/printing.md enumera todos los nombres que una plantilla puede leer; pregunte con «if» por los que pueden faltar.
        [forbidden] Una plantilla lee los valores que recibe y nada más, y no cambia ninguno; véase docs/printing.md.
        [no_file] Solo se incluyen archivos de la carpeta print y plantillas incluidas, por su nombre y sin ruta.
       *[other] Revise aquí los bucles y llamadas; si nada ayuda, quite su propia plantilla y se usará la incluida.
    }
problem-E575 = El proceso de impresión terminó de forma inesperada; no se imprimió nada.
    .remedy = Inténtelo de nuevo; si sigue así, pida al administrador que revise la memoria del equipo y sus propias plantillas.
problem-E576 =
    No se puede escribir más: el disco de { $path } está lleno o no admite escritura. Lo ya impreso sigue ahí.
    .remedy = Libere espacio (o corrija los permisos) y continúe: sigue donde se detuvo; en la línea de órdenes, repita la misma orden.
problem-E577 = Falta decir de quién es la ficha.
    .remedy = Usa --subject TIPO/ID, por ejemplo --subject household/hh-0001.
problem-E578 = No hay ningún certificado que imprimir.
    .remedy = Hay certificados de lo que las reglas elogian, cuando el periodo ha terminado y los resultados son públicos; ábrelo de nuevo desde la lista.
problem-E579 = El registro tiene { $rows } filas; se imprimen como máximo { $most } de una vez.
    .remedy = Elige un periodo más corto o una sola cuadrícula; todo puede llevarse como hoja de cálculo.
print-as-of = A { $day }
print-so-far = Desde el { $first }
print-from-to = Del { $first } al { $last }
print-no-rows = No hay nada que listar.
print-made = Hecho el { $day }
print-count = { $n ->
        [one] { $n } fila
       *[other] { $n } filas
    }
print-column-at = Cuándo
print-column-by = Hecho por
print-column-subject = Sobre
print-column-place = Lugar
print-median-of = Mediana de { $n } personas en { $place }
print-reason = Motivo
print-not-counted = No cuenta según las reglas
print-excused = Con dispensa: sin nota
print-anonymous = Anónimo
print-decision = Decisión
print-change = Cambio de puntos
print-chart = Puntos junto a la mediana
print-own = Puntos propios
print-median = Mediana
print-posts = Puestos
print-summaries = Resumen propio
print-comments = Comentarios de los evaluadores
print-appeals = Recursos
print-no-appeals = No hay recursos.
print-trace = Escanee para seguir cada punto hasta su fundamento
print-certificate = Certificado
prints-title = Imprimir a todos
prints-sub = Todas las evaluaciones de la comunidad a la vez
prints-new = Empezar
prints-new-what = Todas las evaluaciones van a un archivo único y a un zip con un archivo por persona. Mientras tanto puede salir de esta página o hacer una pausa.
prints-start = Imprimir: { $title } ({ $year })
prints-list = Lotes
prints-none = Todavía no se ha impreso nada
prints-none-what = Empiece un lote arriba; aquí se ve cómo avanza.
prints-state-queued = En espera
prints-state-running = Imprimiendo
prints-state-paused = En pausa
prints-state-done = Terminado
prints-state-failed = Detenido
prints-progress = { $done } de { $of } personas impresas
prints-waiting = Empieza en cuanto termine lo que va delante.
prints-counting = Calculando los puntos de todos; después se empieza a imprimir.
prints-joining = Las { $of } personas están impresas; uniendo los archivos.
prints-pause = Pausa
prints-go-on = Continuar
prints-pdf = PDF único
prints-zip = Archivos sueltos (zip)
prints-all = Imprimir a todos
print-report-community = El año de la comunidad en el trabajo de cuadrículas
print-report-street = Comparación de las comunidades
print-report-unfinished = El periodo no ha terminado; así está en ese día.
print-rankings = Clasificaciones
print-compared-scores = Puntuaciones comparadas
print-indicators = Indicadores y objetivos
print-compared-indicators = Indicadores comparados
print-duties = Cumplimiento de las obligaciones
print-duties-all = Todas las obligaciones
print-share-means = Hecho = (cumplidas + tardías) ÷ (cumplidas + tardías + omitidas); lo abierto y lo dispensado no cuenta.
print-grade = Calificación
print-bound-column = Desde
print-bound = { $points } puntos o más
print-quota = plazas: { $n }
print-people = Personas
print-rank = Puesto
print-who = Nombre
print-place = Lugar
print-note = Nota
print-why = Por qué
print-left-out = Sin clasificar
print-average = Media
print-lowest = Mínimo
print-highest = Máximo
print-counted = Cuentan
print-all = De
print-value = Valor
print-target = Objetivo
print-reached-column = Alcanzado
print-reached-yes = ○ alcanzado
print-reached-no = × no alcanzado
print-reached = { $n } de { $all } alcanzan el objetivo
print-of = { $n } de { $all }
print-figures-column = Cifras
print-target-at-least = Objetivo: { $value } o más
print-target-at-most = Objetivo: { $value } como máximo
print-contested = Se reclama
print-figures-more = { $n } filas más no se muestran; { $missed } de ellas no alcanzan el objetivo
print-figures-summed = { $n } filas, que no se muestran una a una: abajo van juntas por periodo
print-figures-absent = { $n } filas sin nada que medir no se muestran
print-owed = Debidas
print-open = Abiertas
print-share = Hecho
print-all-places = Total
print-place-itself = El propio lugar
print-tied = empate: { $n }
print-ranked = { $n } de { $all } tienen puntuación; media { $average }, mediana { $middle }
print-ranked-none = { $all } evaluadas, nadie tiene puntuación todavía
print-lacking = faltan: { $items }
print-asked-present = debe estar en el puesto el { $day }
print-asked-in-post = debe llevar { $length } sin interrupción en el puesto el { $day }
print-in-post = en el puesto: { $spans }
print-made-by = Elaborado por
print-checked-by = Comprobado por
print-report-hashes = El mismo código de control significa las mismas reglas, el mismo registro y las mismas cifras.
print-card-record = Ficha
print-card-tags = Grupos
print-card-masked =
    { $n ->
        [one] Una respuesta no se muestra, según las reglas.
       *[other] { $n } respuestas no se muestran, según las reglas.
    }
print-card-owed = Visitas y servicios
print-card-duty = Qué se debe
print-card-history = Historia
print-card-no-history = Todavía no hay nada registrado.
print-card-what = Qué
print-card-said = Contenido
print-card-gone = Ya no figura en el registro
print-card-until = hasta el { $day }
print-card-more = { $n } registros anteriores están en la aplicación.
print-card-by = Impreso por { $name }. Esta ficha contiene datos personales: guárdela bien y destrúyala tras su uso.
print-card-fact = { $title }: { $answer }
print-card-change = { $title }: { $before } → { $after }
print-certificate-sentence = por su trabajo destacado en { $period }
print-certificate-number = Certificado n.º
prints-report = Informe del año
prints-card = Imprimir la ficha
prints-certificates = Certificados
prints-certificates-none = Todavía no hay certificados
prints-certificates-none-what = Cuando los resultados sean públicos, aquí figura lo que las reglas elogian.
prints-language = Idioma
prints-pdf-one = Imprimir en PDF
print-card-operator = la administración
print-documents = Documentos
