# Por qué las tablas de un caso tienen lo que tienen, paso a paso
trace-definition = Por qué: { $id }
trace-clause = Por qué: { $id } ({ $doc }, { $ref })
trace-row = { $table } tiene { $values }
trace-no-rows = { $table } no tiene tal fila
trace-more = … y { $count } más
trace-line = línea { $line }: { $points } puntos
trace-no-lines = ninguna línea dio ni quitó puntos
trace-part = parte { $part }: { $count ->
        [one] { $count } fila
       *[other] { $count } filas
    }
trace-figure = { $path } es { $value }
trace-figure-since = { $path } es { $value } desde { $since }
trace-entry = contó: el registro { $id } de { $form }, { $at }
trace-counted = contó: { $what }
trace-none-counted = no contó nada
trace-looked-for = no contó nada; se buscaba { $what }
trace-applies = { $rule } se aplica a { $row }
trace-refused = { $rule } no se aplica a { $row }
trace-never-asked = { $table }: no había ninguna fila a la que pudiera aplicarse
trace-condition = { $condition }: { $truth }
trace-condition-value = { $condition }: { $truth } (el valor es { $value })
trace-is-true = sí
trace-is-false = no
trace-is-unknown = desconocido
trace-is-na = no procede
