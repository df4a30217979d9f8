# Niveles: de dónde vienen las cifras, qué se puede elegir y cómo suben.

layers-title = Niveles
layers-base = la base
layers-chain = Los niveles, desde arriba
layers-from = de { $level } · { $free }
layers-origin = De { $level }
layers-same-as-base = Igual que en la base
layers-with = { $origin }, con valores fijados por { $level }
layers-added-here = Añadido en nuestro nivel
layers-changed-here = Cambiado en nuestro nivel
layers-changed-from = Cambiado en nuestro nivel · { $above } en la base
layers-whole = En conjunto
layers-between = puede ser de { $low } a { $high }
layers-at-least = puede ser { $low } o más
layers-at-most = puede ser { $high } o menos
layers-one-of = puede ser { $values }
layers-fixed = fijo para los niveles inferiores
layers-level = { $level }: { $before } → { $after } ({ $why })
layers-level-adds = { $level } añade { $after } ({ $why })
layers-level-off = { $level } lo desactiva ({ $why })
layers-mine = nuestro
layers-begin = Cambiar en un borrador
layers-on = Volver al borrador
layers-draft-title = Elecciones dentro de los niveles
layers-moved = Lo de arriba ha cambiado
layers-moved-n = { $n ->
    [one] { $n } lugar
   *[other] { $n } lugares
  }
layers-moved-what = Nuestros cambios siguen valiendo, pero aquello sobre lo que se pusieron es otro. Mire cada uno: quédese con lo nuestro o tome lo de arriba.
layers-keep = Visto, queda lo nuestro
layers-take-above = Tomar lo de arriba
layers-search = Buscar por nombre o ruta
layers-only-changed = Solo lo cambiado
layers-none = No hay cifras que mostrar
layers-none-what = Ningún nivel ha cambiado una cifra ni ha dejado ninguna abierta.
layers-faults = Los archivos tienen errores. Abajo siguen los valores que se pueden cambiar: continúe hasta que no quede ninguno.
layers-choose = Elegir la nuestra
layers-leave = Devolver arriba
layers-promote = Subir para todos
layers-own = Nuestras propias definiciones
layers-value = Valor nuevo
layers-why = Motivo (queda en el archivo)
layers-save = Guardar en el borrador
layers-open = Las cifras de este archivo
layers-way = Niveles
promote-title = Subir para todos
promote-what = Como norma de { $level }
promote-how = El cambio sale de este nivel y pasa al nivel superior. Se ha probado en cada comunidad. Cada una recibe un borrador y lo pone en vigor tras su propia comprobación, efecto y aprobación.
promote-along = Sube también aquello en lo que se apoya: { $what }.
promote-files =
    { $n ->
        [one] Ver el cambio de un archivo
       *[other] Ver los cambios de { $n } archivos
    }
promote-other = Subirlo a { $level }
promote-here = este nivel
promote-keeps = Aquí hay una elección propia, que sigue valiendo.
promote-gains = Nuevo aquí: { $what }.
promote-nothing = Aquí no cambia nada.
promote-same-here = Nuestras cifras no cambian; desde entonces las dice el nivel superior.
promote-unpublished = aún sin reglamento en vigor
promote-work-out = Calcular a quién afecta
promote-over = Según los registros de { $period }
promote-do = { $n ->
    [one] Abrir un borrador en la única comunidad
   *[other] Abrir un borrador en cada una de { $n } comunidades
  }
promote-faults = Causaría errores en una comunidad: corríjalos antes
promote-draft-title = Para toda { $level }: { $what }
promote-done = { $n ->
    [one] Se abrió un borrador en una comunidad. Nada rige por ello.
   *[other] Se abrieron borradores en { $n } comunidades. Nada rige por ello.
  }
