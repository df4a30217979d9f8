# Palabras comunes a todas las páginas. Los años y códigos se pasan como texto: los números se agrupan.
app-name = Gridbook
app-says = Cada hogar atendido, cada tarea cumplida
text-missing = (falta un texto aquí)
language-name-zh = 中文
language-name-zh-Hant = 繁體中文
language-name-en = English
language-name-es = Español

day-today = hoy
day-tomorrow = mañana
day-yesterday = ayer
wait-minutes = { $n ->
    [one] { $n } minuto
   *[other] { $n } minutos
}
wait-hours = { $n ->
    [one] { $n } hora
   *[other] { $n } horas
}

nav-today = Hoy
nav-households = Hogares
nav-record = Anotar
nav-ledger = Libro
nav-score = Puntos
nav-manage = Comunidad
nav-staff = Personal
nav-appraisals = Evaluaciones
nav-rules = Archivos de reglas
nav-accounts = Cuentas
nav-import = Importar
nav-account = Mi cuenta

frame-stays = Sin conexión: esta página se queda. Abra la otra cuando vuelva la conexión.
frame-opening = Abriendo…
frame-old-browser = Este navegador es demasiado antiguo para esta página. Use uno más reciente.
frame-no-script = Esta página necesita JavaScript. Permítalo en el navegador y vuelva a cargarla.
frame-skip = Ir al contenido
frame-navigation = Navegación principal
frame-posts = Cambiar de puesto
frame-language = Idioma
frame-theme = Claro u oscuro
frame-logout = Cerrar sesión
theme-auto = Según el sistema
theme-light = Claro
theme-dark = Oscuro

action-back = Volver
action-close = Cerrar
action-home = Ir al inicio
action-retry = Reintentar
action-copy = Copiar

connection-lost = Se perdió la conexión
connection-trying = Reconectando; lo que ha escrito sigue ahí.
connection-too-long = Demasiado largo
connection-too-long-what = Es demasiado de una vez. Envíelo por partes.

state-met = Cumplida
state-due = Pendiente
state-overdue = Atrasada
state-late = Hecha tarde
state-missed = No cumplida
state-waived = Exenta
state-upcoming = Aún no toca
state-undecided = Sin decidir
state-held = En pausa
state-with-fact = { $state } { $fact }

sync-synced = Sincronizado { $time }
sync-on-phone = En este dispositivo { $time }
sync-draft = Borrador guardado { $time }
sync-waiting = { $n ->
    [one] { $n } anotación por subir
   *[other] { $n } anotaciones por subir
}
sync-queued = En este dispositivo desde las { $time }, sin enviar
sync-nowhere = Sin guardar: no hay conexión y este navegador no guarda nada (¿ventana privada?). Deje abierta esta página
sync-full = Sin guardar: no hay conexión y el dispositivo está lleno. Libere espacio; deje abierta esta página
keeper-waiting = En este dispositivo, se enviará en cuanto haya conexión: { $n }
keeper-refused = Un registro no fue aceptado; ábralo y corríjalo
keeper-locked = Vuelva a iniciar sesión; lo pendiente se enviará entonces
keeper-leave = No se ha enviado todo lo que rellenó. Si sale ahora se pierde. ¿Salir de todos modos?
keeper-file = Archivos en este teléfono: { $n }. Se envían al volver la conexión
keeper-nofile = Sin conexión: ahora no se pueden añadir archivos aquí
keeper-filefull = Archivos sin guardar, el dispositivo está lleno: { $n }. Libere espacio o añádalos cuando haya conexión
keeper-stray = Archivos que ninguna pregunta de este formulario admite: { $n }. Al entregar ya no se conservan. ¿Entregar de todos modos?
keeper-open = Abrir
sync-failed = No se subió; reintente

loading = Obteniendo los datos…
reason-clause = La cláusula
reason-rule = La regla que la aplica
reason-figures = Cifras usadas
reason-arithmetic = Cómo se calculó
reason-entries = Anotaciones que cuentan
because-of = Porque eligió «{ $answer }»
optional = opcional
filter-remove = Quitar el filtro: { $name }
count-items = { $n ->
    [one] { $n } tarea
   *[other] { $n } tareas
}
count-told = { $what }: { $n }
sensitive-hidden = { $n ->
    [one] { $n } dato sensible
   *[other] { $n } datos sensibles
}

error-number = Número { $number }
error-no-post-title = Hoy no ocupa ningún puesto
error-no-post-what = Sus datos son correctos, pero hoy no ocupa ningún puesto: todavía no ha empezado o ya ha terminado. Vuelva el día en que empiece; si algo no cuadra, hable con la administración de la comunidad.
error-no-post-other = Entrar con otra cuenta
error-denied-title = No tiene este permiso
error-denied-what = Esta página es solo para ciertos puestos. Si la necesita, hable con la administración de la comunidad; si tiene varios puestos, cambie de puesto e inténtelo otra vez.
error-forbidden-title = No se puede abrir así
error-forbidden-what = Empiece desde la página de inicio.
error-not-found-title = Esta página no existe
error-not-found-what = Puede que la dirección tenga un error o que la página se haya movido.
error-absent-title = No se ha encontrado
error-absent-what = Este registro ya no está o no corresponde a su puesto. Elíjalo de nuevo en la lista.
error-stale-title = Esta página llevaba demasiado tiempo abierta
error-stale-what = Por seguridad, vuelva atrás, recargue la página y envíela otra vez. El navegador debe permitir las cookies de este sitio.
error-origin-title = La petición no vino de este sitio
error-origin-what = Por seguridad no se atendió. Use las páginas de este sitio; detrás de un proxy, la administración debe definir GRIDBOOK_PUBLIC_URL.
error-too-large-title = Demasiado grande
error-too-large-what = Lo enviado supera el límite y no se guardó. Envíelo por partes o reduzca las fotos.
error-other-title = Este paso no se completó
error-other-what = Vuelva al inicio e inténtelo otra vez.
error-problem-title = Hay algo que corregir
error-problem-what = Corrija lo que se indica abajo e inténtelo otra vez.
error-fault-title = Algo salió mal
error-fault-what = El último paso no se completó; lo guardado antes sigue ahí. Inténtelo otra vez y, si vuelve a fallar, dé el número a la administración.

problem-unknown = Hay algo mal ({ $code }).
    .remedy = Dé este código a la administración.
problem-suggestion = ¿Quiso decir «{ $suggestion }»?
