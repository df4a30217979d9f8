year-notice-stays = Su reclamación está resuelta: { $state }, la puntuación no cambia
year-notice-waits = Una reclamación espera su resolución: { $item }
year-changed-score = Puntuación { $before } → { $after }
year-changed-grade = Grado { $before } → { $after }
year-changed-rank = Puesto { $before } → { $after }
year-changed-money = { $what } { $before } → { $after } { $unit ->
    [CNY] yuanes
   *[other] { $unit }
 }
