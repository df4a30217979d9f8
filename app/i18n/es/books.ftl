# La página del libro: vistas, corregir muchos, versiones
problem-E771 = Este registro es de otra persona y su puesto no puede corregirlo.
    .remedy = Pídaselo a quien lo anotó, o a alguien cuyo puesto pueda corregir los de otros.
problem-E772 = Este registro no tiene la pregunta, o no se le hace por sus otras respuestas.
    .remedy = Abra el registro y corríjalo por separado.
problem-E773 = Como máximo se cambian { $most } registros a la vez.
    .remedy = Filtre más la lista y hágalo en varios pasos.
problem-E774 = Todavía no hay nombre.
    .remedy = Dé un nombre a la vista.
problem-E775 = Esta vista ya no está.
    .remedy = Abra de nuevo el libro para ver qué vistas hay.
