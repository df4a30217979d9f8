# Registros: a una fecha, cambios, duplicados, lo que hay que completar
register-as-of-now = A día de hoy
register-as-of = Al final del { $day }
register-as-known = según lo anotado hasta el { $day }
register-on = El registro del día
register-known = Según lo anotado hasta el día
register-look = Ver
register-now = Volver a hoy
register-known-what = La primera fecha es cuándo ocurrió, la segunda cuándo se anotó. Cualquiera puede quedar vacía.
register-who = Parte del registro
register-who-present = Inscritos
register-who-came = 
    { $moves ->
        [yes] Entraron este mes
       *[no] Altas de este mes
    }
register-who-left = 
    { $moves ->
        [yes] Salieron este mes
       *[no] Bajas de este mes
    }
register-who-gone = 
    { $moves ->
        [yes] Ya no están
       *[no] De baja
    }
register-since = desde el { $day }
register-until = hasta el { $day }
register-aliases =
    { $n ->
        [one] Otra ficha se unió a esta
       *[other] Otras { $n } fichas se unieron a esta
    }
register-links =
    { $n ->
        [one] 1 ficha
       *[other] { $n } fichas
    }
register-change = Cambios
register-hidden-change = Ha cambiado; su puesto no ve qué
register-out = 
    { $moves ->
        [yes] Se ha ido
       *[no] Dar de baja
    }
register-out-what = 
    { $moves ->
        [yes] ¿Desde cuándo se fue?
       *[no] ¿Desde cuándo está de baja?
    }
register-out-how = Desde ese día deja el registro y no vence nada más. Lo anotado se conserva.
register-out-on = 
    { $moves ->
        [yes] Se fue el
       *[no] De baja desde
    }
register-out-do = 
    { $moves ->
        [yes] Anotar la salida
       *[no] Anotar la baja
    }
register-back = 
    { $moves ->
        [yes] Ha vuelto
       *[no] De nuevo de alta
    }
register-back-what = 
    { $moves ->
        [yes] ¿Desde cuándo ha vuelto?
       *[no] ¿Desde cuándo está de alta?
    }
register-back-how = Sigue la misma ficha; desde ese día vuelve a estar en el registro.
register-back-on = 
    { $moves ->
        [yes] Volvió el
       *[no] De alta desde
    }
register-back-do = 
    { $moves ->
        [yes] Anotar la entrada
       *[no] Anotar el alta
    }
register-transfer = Pasar a otra cuadrícula
register-transfer-what = ¿A cuál?
register-transfer-how = Las visitas hechas siguen siendo de quien las hizo; lo pendiente pasa a la nueva cuadrícula.
register-transfer-on = Pasa el
register-transfer-do = Anotar el cambio
register-merge = Unir un duplicado
register-merge-what = ¿Qué ficha es la misma?
register-merge-how = Las dos fueron siempre una. Registros, deberes y referencias pasan a la ficha que se conserva; se puede deshacer siempre.
register-merge-do = Unir
register-merge-follows =
    { $n ->
        [one] 1 registro pasa a la ficha que se conserva.
       *[other] { $n } registros pasan a la ficha que se conserva.
    }
register-split = Dividir en dos
register-split-what = ¿Qué se separa?
register-split-how = Se crea una ficha nueva con los registros marcados; lo demás se queda. Se puede deshacer siempre.
register-split-on = La ficha nueva empieza el
register-split-do = Dividir
register-split-follows =
    { $n ->
        [one] 1 registro pasa a la ficha nueva.
       *[other] { $n } registros pasan a la ficha nueva.
    }
register-place = Cuadrícula
register-other = Ficha que se absorbe
register-along = Fichas que cambian también
register-entries-taken = { $n } de { $of } elegidos
register-entries = Registros que pasan a la ficha nueva
register-reason = Motivo
register-leave = Dejarlo como está
register-preview = Ver el resultado
register-planned = Se anotará
register-planned-n =
    { $n ->
        [one] 1 registro
       *[other] { $n } registros
    }
register-undoable = Se puede deshacer: también eso es un registro, y después todo queda como estaba.
register-owed-before = Pendiente ahora
register-owed-after = Pendiente después
register-mend-first = Corrija primero «{ $whom }»
register-owed-none = Nada pendiente
register-owed-none-before = Ahora no hay nada que hacer.
register-owed-none-after = Después no habrá nada que hacer.
register-owner = a cargo de { $who }
register-owner-none = nadie ocupa el puesto
register-undo = Deshacer este cambio
act-came = Anotada
act-back = 
    { $moves ->
        [yes] Ha vuelto
       *[no] De nuevo de alta
    }
act-changed = Cambios
act-moved = Pasa a otra cuadrícula
act-confirmed = Revisada sin cambios
act-left = 
    { $moves ->
        [yes] Se ha ido
       *[no] Baja
    }
act-merged = Unida con «{ $other }»
act-split = Dividida: «{ $other }»
act-distinct = No es la misma que «{ $other }»
duplicates-open = Duplicados
duplicates-title = Posibles duplicados
duplicates-n =
    { $n ->
        [one] 1 par
       *[other] { $n } pares
    }
duplicates-none = No hay duplicados
duplicates-none-what = Según lo declarado, no hay dos fichas iguales.
duplicates-merge = Es la misma: unir
duplicates-apart = No es la misma
duplicates-told = Anotado: no son la misma y no se propondrán más.
duplicates-alike = { $one } ≈ { $other }
duplicates-shared = Muchas dicen lo mismo
duplicates-shared-what = Tantas fichas lo comparten que no dice nada; quizá es un número de todos.
duplicates-records =
    { $n ->
        [one] 1 ficha
       *[other] { $n } fichas
    }
mend-open = Por completar
mend-title = Lo que hay que completar
mend-shares = Completo y al día
mend-records =
    { $n ->
        [one] 1 ficha
       *[other] { $n } fichas
    }
mend-known = completo { $share }
mend-fresh = al día { $share }
mend-list = Fichas por completar
mend-n =
    { $n ->
        [one] 1 ficha
       *[other] { $n } fichas
    }
mend-none = Todo está bien
mend-none-what = No falta nada ni hay nada que revisar.
mend-no-rules = Nada que completar en este registro
mend-no-rules-what = El reglamento no dice qué debe saberse aquí ni cada cuánto se confirma. Para decirlo, dé una calidad a su formulario en el taller.
mend-open-fields = Falta: { $fields }
mend-stale = Hay que revisarla; confirmada por última vez el { $day }
mend-do = Completar
problem-E750 = Estas dos fichas ya son la misma.
    .remedy = Elija otra ficha.
problem-E751 = Ahora no se puede hacer este cambio en la ficha.
    .remedy = Compruebe si ya salió o si ya está, y si eligió otra cuadrícula; al dividir, si la ficha nueva tiene nombre propio, o fichas y registros que pasan a ella.
register-column-plate = Puerta
register-column-name = Nombre y deber
register-column-time = En el registro
register-column-due = Pendiente
mend-left = En una cuadrícula que ya no existe
mend-left-what = La cuadrícula terminó, las fichas siguen en ella y nadie las atiende. Elija adónde van y trasládelas juntas.
mend-left-row = { $n } { $n ->
        [one] ficha
       *[other] fichas
    } · terminó el { $day }
mend-left-do = Trasladarlas juntas
subjects-left = { $n ->
        [one] Una ficha está
       *[other] { $n } fichas están
    } en una cuadrícula que terminó; nadie las atiende.
moves-title = Trasladar muchas a otra cuadrícula
moves-what = ¿De dónde y adónde?
moves-how = Las visitas hechas cuentan para quien las hizo; lo pendiente lo asume la cuadrícula nueva. Cada ficha recibe su propio registro.
moves-from = De qué cuadrícula
moves-from-one = { $place } ({ $n })
moves-from-ended = { $place } ({ $n }, terminada)
moves-on-hint = Si la cuadrícula terminó, el día en que terminó: así no falta ningún día.
moves-to = A qué cuadrícula
moves-which = Qué fichas
moves-picked = { $n } de { $of } elegidas
moves-group = { $group } ({ $n })
moves-open = Una por una
moves-open-page = Trasladar muchas
moves-others = Otras
moves-all = Todas
moves-none = Ninguna
moves-empty = Aquí no hay nada que trasladar
moves-empty-what = Elija otra cuadrícula o vuelva al registro.
moves-back = Volver al registro
moves-moving = Se trasladan { $n } de las { $of } elegidas
moves-along = Van con ellas desde la misma cuadrícula: { $what }
moves-many = { $what } { $n }
moves-refused = { $n ->
        [one] Una no se puede trasladar y se queda
       *[other] { $n } no se pueden trasladar y se quedan
    } donde { $n ->
        [one] está
       *[other] están
    }
moves-more = y { $n } más
moves-undoable = Todo se puede deshacer durante un minuto; después, cada ficha se puede retirar en su página.
moves-do = Trasladar { $n }
moves-working = Registrando, espere…
moves-moved = { $n ->
        [one] Una trasladada
       *[other] { $n } trasladadas
    }; se puede deshacer durante un minuto.
problem-E752 = Esta ficha se cambió el { $day } o después; una fecha anterior ya no la cambia.
    .remedy = Elija el { $day } o un día posterior; si el cambio posterior es erróneo, retírelo antes.
