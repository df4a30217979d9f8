# Importar y exportar libros de Excel y archivos csv. Los cuatro primeros son títulos de columnas; se reconocen en todos los idiomas.
workbook-column-at = Ocurrió el
workbook-column-by = Hecho por
workbook-column-subject = Sobre
workbook-column-faults = Fallos (no se importa)

problem-E450 = Este archivo está dañado o no es lo que dice su nombre.
    .remedy = Ábralo en una hoja de cálculo y guárdelo de nuevo como .xlsx o como csv.
problem-E451 = Este libro está protegido con contraseña.
    .remedy = Ábralo, quite la contraseña, guárdelo y vuelva a importarlo.
problem-E452 = Este archivo no es un libro .xlsx.
    .remedy = Ábralo en una hoja de cálculo y guárdelo como .xlsx (no .xls ni .et) o como csv.
problem-E453 = Este archivo supera { $limit } MB, comprimido o descomprimido.
    .remedy = Divídalo, o borre las imágenes y las hojas que no hagan falta.
problem-E454 = La celda { $cell } queda muy lejos de la tabla.
    .remedy = Borre las columnas y filas que siguen al final de la tabla y guarde.
problem-E455 = Este archivo tiene más de { $limit } filas.
    .remedy = Divídalo en varios archivos; se pueden importar uno tras otro.
problem-E456 = Esta línea no está en ninguna codificación conocida.
    .remedy = Guarde el archivo como UTF-8 o como .xlsx.
problem-E457 = En esta fila hay unas comillas sin cerrar.
    .remedy = Ciérrelas; las comillas que pertenecen al texto se escriben dos veces.
problem-E458 = Ninguna fila de este archivo tiene los títulos de las columnas del formulario.
    .remedy = Ponga a las columnas el nombre de las preguntas ({ $titles }), o diga en una correspondencia qué son.
problem-E459 =
    { $reason ->
        [shape] En la correspondencia falta «{ $name }», o no es lo que debe ser.
        [form] La correspondencia es del formulario { $name }.
        [field] La correspondencia nombra { $name }, que el formulario no tiene.
        [choice] La correspondencia nombra la opción { $name }, que la pregunta no tiene.
       *[other] No se puede leer la correspondencia: { $name }.
    }
    .remedy = Corrija la correspondencia, o bórrela para que se proponga otra.
problem-E460 = Este número ha perdido cifras: el programa solo conserva quince.
    .remedy = Dé a la celda formato de texto y vuelva a escribir el número entero.
problem-E461 = El programa convirtió lo escrito en una fecha o una hora.
    .remedy = Dé a la celda formato de texto y vuelva a escribirlo.
problem-E462 =
    { $reason ->
        [day] Esto no es un día.
        [two_days] Pueden ser dos días distintos.
        [serial] Esto es el número que hay detrás de una fecha, no una fecha.
        [moment] Esto no es un día con su hora.
        [time] Esto no es una hora.
        [number] Esto no es un número.
        [two_numbers] La coma puede separar miles o decimales.
        [boolean] No es ni sí ni no.
       *[other] No se puede leer.
    }
    .remedy =
        { $reason ->
            [day] Escríbalo así: 2025-03-17.
            [two_days] Escríbalo con el año delante: 2025-03-17.
            [serial] Dé a la columna formato de fecha y guárdela, o escríbalo así: 2025-03-17.
            [moment] Escríbalo así: 2025-03-17 09:10.
            [time] Escríbala así: 09:10.
            [two_numbers] Escríbalo sin coma, con un punto para los decimales.
            [boolean] Escriba sí o no.
           *[other] Escriba solo cifras, con un punto para los decimales.
        }
problem-E463 = No es una de las opciones de la pregunta.
    .remedy = Escriba una opción tal como aparece en el formulario; si son varias, sepárelas con comas.
problem-E464 = Nada se llama así.
    .remedy = Escriba la puerta, el nombre o el identificador como está en el libro, o añádalo antes.
problem-E465 = Hay varios que se llaman así.
    .remedy = Escriba la puerta con el nombre, o el identificador.
problem-E466 = La columna { $first } es la misma pregunta que esta («{ $title }»).
    .remedy = Cambie el nombre de una de las dos, o bórrela.
problem-E467 = Aquí hay una fórmula, no un valor.
    .remedy = Compruebe el valor que dio por última vez y póngalo en su lugar (pegar como valor).
problem-E468 = Esta celda forma parte de una celda combinada.
    .remedy = Sepárela y escriba en cada fila lo que le corresponde.
problem-E469 = Esta fila está en otra codificación que el resto del archivo.
    .remedy = Compruebe cómo se ha leído y guarde todo el archivo como UTF-8.
problem-E470 = Nada dice quién lo hizo.
    .remedy = Añada una columna «Hecho por», o indique la persona con --by.
problem-E471 = Ninguna columna dice sobre quién es.
    .remedy = Añada una columna «Sobre» con la puerta, el nombre o el identificador.
problem-E472 = Con las demás respuestas de la fila no se hace esta pregunta: la respuesta se perdería.
    .remedy = Vacíe la celda, o corrija la respuesta de la que depende la pregunta.
problem-E473 = La fila { $row } describe lo mismo.
    .remedy = Deje la fila correcta y borre la otra.
problem-E474 = Esta fila repite la fila { $row }.
    .remedy = Bórrela, o escriba en qué se diferencia, por ejemplo la hora.
problem-E475 = Aquí no hay ningún formulario { $form }.
    .remedy = Hay estos: { $known }.
problem-E476 = Aquí no hay nadie llamado «{ $name }», o hay varios.
    .remedy = Escriba el nombre o el identificador que tiene en su ficha.
problem-E477 = Este archivo ya no está aquí.
    .remedy = Elíjalo de nuevo: lo que ya se guardó no se repite.
problem-E478 = Esta importación no está ahora en ese paso; quizá alguien siguió con ella.
    .remedy = Abra la página de nuevo y mire hasta dónde llegó.
problem-E479 = El trabajo se detuvo de forma inesperada; lo guardado está ahí.
    .remedy = Inténtelo otra vez; si sigue igual, diga la hora a su administrador.
problem-E480 = En toda la hoja ninguna columna responde a esto; filas sin respuesta: { $n }.
    .remedy = Añada la columna e importe de nuevo; si ya está, elija para ella esta pregunta entre las columnas.
problem-W450 = Esta hoja está oculta y no se ha leído.
    .remedy = Muéstrela en la hoja de cálculo si forma parte de la importación.
problem-W451 = Ninguna fila de esta hoja tiene los títulos de las columnas del formulario: no se ha leído.
    .remedy = Ponga a sus columnas el nombre de las preguntas si forma parte de la importación.
problem-W452 = La columna «{ $title }» no responde a ninguna pregunta y no se ha leído.
    .remedy = Diga en la correspondencia a qué pregunta responde, si responde a alguna.
problem-W453 = { $n ->
    [one] Una fila está oculta ({ $rows }) y se lee como las demás.
   *[other] { $n } filas están ocultas ({ $rows }) y se leen como las demás.
    }
    .remedy = Borre en la hoja de cálculo lo que no forme parte de la importación y suba el archivo otra vez.
problem-W454 = { $n ->
    [one] Una columna está oculta ({ $columns }) y se lee como las demás.
   *[other] { $n } columnas están ocultas ({ $columns }) y se leen como las demás.
    }
    .remedy = Haga que las columnas que no formen parte de la importación no respondan a ninguna pregunta.

workbook-no-choice = No es una de las opciones: { $choices }.
workbook-no-choice-of-many = No es una de las opciones: { $choices } y otras.
workbook-answers = Respuestas posibles
workbook-note-required = Obligatorio
workbook-note-several = Puede dar varias, separadas por comas
workbook-note-none = Si no hay, escriba «ninguno»
workbook-note-date = Por ejemplo 2025-03-17
workbook-note-unit = En { $unit }
workbook-note-at = Por ejemplo 2025-03-17 14:30; vacío significa ahora
workbook-note-by = Un nombre; vacío, a quien elija al importar
workbook-note-subject = Placa, nombre o identificador
import-blank = Descargar una lista en blanco
import-blank-what = ¿Aún no tiene lista? Descargue una en blanco de este formulario, rellénela e impórtela.
