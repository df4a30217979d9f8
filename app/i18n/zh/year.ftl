year-notice-stays = 您的申诉已有决定：{ $state }，得分不变
year-notice-waits = 有一件申诉等您决定：{ $item }
year-changed-score = 得分 { $before } → { $after }
year-changed-grade = 等次 { $before } → { $after }
year-changed-rank = 名次 { $before } → { $after }
year-changed-money = { $what } { $before } → { $after } { $unit ->
    [CNY] 元
   *[other] { $unit }
 }
