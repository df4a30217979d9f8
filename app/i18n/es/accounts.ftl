# Inicio de sesión, primeros pasos, invitaciones, cuentas, ajustes de la instalación
login-title = Iniciar sesión
login-sub = Con la cuenta que le dio su comunidad.
login-name = Nombre de usuario
login-password = Contraseña
login-enter = Entrar
login-wrong = El nombre de usuario o la contraseña no son correctos, o la cuenta está desactivada. Revise mayúsculas y teclado e inténtelo otra vez; si sigue sin funcionar, pregunte a la administración.
login-throttled = Demasiados intentos fallidos. Espere { $wait }. Si olvidó la contraseña, la administración de la comunidad puede restablecerla.
login-out = Ha cerrado la sesión.
login-help = ¿No tiene cuenta u olvidó la contraseña? Pida un enlace a la administración de su comunidad.

welcome-title = Empezar con Gridbook
welcome-sub = Aquí todavía no hay datos. Elija cómo empezar:
welcome-demo = Ver la demostración
welcome-demo-what = Recorra comunidades inventadas, cada una con su reglamento: un año entero de visitas, rondas y reuniones, con tareas, puntos y evaluaciones. Todas las personas son inventadas.
welcome-demo-start = Abrir la demostración
welcome-own = Crear su propia comunidad
welcome-own-what = Rellene estos datos y será la primera persona administradora; después podrá invitar a sus colegas.
welcome-community = Nombre de la comunidad
welcome-community-hint = Figura en los libros y evaluaciones, por ejemplo: Ribera del Sauce
welcome-grids = Número de cuadrículas
welcome-grids-hint = Se puede cambiar más adelante
welcome-model = Con qué reglamento empezar
welcome-model-hint = Empiece con uno ya hecho; después puede cambiar cada cláusula
welcome-model-base = La biblioteca básica entera
welcome-name = Su nombre
welcome-login-hint = De 2 a 40 caracteres, por ejemplo un número de teléfono
welcome-found = Crear la comunidad

password-hint = Al menos 10 caracteres; unas palabras sin relación son fáciles de recordar
password-again = Repita la contraseña
password-repeat = Repita la contraseña nueva
password-new = Contraseña nueva
password-old = Contraseña actual

demo-title = Elija quién quiere ser
demo-sub = Esto es una demostración. Personas y hogares son inventados: mire y cambie lo que quiera.
demo-communities = Cada comunidad trabaja con su propio reglamento: tareas y puntos son distintos.
demo-jump = Elija una comunidad
demo-count = { $n ->
    [one] { $n } persona
   *[other] { $n } personas
}
demo-may-rules = Cambia las reglas y ve el trabajo y los puntos de todos
demo-may-appraise = Ve los puntos de todos y las evaluaciones
demo-may-work = Rellena formularios y ve lo que le toca y sus puntos
demo-enter-as = Entrar como { $role }:
demo-real = ¿Quiere usarlo de verdad? Arranque con una carpeta de datos vacía para crear su comunidad.
demo-making = Preparando la demostración
demo-making-what = Tarda uno o dos minutos y se abre sola.
demo-preparing = Inventando comunidades…
demo-progress = { $done } de { $total }
demo-failed = No se pudo preparar la demostración
demo-failed-what = No quedó nada a medias; puede intentarlo otra vez.

invitation-title = Establecer una contraseña
invitation-sub = Este enlace sirve una sola vez. Establezca una contraseña y entrará directamente.
invitation-set = Guardar y entrar

account-name = Nombre
account-community = Comunidad
account-post = Puesto
account-change-password = Cambiar la contraseña
account-change-password-what = Después habrá que iniciar sesión de nuevo en los demás dispositivos.
account-logout-everywhere = Cerrar sesión en todas partes
account-logout-what = «Cerrar sesión» solo cierra la de este navegador. Ciérrela en todas partes si perdió un teléfono o usó un equipo compartido.
account-password-set = La contraseña se ha cambiado. Los demás dispositivos deben iniciar sesión de nuevo.

accounts-title = Cuentas
accounts-sub = { $n ->
    [one] { $place } · { $n } cuenta
   *[other] { $place } · { $n } cuentas
}
accounts-invite = Invitar a un colega
accounts-invite-what = Crea una cuenta y un enlace para esa persona. El enlace sirve una vez, durante 3 días.
accounts-invite-make = Crear el enlace
accounts-name = Nombre
accounts-person = Para quién
accounts-person-hint = Quienes tienen ficha y todavía no tienen cuenta
accounts-person-new = ¿No está en la lista? Añada antes su ficha en «Personas y puestos»
accounts-state-active = Puede entrar
accounts-state-invited = Sin contraseña todavía
accounts-state-lapsed = Enlace caducado
accounts-link-until = El enlace vale hasta el { $until }
accounts-link-lapsed = No se puso contraseña a tiempo: «Invitar de nuevo» crea un enlace nuevo.
accounts-state-disabled = Desactivada
accounts-reset = Restablecer contraseña
accounts-again = Invitar de nuevo
accounts-disable = Desactivar
accounts-enable = Activar
accounts-link = Enlace para { $name }
accounts-link-what = Cópielo ahora y envíelo a esa persona; no se volverá a mostrar. Sirve una vez, hasta el { $expires }.
accounts-copied = Copiado
accounts-you = Es usted
accounts-empty = Todavía no hay otras cuentas
accounts-empty-what = Cree un enlace de invitación para un colega y podrá entrar.
accounts-disable-ask = ¿Desactivar la cuenta de { $name }?
accounts-disable-what = Se cerrará su sesión de inmediato y no podrá entrar; lo que ha anotado se conserva. Se puede activar de nuevo.
action-cancel = Cancelar

problem-E901 = El ajuste { $setting } tiene un valor incorrecto: { $expected }
    .remedy = Cambie la variable de entorno o el archivo .env de la carpeta de datos; docs/settings.md explica cada uno.
problem-E902 = No se puede leer el archivo de ajustes ({ $reason }).
    .remedy = Revise sus permisos y guárdelo en UTF-8.
problem-E903 = No se puede escribir en la carpeta de datos ({ $reason }).
    .remedy = Elija otra carpeta (GRIDBOOK_DATA) o permita escribir al usuario que lo ejecuta.
problem-E921 = La contraseña es demasiado corta.
    .remedy = Use al menos { $least } caracteres.
problem-E922 = La contraseña es demasiado larga.
    .remedy = Use como máximo { $most } caracteres.
problem-E923 = La contraseña se parece demasiado al nombre de usuario.
    .remedy = Elija una que no tenga nada que ver.
problem-E924 = Esta contraseña es tan común que se adivina fácilmente.
    .remedy = Elija otra, por ejemplo unas palabras sin relación.
problem-E925 = La contraseña tiene muy pocos caracteres distintos.
    .remedy = Use al menos 5 distintos.
problem-E926 = La contraseña actual no es correcta.
    .remedy = Escríbala otra vez; si la olvidó, la administración puede restablecerla.
problem-E927 = Las dos contraseñas no coinciden.
    .remedy = Escriba otra vez la contraseña nueva.
problem-E931 = Alguien ya creó la comunidad.
    .remedy = Inicie sesión o pida una invitación a la administración.
problem-E932 = Este nombre de usuario ya está en uso.
    .remedy = Elija otro.
problem-E933 = Este enlace ya se usó o ha caducado.
    .remedy = Pida otro a la administración.
problem-E934 = No puede desactivar su propia cuenta.
    .remedy = Pídaselo a otra persona administradora.
problem-E935 = El nombre de usuario tiene de 2 a 40 letras, cifras o . _ @ + -
    .remedy = Cámbielo y no use espacios.
problem-E936 = Falta este dato.
    .remedy = Rellénelo.
problem-E937 = El número de cuadrículas no es válido.
    .remedy = Indique un número entero de 1 a { $most }.
problem-E938 = Es demasiado largo.
    .remedy = Use como máximo { $most } caracteres.
