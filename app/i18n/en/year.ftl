year-notice-stays = Your appeal has been decided: { $state }, the score stays
year-notice-waits = An appeal waits for your decision: { $item }
year-changed-score = Score { $before } → { $after }
year-changed-grade = Grade { $before } → { $after }
year-changed-rank = Rank { $before } → { $after }
year-changed-money = { $what } { $before } → { $after } { $unit ->
    [CNY] yuan
   *[other] { $unit }
 }
