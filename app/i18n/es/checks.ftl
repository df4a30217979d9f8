# Lo que encuentran las comprobaciones de todo un reglamento; docs/errors.md da un ejemplo de cada una
problem-E115 = La clase depende de { $what }: no puede calcularse de antemano cuándo cambia.
    .remedy = En una clase, compare age(…) o elapsed(…) con una constante.
problem-E124 = { $what }: el importe puede no tener un último decimal y nada lo redondea.
    .remedy = Ponga round en la partida o en la hoja, por ejemplo round: 0.01.
problem-E130 = { $what } y { $other } se aplican a una misma fila ({ $example }), y de su grupo solo puede una.
    .remedy = Trace el límite entre ambas: at_least junto a under; o elija hit: first.
problem-W202 =
    { $reason ->
        [class] Nunca se llega a { $what }: las clases anteriores lo abarcan todo.
        [tier] Nunca se llega a { $what }: los niveles anteriores lo abarcan todo.
        [shadowed] { $what } no añade nada: siempre que se aplica, { $by } da la misma constatación.
        [first] { $what } nunca cuenta: siempre que se aplica, { $by } va antes.
        [state] Ningún paso lleva al estado { $what }.
        [asked] La pregunta { $what } nunca se hace: su condición se contradice.
        [answer] No se admite ninguna respuesta a { $what }: sus condiciones se contradicen.
       *[never] { $what } nunca se aplica: sus condiciones se contradicen.
    }
    .remedy =
    { $reason ->
        [class] Ponga antes los casos especiales o quítela.
        [tier] Ponga antes los casos especiales o quítelo.
       *[other] Cambie la condición o quítela.
    }
problem-W203 =
    { $reason ->
        [money] { $what }: cuanto mejor se trabaja, menos dinero da.
       *[order] { $what }: las cantidades suben y bajan ({ $values }); lo peor puede ganar más.
    }
    .remedy = Revise el orden de las filas y sus cantidades.
problem-W204 = { $what }: los niveles vencen en ventanas distintas; quien cambia de nivel puede no quedar en ninguna.
    .remedy = Escriba due_if: any o explíquelo con acknowledged.
problem-W206 = { $what } pide cierto número de registros de «{ $form }» que solo avala quien los escribe: invita a inventarlos.
    .remedy = Pida una foto o a quién se refiere, que lo registre otro puesto, o premie la calidad y no el número.
problem-W207 = { $what }: un registro de «{ $form }» puede cumplir { $one } y { $other }, y cuenta dos veces en esta hoja.
    .remedy = Distíngalos con where o explique que es lo que se quiere.
problem-W208 =
    { $reason ->
        [unfired] { $what } no se usó en { $period }: nadie lo debía o nunca se aplicó.
       *[nobody] { $what } lee «{ $form }», que aquí nadie puede rellenar.
    }
    .remedy =
    { $reason ->
        [unfired] Vea si la condición es la que se quiere y si se registra lo que necesita.
       *[other] Que lo rellene un puesto que exista aquí, o quite esta parte.
    }
problem-W209 = { $what } tiene demasiadas combinaciones para comprobarlo.
    .remedy = Divida la condición; no se ha hallado ningún fallo, ni tampoco lo contrario.
problem-W211 = { $what } podría ser { $nudged } en vez de { $value } y ningún caso lo notaría.
    .remedy = Añada un caso cuyo resultado dependa de esta cifra.
problem-W212 =
    { $reason ->
        [overlap] { $what } y { $other } se aplican a la vez con { $value }.
        [value] { $value } no está ni en { $other } ni en { $what }.
        [decimals] Los decimales entre { $value } no están ni en { $other } ni en { $what }.
       *[gap] { $value } no está ni en { $other } ni en { $what }.
    }
    .remedy = Que cada tramo empiece donde acaba el anterior: at_least junto a under.
problem-W213 = { $what } vale { $max } puntos, pero sus líneas suman { $sum }.
    .remedy = Corrija las cifras; si el propio texto lo dice así, explíquelo con acknowledged.
problem-W214 =
    { $reason ->
        [no_level] { $what }: aquí ningún lugar tiene el puesto «{ $name }»; nadie lo debe ni lo recibe.
        [no_headcount] { $what }: nadie puede ocupar el puesto «{ $name }».
       *[no_place] { $what }: aquí no hay ningún lugar del nivel «{ $name }».
    }
    .remedy = Nombre un puesto que exista aquí o déjelo fuera con uses.
problem-W215 = { $what } no se cumple: { $condition } ({ $values }).
    .remedy = Revise las cifras; si el propio texto lo dice así, explíquelo con acknowledged.
problem-W216 = Aquí ya no queda ningún { $what } que explicar.
    .remedy = Quite la explicación.
problem-W217 = «{ $what }» rige desde el { $from } y la versión anterior hasta el { $until }: entre ambas no hay ninguna.
    .remedy = Haga que el until de la anterior sea el from de la siguiente; si el hueco es intencionado, reconózcalo con un motivo.
problem-W221 = Aquí se lee «{ $what }», que no se pregunta en todas las anotaciones{ $days ->
        [none] {""}
       *[other] { " " }(cambia el { $days })
    }: lo que se lee de las demás es desconocido.
    .remedy = Diga con known u or_else qué vale entonces, o haga que una versión de esta definición empiece ese día.
problem-W222 = { $reason ->
        [gone] «{ $what }», sobre lo que se puso algo aquí, ya no está.
        [ground] «{ $what }» se añadió aquí, y lo que le sirve de base más arriba ha cambiado desde entonces.
        [definition] «{ $what }» cambió arriba desde que aquí se puso algo encima.
       *[figure] «{ $what }» era { $was } cuando se hizo este cambio, y ahora es { $now }.
    }
    .remedy = Compruebe si el cambio sigue siendo correcto y confírmelo en Niveles (o con ./gridbook layers --record).
problem-W223 = { $reason ->
    [unit] «{ $what }» se calcula por { $wanted }, pero «period» del formulario «{ $form }» solo admite { $offered }: nadie puede decir de cuál se trata.
    [sheet] La puntuación se puede reclamar, pero «{ $what }» no tiene corrected_by: lo que se estime no devolvería nada.
   *[part] La puntuación se puede reclamar, pero «{ $what }» no es una hoja y la evaluación no tiene corrected_by: esta parte no se puede reclamar.
    }
    .remedy = { $reason ->
    [unit] Quite unit de la pregunta, para que admita cualquier periodo, o haga que coincidan.
   *[other] Diga en corrected_by qué registros, como las resoluciones de reclamaciones, la corrigen después; si es a propósito, diga por qué en acknowledged.
    }
problem-W224 = Hay cláusulas de «{ $what }» y nada dice cómo se llama ese documento: la gente ve solo el identificador.
    .remedy = Póngale un título en documents, o escriba el título mismo en doc.
problem-W225 = { $reason ->
    [form] El paso «{ $what }» es de { $posts }, pero ninguno puede rellenar su formulario «{ $form }»: nadie puede darlo.
   *[appraise] «{ $what }» es de { $posts }, pero ninguno tiene el permiso appraise y no puede abrir el tablero del año: nadie puede darlo.
    }
    .remedy = { $reason ->
    [form] Añada uno de los puestos a filled_by del formulario, o cambie el by del paso.
   *[appraise] Añada appraise a lo que puede hacer (may) uno de los puestos, o nombre un puesto que lo tenga.
    }
problem-W226 =
    { $reason ->
        [clause] { $what }: el artículo que cita dice «{ $said }», pero aquí algo se pide { $every ->
            [day] cada día
            [week] cada semana
            [month] cada mes
            [quarter] cada trimestre
            [half_year] cada semestre
           *[year] cada año
        }.
       *[title] { $what }: el título «{ $title }» dice «{ $said }», pero la frecuencia es { $every ->
            [day] cada día
            [week] cada semana
            [month] cada mes
            [quarter] cada trimestre
            [half_year] cada semestre
           *[year] cada año
        }.
    }
    .remedy =
    { $reason ->
        [clause] Cite el acuerdo que lo dice, o confírmelo con el motivo.
       *[title] Cambie el título, en cada idioma.
    }
problem-W227 = La plantilla toma algo de «{ $what }», que la impresión no descarga: ahí faltará.
    .remedy = Ponga la imagen, el estilo o la fuente en la propia plantilla, como data:.
