# El taller: borradores del reglamento, su edición y su entrada en vigor.

problem-E545 = No hay nada en {$what}.
    .remedy = Puede que alguien lo haya renombrado o quitado. Mire el archivo como está ahora y haga allí el cambio.
problem-E546 = El texto en {$what} tiene una forma que no se puede editar aquí.
    .remedy = Cámbielo en el propio YAML.
problem-E547 = Este borrador ya no existe.
    .remedy = Se publicó o se descartó. Vuelva al taller y abra otro.
problem-E558 = Este archivo no le corresponde a este lugar.
    .remedy = Es de un lugar superior o de otro. Lo que el superior deja abierto se cambia en la capa de este lugar.
problem-E559 = Ya hay un archivo con este nombre.
    .remedy = Dé otro identificador al nuevo.
problem-E549 = Nadie ha aprobado todavía este cambio.
    .remedy = Lo aprueba el cargo que nombra el reglamento, con el número del acuerdo y el día desde el que rige.
problem-E556 =
    { $reason ->
        [waits] Una revisión espera al { $what }, y esta regiría antes que ella.
       *[past] El día desde el que rige el cambio ya pasó.
    }
    .remedy = Elija un día posterior, o diga por qué tiene que ser este.
problem-E557 = No se ha mirado el efecto de este cambio.
    .remedy = Mire qué cambiaría y para quién, y después siga.
