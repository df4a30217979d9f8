# Problemas de los archivos declarados; docs/errors.md tiene un ejemplo de cada uno
problem-E101 =
    { $reason ->
        [form] «{ $name }» no sirve de identificador: solo minúsculas ASCII, cifras y guiones bajos, empezando por una letra.
        [reserved] «{ $name }» es una palabra propia del lenguaje.
        [column] Toda anotación tiene ya una columna «{ $name }»; un campo no puede llamarse así.
        [question] Dos preguntas se llaman «{ $name }»; cada una necesita su propio nombre.
        [has_column] Estas filas ya tienen una columna «{ $name }».
        [file] El identificador «{ $name }» no es el nombre del archivo, «{ $wanted }».
        [twice] El identificador «{ $name }» ya está en { $first }.
        [taken] Ya existe el lugar «{ $name }».
        [described] «{ $name }» ya lo describe el formulario { $first }; un sujeto tiene un solo formulario.
        [level] «{ $name }» es un nivel de lugares; ningún formulario puede describirlo.
       *[other] El identificador «{ $name }» no sirve.
    }
    .remedy = Elija otro identificador. El archivo lleva el mismo nombre y no puede repetirse.
problem-E102 =
    { $reason ->
        [key] Aquí no hay ninguna clave «{ $what }».
        [no_word] «{ $what }» no es una palabra de las condiciones.
        [kind] «{ $what }» no es un tipo de definición.
        [word] «{ $what }» no es una de las palabras admitidas aquí.
        [table] No hay ninguna tabla «{ $what }» (formulario, deber, indicador, regla u hoja).
        [each] «{ $what }» no es un sujeto, un nivel de lugares ni una tabla.
        [role] No hay ningún puesto «{ $what }».
        [column] Estas filas no tienen la columna «{ $what }».
        [no_column] Estas filas no tienen la columna «{ $what }».
        [no_function] No existe la función «{ $what }».
        [not_a_choice] «{ $what }» no es una de las opciones.
        [choice] «{ $what }» no es una de las opciones.
        [field] El formulario no tiene el campo «{ $what }».
        [field_type] No existe el tipo de campo «{ $what }».
        [subject] «{ $what }» no es nada a lo que pueda hacerse referencia.
        [described] Ningún formulario describe «{ $what }».
        [form] No hay ningún formulario «{ $what }».
        [spacing] «{ $what }» no es una periodicidad.
        [level] No existe el nivel «{ $what }».
        [place] No hay archivo del lugar «{ $what }».
        [calendar] No hay ningún calendario «{ $what }».
        [zone] «{ $what }» no es el nombre de una zona horaria.
        [holidays] Ningún complemento conoce los festivos de «{ $what }».
        [permission] No existe el permiso «{ $what }».
        [definition] No hay ninguna definición «{ $what }».
        [item] Ningún inventario tiene un punto propio «{ $what }».
        [item_kind] No hay ningún tipo de punto «{ $what }».
        [grade] No existe la calificación «{ $what }».
        [duty] No existe el deber «{ $what }».
        [membership] «{ $what }» no es half, any, all, at_start, at_end ni una duración.
        [state] No hay ningún estado «{ $what }».
        [no_unit] «{ $what }» no es una unidad de tiempo admitida aquí.
        [method] No hay ningún método «{ $what }».
        [check] No existe la comprobación «{ $what }».
        [option] El método no tiene la opción «{ $what }».
        [aggregate] No hay ningún agregado «{ $what }».
        [counting] No hay ninguna manera de contar «{ $what }».
        [windows] No hay ninguna manera «{ $what }» de formar las ventanas.
        [plugin] No hay ningún complemento «{ $what }».
        [setting] El complemento no tiene el ajuste «{ $what }».
        [template] No hay ninguna plantilla de impresión llamada «{ $what }».
       *[other] «{ $what }» no se conoce.
    }
    .remedy = Revise la ortografía o declárelo antes.
problem-E103 =
    { $reason ->
        [currencies] { $what }: no se pueden mezclar dos monedas.
        [list_compared] { $what }: una columna de varias respuestas pide has, has_any o filled.
        [not_ordered] { $what }: esta columna no tiene orden y no puede compararse así.
        [different_types] { $what }: los dos lados son de tipos distintos.
        [different_references] { $what }: los dos lados se refieren a cosas distintas.
        [wrong_number_of_arguments] { $what }: número de argumentos incorrecto.
        [too_big] { $what }: el número es demasiado grande.
        [too_long] { $what }: el texto es demasiado largo.
        [not_an_integer] { $what } pide un número entero.
        [negative] { $what } no puede ser menor que 0.
        [not_a_number] { $what } pide un número, como 3, 0.5, 1/2 o 50%.
        [number_wanted] { $what } pide un número.
        [integer_wanted] { $what } pide un número entero.
        [money_wanted] { $what } pide un importe.
        [not_a_boolean] { $what } pide true o false.
        [boolean_wanted] { $what } pide una condición (verdadero o falso).
        [not_a_date] { $what } pide un día, como 2025-03-17.
        [date_wanted] { $what } pide un día.
        [not_a_time] { $what } pide una hora, como 09:30.
        [not_an_instant] { $what } pide un instante, como 2025-03-17T09:30.
        [instant_wanted] { $what } pide un instante.
        [ends_before] { $what } tiene que ser posterior a from: terminaría antes de empezar.
        [not_a_length] { $what } pide una duración, como 30 minutes o 5 working_days.
        [only_a_limit] { $what } no puede ser en horas o minutos de trabajo: solo los plazos.
        [pairs_of_times] { $what } pide dos horas del día por tramo de trabajo, en orden y sin solaparse.
        [no_hours] { $what } cuenta tiempo de trabajo y el calendario no indica las horas (hours).
        [not_a_period] { $what } pide un periodo, como 2025-Q3.
        [item] { $what } pide el número de una cláusula: aquí está vacío.
        [text] { $what } pide un texto.
        [link] { $what } admite la dirección de una página, con http:// o https:// al principio.
        [text_wanted] { $what } pide un texto.
        [mapping] { $what } pide una lista de claves con valores.
        [list] { $what } pide una lista.
        [list_wanted] { $what } pide una lista.
        [condition] { $what } pide una condición: columnas con valores, o una expresión.
        [pair] { $what } pide dos valores.
        [pair_of_days] { $what } pide dos días por ventana, en orden.
        [dated] { $what } pide valores por fecha.
        [register] { $what }: solo un formulario con describes tiene un registro.
        [compared] { $what }: solo se comparan textos, fechas, opciones únicas, números enteros y referencias.
        [text_field] { $what }: solo los textos pueden ser casi iguales.
        [date_field] { $what } pide un campo de tipo date o datetime.
        [in_rows] Las filas no pueden contener secciones ni otras filas ({ $what }).
        [not_here] Un campo de este tipo no admite { $what }.
        [one_total] El total «{ $what }» lleva una sola palabra: count, sum, average, min, max o distinct.
        [not_added_up] «{ $what }» no es una columna que se pueda totalizar así.
        [bounds] { $what }: el máximo no puede ser menor que el mínimo ni que 1.
        [span_form] { $what } pide un formulario con intervalo (span).
        [another_post] Un puesto no puede suplirse a sí mismo: indique otro.
        [field_of_check] La comprobación no mira un campo como { $what }.
        [moments_wanted] within de { $what } pide filas que tengan un momento.
        [within_of_aggregates] within es para lo que se cuenta o suma; { $what } usa back.
        [limit_of_matter] Ningún asunto ni paso de este procedimiento inicia el plazo { $what }.
        [spacing] { $what } pide una periodicidad.
        [events] { $what } pide sucesos que lo inicien: for_each debe nombrar un formulario o una tabla.
        [every_or_within] { $what } pide uno de every, within y series.
        [choice] { $what } pide una columna de tipo choice.
        [one_aggregate] { $what } pide un solo agregado.
        [one_of_form_and_table] { $what } pide form o table, uno de los dos.
        [days] { $what } pide una duración en días que no cambie con la fecha.
        [id] { $what } pide un identificador: minúsculas ASCII, cifras y guiones bajos.
        [shape] { $what } se escribe de otra forma: vea en el lenguaje si pide un valor, una lista o claves con valores.
        [not_a_choice] { $what } pide una de las opciones.
        [not_a_span] { $what } pide dos instantes, primero el anterior.
        [not_comparable] { $what }: una foto o algo similar no puede compararse; solo cabe filled.
        [number_as_float] { $what }: escriba el número decimal como texto, "0.5", para que sea exacto.
        [object_wanted] { $what } pide claves con valores, y un texto no puede decirlas.
        [no_offset] { $what } necesita su desfase horario, como 2025-03-17T09:30+08:00.
        [zero_denominator] { $what }: no se puede dividir por cero.
        [constant_over_zero_wanted] { $what }: el segundo argumento de round es una constante mayor que cero.
        [unit_wanted] { $what }: aquí va una unidad de tiempo, como days, months o years.
        [places] { $what }: cuántos es una parte menor que 100% (20%) o un número entero desde 1; con 100% nadie queda fuera.
        [part_of_period] { $what }: una parte de un periodo se escribe H1, Q3, 03 o W07.
        [rolled_up] { $what }: solo se agregan cifras de otro indicador, y conservan su medida.
        [pooled] { $what }: solo se reúnen proporciones, tasas, promedios, recuentos y sumas.
        [text_or_number_wanted] { $what }: hash pide textos, números, referencias y días.
        [one_step] { $what }: un paso hace una sola cosa; escriba dos pasos.
        [moment_table] { $what } pide filas con un instante: una columna at, o start y end.
        [span_wanted] { $what } pide filas con principio y fin.
        [spans_wanted] { $what } pide un periodo o intervalos de tiempo.
        [time_wanted] { $what } pide una hora.
        [length_wanted] { $what } pide una duración.
        [period_wanted] { $what } pide un periodo.
        [choice_wanted] { $what } pide una columna de tipo choice o una de sus opciones.
        [choices_wanted] { $what } pide una columna de tipo choices.
        [ref_wanted] { $what } pide una columna que haga referencia a algo.
        [ref_wanted] { $what } pide una columna que haga referencia a alguien o a algo.
        [refs_wanted] { $what } pide una columna que haga referencia a varias cosas.
        [data_wanted] { $what }: ninguna expresión da un valor de este tipo de campo.
        [windows_or_starts] { $what } pide windows o starts, uno de los dos.
        [month] { $what } pide un mes del 1 al 12.
        [suffix] { $what } pide mayúsculas, distintas de las de cualquier otro año del calendario.
        [times_from] { $what }: from debe ser anterior a la primera hora de times_of_day.
        [pause_parts] { $what }: una pausa tiene from y until, o during.
        [countable] { $what } pide minutos, horas, minutos u horas de trabajo, días, días hábiles o semanas.
        [column_or_by] { $what } pide column o by, uno de los dos.
        [series] { $what } pide desplazamientos de una sola unidad, ninguno menor que cero.
        [quorum] { $what } pide at_least o share; share es una parte de quienes ocupan role.
        [share] { $what } pide una parte mayor que cero y no mayor que 100%.
        [among] { $what } pide obligaciones con uses: once que no sean rolling, y esta entre ellas: { $what } no lo es.
        [at_least_or_share] { $what } pide at_least o share, uno de los dos.
        [only_deadlines] { $what } es para obligaciones que inicia un suceso.
        [prorate] { $what } es para ventanas de las que se puede ser miembro en parte.
        [rolling] { $what } mira un registro cada vez: no admite times, pesos, together, of_which, prorate ni uses: once.
        [starts_link] { $what } necesita saber qué sucesos van juntos: un formulario con about, o link.
        [comparable] { $what } compara periodicidades entre sí o plazos entre sí, en unidades que todo calendario tiene.
       *[other] { $what }: un valor de tipo incorrecto.
    }
    .remedy = Escríbalo en la forma pedida.
problem-E104 =
    { $reason ->
        [syntax] Desde aquí no es YAML válido.
        [tab] Esta línea tiene un tabulador.
        [character] YAML no admite este carácter.
        [encoding] El archivo no está en UTF-8.
        [size] El archivo es demasiado grande: como máximo { $limit } caracteres.
        [depth] Demasiados niveles: como máximo { $limit }.
        [empty] El archivo está vacío.
        [documents] Un archivo contiene varios documentos (---).
        [tag] No se admite la etiqueta «{ $name }».
        [anchor] No se admite el ancla «&{ $name }».
        [alias] No se admite el alias «*{ $name }».
        [duplicate] «{ $name }» aparece dos veces, la primera en la línea { $first }.
        [key] Una clave debe ser un texto.
        [unquoted] Una expresión entre llaves no lleva comillas y la coma la parte.
       *[other] El archivo no se puede leer.
    }
    .remedy =
    { $reason ->
            [tab] Use espacios.
            [encoding] Guárdelo en UTF-8.
            [documents] Ponga cada concepto en su propio archivo.
            [unquoted] Ponga la expresión entre comillas.
            [duplicate] Elimine una de las dos.
            [empty] Escriba algo o borre el archivo.
            [tag] Si es un texto, póngalo entre comillas.
            [anchor] Escriba el contenido completo; si es un texto, entre comillas.
            [alias] Escriba el contenido completo; si es un texto, entre comillas.
           *[other] Revise la sangría, los dos puntos y las comillas.
        }
problem-E105 =
    { $reason ->
        [empty] Falta una expresión.
        [too_long] La expresión es demasiado larga: como máximo { $what } caracteres.
        [too_many_nodes] La expresión es demasiado compleja: como máximo { $what } partes.
        [too_deep] La expresión anida demasiado: como máximo { $what } niveles.
        [too_big] El número { $what } es demasiado grande.
        [unterminated] Falta cerrar la comilla { $what }.
        [ternary] No se puede elegir con «{ $what }».
        [list] Una expresión no puede contener listas.
        [map] Una expresión no puede contener llaves.
        [method] «{ $what }» no puede llamarse así.
        [full_width] «{ $what }» es un signo de ancho completo.
        [incomplete] La expresión está incompleta.
        [no_value] Falta un valor después de «{ $what }».
        [empty_list] La lista está vacía.
        [list_wanted] «{ $what }» pide una lista.
        [condition_wanted] Aquí va una condición.
        [value_wanted] «{ $what }» pide un valor.
        [one_of_wanted] Varios valores piden one_of.
        [boolean_wanted] «{ $what }» pide true o false.
        [unexpected] «{ $what }» no puede estar aquí en una expresión.
       *[other] «{ $what }» no encaja en esta expresión.
    }
    .remedy = Vea el lenguaje: columnas, comparaciones, &&, ||, ! y la lista cerrada de funciones.
problem-E106 = Falta «{ $name }».
    .remedy = Añada { $name }:.
problem-E107 = Esta versión aún no puede ejecutar «{ $what }».
    .remedy = Quítelo o dígalo de otro modo.
problem-E108 = No se puede escribir { $what }.
    .remedy = Revise los permisos de la carpeta y el espacio libre.
problem-E110 = Las definiciones forman un círculo: { $what }.
    .remedy = Haga que una deje de leer el resultado de la otra.
problem-E111 =
    { $reason ->
        [many] Las filas de { $table } podrían corresponder a { $wanted } por varias columnas: { $candidates }.
        [link] { $link } se refiere a { $to }, y aquí las filas de { $table } deben corresponder a { $wanted }.
       *[none] Las filas de { $table } no tienen ninguna columna que se refiera a { $wanted }.
    }
    .remedy = Indíquelo con link: y una columna que se refiera a ello; lo que se cuenta de otra clase de sujeto es una table con tally.
problem-E112 =
    { $reason ->
        [aggregate] { $what } tendría que elegir entre varias filas.
       *[to_many] { $what } pasa por una columna de varios valores.
    }
    .remedy = Cuéntelos o súmelos: en facts, en un indicador, o con un agregado como count, sum(x) o last(x).
problem-E113 =
    { $reason ->
        [undecided] { $what } no dice qué pasa con las filas de las que no se sabe si cuentan.
       *[empty] { $what } no dice qué significa que no haya datos.
    }
    .remedy =
    { $reason ->
            [undecided] Añada undecided: leave_out, count_in o hold.
           *[empty] Añada empty: not_applicable o unknown.
        }
problem-E114 =
    { $reason ->
        [running] { $what } suma desde siempre.
       *[back] { $what } mira atrás sin fin.
    }
    .remedy =
    { $reason ->
            [running] Diga con since: year (o month, week, …) cuándo empieza de nuevo.
           *[back] Diga hasta dónde: every vuelve a empezar la cuenta, back dice cuántas ventanas anteriores cuentan.
        }
problem-E120 = Los pesos de { $what } suman { $sum }, no 100%.
    .remedy = Cambie los pesos de las partes.
problem-E121 = { $what }: sus apartados suman { $sum }, pero su máximo es { $max }.
    .remedy = Cambie el máximo de los apartados o el total.
problem-E122 =
    { $reason ->
        [no_last] { $what }: la última fila recoge el resto y no lleva límite.
       *[order] { $what }: los límites están desordenados.
    }
    .remedy = Calificaciones de mayor a menor, tramos de menor a mayor, el último sin límite.
problem-E123 = La opción «{ $what }» no tiene puntos.
    .remedy = Añádala en gives; puede ser 0.
problem-E125 =
    { $reason ->
        [equal] La regla «{ $what }» del mismo grupo está a la misma altura que esta.
        [duty] El deber «{ $what }» no corre por cada constatación de esta regla.
       *[unlike] La regla «{ $what }» del mismo grupo juzga otras filas o elige de otro modo.
    }
    .remedy =
        { $reason ->
            [equal] Dé a cada regla del grupo su propio `order` (first) o `level` (strictest).
            [duty] Escriba esta regla como `for_each` del deber.
           *[unlike] Dé a todas las reglas de un grupo el mismo `for_each`, `every` y `hit`.
        }
problem-E126 = Una cartera necesita puntos registro a registro y de todo el tiempo: «{ $what }» no los da así.
    .remedy = Deje en la hoja de la cartera solo líneas sobre registros (o tablas de registros), con at_most y max; lo demás, en otra hoja. Los registros de deberes, hallazgos y ventanas cuentan desde un primer día: indíquelo como in_force.from de la hoja.
problem-E127 = { $what }: esta opción no encaja con las demás, o no es lo que toma el método.
    .remedy = Mire en docs/plugins.md (o en la página del complemento) qué toma el método.
problem-E131 =
    { $reason ->
        [no_path] No existe la ruta «{ $what }».
        [no_reason] El cambio de «{ $what }» no lleva motivo.
        [closed] El nivel superior no abre «{ $what }».
        [outside] El nuevo valor de «{ $what }» sale de lo que permite el nivel superior ({ $free }).
        [no_value] El cambio de «{ $what }» no lleva valor nuevo.
        [widened] Los límites de «{ $what }» pueden estrecharse, nunca ampliarse.
        [no_gain] No se puede añadir nada en «{ $what }»: un formulario gana campos, opciones y puestos que lo rellenan.
        [there] «{ $what }» ya existe.
        [no_file] adds nombra «{ $what }», donde no hay ningún archivo.
        [restated] «{ $what }» lo decidió el lugar superior y no se puede reescribir; cámbielo dentro de lo permitido con overlay.yaml.
        [lost] El formulario no puede perder «{ $what }».
       *[other] «{ $what }» no puede cambiarse así.
    }
    .remedy =
        { $reason ->
            [no_path] Compruebe la ruta; donde una comunidad no la tiene, el cambio no puede subir.
            [lost] Consérvelo: el título puede cambiar, el identificador no. Lo necesitan las reglas del nivel superior y otras cifras.
            [outside] Elija un valor dentro de lo permitido, o pida antes al nivel superior que lo amplíe.
            [closed] Esto lo decide el nivel superior; pida antes que lo abra.
           *[other] Vea open en el archivo superior y dé el motivo con why.
        }
problem-E132 =
    { $reason ->
        [overlap] «{ $what }» rige al mismo tiempo que la versión anterior.
        [about] «{ $what }» trata de algo distinto que la primera versión.
        [measure] «{ $what }» mide de otra manera que la primera versión.
        [unit] «{ $what }» tiene otra unidad que la primera versión.
        [goes_on] «{ $what }» no puede continuar las versiones anteriores.
        [order] Los casos de «{ $what }» están en otro orden que en la versión anterior.
       *[timeless] Las filas de «{ $what }» no tienen fecha: no se puede elegir la versión por día.
    }
    .remedy =
        { $reason ->
            [overlap] En in_force, escriba until en la versión anterior y el mismo día como from en la siguiente.
            [order] Mantenga el orden de los casos comunes; si cambia el orden mismo, declare otra definición.
            [goes_on] goes_on es para una versión posterior. Una regla debe juzgar las mismas filas y las versiones anteriores deben contar el mismo hecho por las mismas columnas; de un deber con plazos móviles solo puede cambiar every.
            [about] Escriba el mismo for_each (o per) en todas las versiones, o declare otra definición.
            [measure] Escriba la misma measure en todas las versiones, o declare otro indicador.
            [unit] Escriba la misma unit en todas las versiones, o declare otra hoja.
           *[timeless] Parta de una tabla que tenga la columna at o start.
        }
problem-E133 = «{ $what }» viene del complemento «{ $plugin }», que aquí está apagado.
    .remedy = Enciéndalo en Complementos, en el taller; en archivos, escriba «{ $plugin }» bajo plugins en config/plugins.yaml o en plugins.yaml en la carpeta del lugar.
problem-E134 =
    { $reason ->
        [there] { $what }: «{ $name }» es otra pregunta del mismo formulario.
        [twice] { $what }: otra pregunta ya continúa «{ $name }».
        [taken] { $what }: «{ $name }» era el nombre de una pregunta que ahora tiene otro; las respuestas anteriores son de esa.
        [retyped] { $what }: en la versión anterior era del tipo { $name }, y no todas sus respuestas lo son de este.
        [order] { $what }: sus opciones están en otro orden que en la versión anterior, y se comparan por él.
       *[shape] { $what }: nombra otra pregunta que la primera versión; las filas no forman una sola tabla.
    }
    .remedy =
        { $reason ->
            [retyped] Dé a la pregunta nueva un nombre propio, sin was; las respuestas anteriores quedan con el nombre antiguo.
            [order] Mantenga el orden de las opciones comunes, o dé a la pregunta nueva un nombre propio.
            [shape] Nombre la misma pregunta en todas las versiones; la que cambia de nombre continúa con was.
           *[other] Dé a la pregunta nueva un nombre que ninguna haya tenido antes.
        }
problem-E135 = «{ $what }» es para que lo mire una persona: ninguna regla, indicador, ficha ni evaluación puede leerlo.
    .remedy = Indique aquí otra tabla; lo señalado lo revisa alguien en su página.
problem-E137 =
    { $reason ->
        [unclosed] La plantilla de impresión no se entiende: «{ $what }» no se cierra con end{ $what }.
        [end] La plantilla de impresión no se entiende: termina a medias; busque si falta {"}}"}, {"%}"} o {"#}"}.
        [tag] La plantilla de impresión no se entiende: no existe la etiqueta «{ $what }», o no va aquí.
        [filter] La plantilla de impresión no se entiende: no existe el filtro «{ $what }».
        [test] La plantilla de impresión no se entiende: no existe la prueba «{ $what }».
        [twice] La plantilla de impresión no se entiende: el bloque «{ $what }» está dos veces.
        [sign] La plantilla de impresión no se entiende: «{ $what }» no va aquí.
        [nested] La plantilla de impresión no se entiende: sus partes están demasiado anidadas.
       *[other] La plantilla de impresión no se entiende: { $what }.
    }
    .remedy = Corrija esta línea; docs/printing.md explica cómo se escriben las plantillas. Sin este archivo se usa la plantilla incluida.
problem-W201 = { $what } se supone: el texto no lo fija.
    .remedy = Ponga su propia cifra, quite origin: assumed o diga en el archivo del lugar, en acknowledged, por qué la supuesta vale aquí.
problem-W205 = { $what } cambia el { $date }, dentro de una ventana.
    .remedy = Vale la cifra del inicio; es mejor cambiarla el primer día de una ventana.
problem-W210 = La condición lee «{ $what }», que nadie está obligado a rellenar.
    .remedy = Haga obligatorio el campo o diga con known qué significa un blanco.
problem-W218 =
    { $reason ->
        [absent] El complemento «{ $plugin }» está encendido, pero aquí no está instalado ese paquete.
       *[other] El complemento «{ $plugin }» está encendido, pero no pudo iniciarse: { $reason }
    }
    .remedy = Lo que calcularía no se sabe hasta que funcione; todo lo demás funciona. Instale o repare el paquete y vuelva a iniciar, o apáguelo.
problem-W219 = Aquí nadie conoce «{ $what }». Puede venir de un complemento que falta: { $plugin }.
    .remedy = Se queda como está y sus resultados no se saben. Instale o repare el complemento; si la palabra está mal escrita, corríjala.
problem-W220 = Las cifras se calcularon con la versión { $said } de «{ $plugin }»; la instalada es { $found }.
    .remedy = Mire qué cambia, escriba aquí la versión instalada y publíquela, para que la revisión la nombre.
