# La página de importaciones: subir, columnas, revisar, guardar
import-title = Importar una lista
import-sub = Pase al libro una lista de Excel o csv que ya tenga
import-new = Una importación nueva
import-new-what = Elija el formulario y después el archivo: .xlsx, .csv, .tsv o .txt, de { $limit } MB como máximo. Primero se revisa; todavía no se guarda nada.
import-form = A qué formulario
import-choose = Elegir un archivo
import-reading = Leyendo…
import-list = Importaciones anteriores
import-none = Todavía no se ha importado nada
import-none-what = Elija un archivo y siga paso a paso. Si cierra la página no se pierde nada; vuelva y continúe.
import-step-map = Faltan las columnas
import-step-check = En revisión
import-step-checked = Revisada, por guardar
import-step-store = Guardándose
import-step-stored = Guardada
import-step-failed = Sin terminar
import-columns = Qué es cada columna
import-columns-what = Propuesto según los títulos; compruébelo. Una lista con los mismos títulos se leerá igual.
import-column-for = La columna «{ $title }» es
import-skip = No se importa
import-samples = Por ejemplo { $samples }
import-by = Quién hizo lo que las filas no atribuyen a nadie
import-preview = Cómo se leerán las primeras filas
import-preview-of = { $n ->
        [one] { $n } fila
       *[other] { $n } filas
    } en total
import-row = Fila { $n }
entry-imported = De una lista
import-cell = columna { $column } «{ $title }»
import-became-new = Nueva
import-became-changed = Con cambios
import-became-known = Ya estaba
import-became-faulty = Con fallos
import-check = { $n ->
        [one] Revisar { $n } fila
       *[other] Revisar las { $n } filas
    }
import-check-none = Corrija primero las columnas.
import-progress = { $of ->
        [0] En espera…
       *[other] { $done } de { $of } filas
    }
job-resumes = Se interrumpió y seguirá solo en { $n } s como mucho; nada se guarda dos veces.
import-progress-what = Puede cerrar esta página: sigue sola.
import-found = Lo que se encontró
import-done = Resultado
import-count-new = Nuevas
import-count-changed = Con cambios
import-count-known = Ya estaban
import-count-faulty = Con fallos
import-fault-of = «{ $title }»: { $what }
import-faults = Qué está mal
import-faults-first = Los primeros { $n } de { $all }; el libro para descargar los tiene todos.
import-faults-what = Las filas con fallos no se guardan. Descárguelas, corríjalas ahí e importe ese archivo.
import-returned = Descargar las filas con fallos
import-store = { $n ->
        [one] Guardar { $n } fila
       *[other] Guardar { $n } filas
    }
import-store-none = No hay filas que guardar
import-back = Cambiar las columnas
import-again = Empezar de nuevo
import-forget = Quitar de la lista
import-another = Importar otra lista
import-stored-what = Guardado. Importar otra vez el mismo archivo no cambia nada.
import-says = { $title }: { $value }
import-lost = No llegó. Compruebe la conexión y elija el archivo de nuevo.
