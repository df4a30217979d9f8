# 得分、理由、人员、考核。规则的句子由定义生成。
sentence-each-subject = “{ $title }”里的每一户（人）
sentence-each-role = 每位{ $title }
sentence-each-row = 每一条“{ $title }”
sentence-each-row-where = 每一条“{ $title }”（{ $where }）
sentence-each-place = 每个单位
sentence-each-district = 每个区县
sentence-each-street = 每个街道
sentence-each-community = 每个社区
sentence-each-grid = 每个网格
sentence-each-building = 每栋楼
sentence-whom-where = { $whom }（{ $where }）
sentence-row-where = { $row }，{ $where }
sentence-is = { $column }：{ $value }
sentence-is-not = { $column }不是{ $value }
sentence-under = { $column }小于 { $value }
sentence-at-most = { $column }不超过 { $value }
sentence-over = { $column }大于 { $value }
sentence-at-least = { $column }不少于 { $value }
sentence-and = { $left }、{ $right }
sentence-or = { $left }或{ $right }
sentence-not = 不符合“{ $what }”
sentence-has = { $column }含{ $value }
sentence-filled = 填了{ $column }
sentence-of = { $left }的{ $right }
sentence-always = 任何情况
sentence-true = 是
sentence-false = 否
sentence-record = “{ $title }”
sentence-record-where = “{ $title }”（{ $where }）
sentence-duty-every = { $whom }，{ $every }至少要有 { $n } { $times ->
   *[other] 次
}{ $what }
sentence-duty-within = { $whom }，{ $within }内至少要有 { $n } { $times ->
   *[other] 次
}{ $what }
sentence-count-of = { $rows }的条数
sentence-sum-of = { $rows }的{ $column }合计
sentence-day-off = { $a }不在工作日
sentence-working-day = { $a }在工作日
sentence-call-hour = { $a }的钟点
sentence-call-elapsed = 从{ $a }到{ $to ->
    [none] 期末
   *[other] { $to }
}的{ $unit ->
    [hours] 小时数
    [days] 天数
    [months] 月数
    [years] 年数
   *[other] 时长
}
sentence-call-period = { $a }所在的{ $unit ->
    [day] 那天
    [week] 那周
    [month] 那个月
    [quarter] 那个季度
    [half_year] 那半年
    [year] 那一年
   *[other] 那一段
}
sentence-call-days = { $to ->
    [none] { $a }的天数
   *[other] 从{ $a }到{ $to }的天数
}
sentence-call-working-days = { $to ->
    [none] { $a }的工作日天数
   *[other] 从{ $a }到{ $to }的工作日天数
}
sentence-call-hours-in = { $to ->
    [none] { $a }的小时数
   *[other] 从{ $a }到{ $to }的小时数
}
sentence-call-min = { $a }中最小的
sentence-call-max = { $a }中最大的
sentence-call-abs = { $a }的绝对值
sentence-call-floor = { $a }（舍去零头）
sentence-call-ceil = { $a }（零头进一）
sentence-call-round = { $a }（取到 { $to }）
sentence-call-size = { $a }的个数
sentence-call-if = { $a }（{ $when }时），否则{ $b }
sentence-call-or-else = { $a }（没有时为 { $b }）
sentence-call-age = { $a }起的周岁
sentence-call-overlap = { $a }与{ $b }重合的时间
sentence-call-date-of = { $a }那天
sentence-call-weekday = { $a }是星期几
weekday-monday = 星期一
weekday-tuesday = 星期二
weekday-wednesday = 星期三
weekday-thursday = 星期四
weekday-friday = 星期五
weekday-saturday = 星期六
weekday-sunday = 星期日
sentence-call-hash = 由{ $a }和{ $b }抽出的数
sentence-share = { $title }：{ $of }里，符合“{ $part }”的占多少
sentence-measure = { $title }：{ $of }，{ $measure }
sentence-of-count = 计个数
sentence-of-sum = 求和
sentence-of-average = 求平均
sentence-of-min = 取最小
sentence-of-max = 取最大
sentence-of-middle = 取中位数
sentence-of-distinct = 计不同的个数
sentence-of-first = 取第一个
sentence-of-last = 取最后一个
sentence-of-rate = 求比率
sentence-of-streak = 到期末连续多少
sentence-of-change = 与上期相比
sentence-of-other = 按{ $measure }
sentence-rule = { $row }，符合“{ $when }”时，记为“{ $finding }”
sentence-line-share = 按“{ $title }”得分，全部到位得 { $max } 分
sentence-line-mark = 由“{ $form }”评分，{ $least } 到 { $most } 分
sentence-line-add = { $rows }，加 { $amount } 分
sentence-line-deduct = { $rows }，扣 { $amount } 分
sentence-line-add-by = { $rows }，{ $amount }加分
sentence-line-deduct-by = { $rows }，{ $amount }扣分
sentence-by-formula = 按“{ $what }”
sentence-beyond = { $line }，从第 { $n } 次以后算起
sentence-highest = { $line }，只取最高一次
sentence-capped = { $line }，最多 { $most } 分
sentence-gives = { $value } { $points }
sentence-by-column = 按{ $column }（{ $given }）
sentence-steps-below = { $column }比 { $bound } 每低 { $each } 计 { $points }
sentence-steps-above = { $column }比 { $bound } 每高 { $each } 计 { $points }
sentence-band-under = 小于 { $bound } 计 { $points }
sentence-band-to = 到 { $bound } 为止计 { $points }
sentence-band-rest = 其余计 { $points }
sentence-section = 这一部分的得分是下面各项之和
sentence-length-minutes = { $n } 分钟
sentence-length-hours = { $n } 小时
sentence-length-days = { $n } 天
sentence-length-working-minutes = { $n } 个工作分钟
sentence-length-working-hours = { $n } 个工作小时
sentence-length-working-days = { $n } 个工作日
sentence-length-weeks = { $n } 周
sentence-length-months = { $n } 个月
sentence-length-years = { $n } 年
sentence-every-day = 每天
sentence-every-week = 每周
sentence-every-month = 每月
sentence-every-quarter = 每季度
sentence-every-half-year = 每半年
sentence-every-year = 每年
sentence-every-working-day = 每个工作日
sentence-every-half-day = 每半天
sentence-every-round = 每一轮
sentence-several-day = 每 { $n } 天
sentence-several-week = 每 { $n } 周
sentence-several-month = 每 { $n } 个月
sentence-several-quarter = 每 { $n } 个季度
sentence-several-half-year = 每 { $n } 个半年
sentence-several-year = 每 { $n } 年
sentence-several-working-day = 每 { $n } 个工作日
sentence-several-half-day = 每 { $n } 个半天
sentence-every-rolling = 距上一次 { $length } 之内
sentence-every-roster = 按{ $roster }的每一次
sentence-every-in-roster = { $every }（{ $roster }）
sentence-series-days = 之后第 { $offsets } 天
sentence-series-working-days = 之后第 { $offsets } 个工作日
sentence-series-weeks = 之后第 { $offsets } 周
sentence-series-months = 之后第 { $offsets } 个月
sentence-series-years = 之后第 { $offsets } 年
sentence-pause-between = 从{ $from }到{ $until }期间不计时
sentence-pause-during = { $during }期间不计时
sentence-pause-each = { $line }，每次最多 { $most }
sentence-pause-all = { $line }，合计最多 { $most }
sentence-extended = { $rows }可延长期限
sentence-extended-by = { $line } { $by }
sentence-extended-to = { $line }，总期限最长 { $most }
sentence-quorum = { $what }（至少 { $n } 人到场）
sentence-quorum-role = { $what }（至少 { $n } 名{ $role }到场）
sentence-quorum-share = { $what }（至少 { $share } 的{ $role }到场）
sentence-streak-of = 连续{ $where }的次数
sentence-quality-of = “{ $title }”的信息情况
sentence-column-known = 信息完整
sentence-column-fresh = 信息鲜活
sentence-column-missing = 缺的信息
sentence-column-confirmed_at = 上次核实时间
sentence-column-bonus = 附加分
sentence-column-end = 结束时间
sentence-column-entry = 记录
sentence-column-handler = 经办人
sentence-column-id = 编号
sentence-column-item = 项目
sentence-column-line = 得分行
sentence-column-matter = 事项
sentence-column-max = 满分
sentence-column-nth = 第几步
sentence-column-passed = 各部分都达到最低分
sentence-column-post = 任职
sentence-column-row = 行
sentence-column-rule = 规则
sentence-column-about = 对象
sentence-column-at = 时间
sentence-column-by = 记录人
sentence-column-counted = 已计次数
sentence-column-date = 日期
sentence-column-due = 期限
sentence-column-grade = 等次
sentence-column-level = 级别
sentence-column-met = 是否达标
sentence-column-met_at = 办结时间
sentence-column-needed = 应办次数
sentence-column-owner = 责任人
sentence-column-part = 达标数
sentence-column-period = 周期
sentence-column-place = 地点
sentence-column-points = 分数
sentence-column-possible = 可能计入的次数
sentence-column-rank = 名次
sentence-column-recorded_at = 录入时间
sentence-column-score = 得分
sentence-column-short = 缺少次数
sentence-column-start = 开始时间
sentence-column-state = 结果
sentence-column-subject = 对象
sentence-column-target = 目标
sentence-column-tier = 类别
sentence-column-total = 总分
sentence-column-value = 数值
sentence-column-whole = 总数
sentence-column-window = 时段

figure-weight = 权重
figure-max = 满分
figure-add = { $line }，加
figure-deduct = { $line }，扣
figure-cap = { $line }，最多
figure-times = { $line }，次数
figure-within = { $line }，期限
figure-late = { $line }，可补办
figure-target = { $line }，目标

policy-gate-figure = 前提没有达到：{ $title }是 { $reached }，要达到 { $wanted }。这一部分算不出来，没有按零分计。
policy-gate = 前提没有达到（{ $title }），这一部分算不出来，没有按零分计。
policy-not-computable = 缺少数据，现在算不出来，没有按零分计。
policy-omitted = 本期没有可考核的事，这一项不计入。
policy-full = 本期没有可考核的事，按规定给满分。
policy-zero = 本期没有可考核的事，按规定计零分。
policy-evidence = 没有足够的“{ $title }”作依据，按规定计零分。
policy-rescaled = 不适用的部分，满分摊到其他部分。

window-year = { $year } 年
window-half-year = { $n ->
    [1] 上半年
   *[2] 下半年
}
window-quarter = { $n ->
    [1] 一季度
    [2] 二季度
    [3] 三季度
   *[4] 四季度
}
window-month = { $n }月
window-week = 第 { $n } 周
window-part = { $day }第 { $n } 段
window-span = { $first }至{ $last }

score-title = 我的得分
score-of = { $name }的得分
score-year = { $year } 年度
score-as-of = 算到 { $day }
score-years = 年度
score-by-records = 按记录算是{ $grade }
score-unopened = { $year } 年没有启动考核。这里的分数只是按记录算出来的，不是考核结果。
score-standings = 考核表
score-expected = 预计{ $grade }
score-lacking = 再得 { $points } 分为{ $grade }
score-quota = 已到{ $grade }的分数线，受名额限制
score-minimum = 已到{ $grade }的分数线，有一部分没有达到最低要求
score-finding = 已到{ $grade }的分数线，等次按另外的认定
score-best = 已是最高等次
score-mark = { $grade } { $points } 分以上
score-bonus = 其中奖惩分 { $points }
score-empty-title = 没有您的得分
score-empty-what = 这一年没有针对您的岗位的评分表。换一个年度看看。
score-no-item-title = 没有这一项
score-no-item-what = 评分表可能已经改了。请从左边的清单里选一项。
score-none = 还不能算
score-how = 这 { $points } 分是这样来的
score-of-most = 得 { $points } 分，满分 { $most }
score-print = 打印说明
score-lost = −{ $points }
score-not-applicable = 不适用
score-not-computable = 缺数据
score-not-eligible = 不参评
score-over-quota = 超名额
score-undecided = 待定：等他人的结果或抽签
score-assumed = 暂定，待社区确认
score-in-text = 原文规定
score-set-by = 由{ $place }规定
score-since = { $day }起
score-bounded-floor = 扣完为止，得 { $points } 分
score-bounded-ceiling = 满分封顶，得 { $points } 分
score-rounded = 四舍五入为 { $points } 分
score-term-cut = { $line }：实为 { $raw } 分，最多 { $cap } 分
score-counts = 共 { $n } 件：{ $states }
score-state-count = { $state } { $n }
score-col-plate = 门牌
score-col-name = 对象
score-col-window = 时段
score-col-state = 结果
score-col-points = 得扣分
score-col-lost = 扣分
score-col-given = 得分
score-rows = { $n } 条
score-more = 另有 { $n } 条没有列出
score-no-rows = 没有计入的记录
score-show-all = 看全部 { $n } 条
score-show-lost = 只看失分的
score-entry = 看记录
score-parts = 各部分

staff-title = 网格员
score-in-money = { $title }（{ $unit ->
    [CNY] 元
   *[other] { $unit }
 }）
staff-sub = { $place }·{ $n } 人
staff-sort = 排序
staff-sort-place = 按网格
staff-sort-score = 按得分
staff-sort-late = 按超期
staff-col-score = 得分
staff-n = { $n } 人
staff-scored = 参加评分
staff-fine = 没有超期或漏办
staff-unscored = 不评分
staff-empty-title = 还没有任何岗位
staff-empty-what = 在“账号”里任命人员以后，这里会列出来。

appraisal-title = 年度考核
appraisal-of = { $year } 年{ $title }
appraisal-sub = { $place }·{ $n } 人·算到 { $day }
appraisal-empty-title = 没有考核
appraisal-empty-what = 现行制度里没有年度考核。在规则里加上考核定义以后，这里会列出来。
appraisal-ranking = 名次
appraisal-most = 满分 { $most }
appraisal-band = { $points } 分以上，{ $n } 人
appraisal-band-quota = { $points } 分以上，{ $n } 人，名额 { $quota }
appraisal-band-rest = { $n } 人
appraisal-no-grade = 没有等次
appraisal-missing = 定稿前还差 { $n } 件
appraisal-complete = 定稿前不差什么
appraisal-complete-what = 数据齐全，可以打印和公示。
appraisal-running = 本期还没有结束
appraisal-running-what = 到{ $day }为止，现在是预计名次。
appraisal-lacks = { $name }有算不出来的项
appraisal-open = { $name }还有 { $n } 件可以补办
appraisal-open-what = 超期的事补办以后算迟办，不算漏办。
appraisal-see = 查看
appraisal-distribution = 得分分布
appraisal-average = 平均 { $average }·中位 { $median }
appraisal-bin = { $from } 到 { $to } 分：{ $n } 人
appraisal-findings = 表彰与批评建议
appraisal-closed = { $year }已封存
appraisal-closed-on = { $day } 封存
appraisal-closed-what = 已公布的结果不变。此后的记录如果计入，将变为：
appraisal-closed-same = 已公布的结果不变。此后的记录也不会改变它。
appraisal-closed-others = 已公布的结果不变。此后的记录会改变其依据的 { $n } 行，但不改变结果。
appraisal-unopened = { $year } 年没有启动考核
appraisal-unopened-what = 台账从 { $day } 才开始有记录，这一年没有完整的记录，所以不排名次。要补做这一年的考核，可以启动后再看。
appraisal-unopened-whole = 这一年没有启动考核程序，没有公示、申诉和定案，所以没有考核结果，不排名次。要补做这一年的考核，可以启动后再看。
appraisal-later = 封存后的变化
appraisal-later-working = 正在核对封存后的记录，请稍等。
appraisal-later-because = 起因：
appraisal-became = { $before } → { $after }
appraisal-findings-none = 没有触发表彰或批评的规则。
appraisal-print = 打印考核表
appraisal-print-of = 打印{ $name }的考核表

sentence-holders = { $line }，记到当地的每位{ $role }
sentence-last = { $line }，以最后一次为准
sentence-average = { $line }，取平均
sentence-each-case = { $line }，同一{ $column }最多 { $most } 分
sentence-mark-by = { $line }，由{ $roles }评
sentence-mark-reason = { $line }，须写明理由
sentence-scored-by = 由{ $roles }负责评分
sentence-applies = 只适用于：{ $where }
sentence-requires = 至少要有 { $n } 条：{ $rows }，否则计零分
sentence-vetoed-by = 一票否决：有 { $n } 条 { $rows }，所在部分计零分
sentence-veto = 一票否决：{ $where }，所在部分计零分
sentence-by-slab = 按{ $column }分段累计（{ $given }）
sentence-by-method = 按{ $column }以“{ $method }”计（{ $given }）
sentence-every-by = 按“{ $method }”（{ $given }）
sentence-counted-by = { $what }，以“{ $method }”计数（{ $given }）
sentence-options = { $left }；{ $right }
sentence-option = { $option }：{ $given }
sentence-checklist = 按清单计（{ $given }）
policy-vetoed = “{ $item }”一票否决，这一部分计零分。
policy-vetoes = 这一项触发一票否决，所在部分计零分。
score-wallet = 账户余额
score-wallet-level = 等级：{ $level }
score-wallet-sum = 累计获得 { $earned }，已兑换 { $spent }，已过期 { $expired }，余 { $balance }
score-wallet-unknown = 有一笔积分缺数据，余额现在算不出来。
score-move-earned = 获得
score-move-spent = 兑换
score-move-expired = 过期
score-refused-balance = 未兑换：余额不足
score-refused-stock = 未兑换：没有存量
score-refused-each = 未兑换：超过每人限量
problem-E781 =
    { $reason ->
        [opened] 这一年的考核已经启动。
       *[missing] 进入下一步之前还差 { $n } 件。
    }
    .remedy =
    { $reason ->
            [opened] 到年度考核页面继续下一步。
           *[missing] 到年度考核页面逐件办完，再进入下一步。
        }
problem-E782 =
    { $reason ->
        [own] 不能给自己评分。
        [others] 这一项只能给自己评分。
        [window] 这项评分不是给 { $windows } 里的一期的。
        [bounds] 评分要在 { $least } 到 { $most } 之间。
        [decimals] { $decimals ->
            [0] 评分不带小数。
           *[other] 评分最多带 { $decimals } 位小数。
        }
        [reason] 低于 { $least } 分或高于 { $most } 分要写理由。
        [post] 您的岗位不参加这项测评。
        [stage] 现在不是测评阶段。
       *[frozen] 这一年的考核已经定案。
    }
    .remedy =
    { $reason ->
            [own] 请给其他人评分。
            [others] 请选自己。
            [window] 改成其中的一期。
            [bounds] 改成这个范围里的分数。
            [decimals] 把分数改短一些。
            [reason] 补一句理由，或者改分数。
            [post] 请由参加测评的岗位评分。
            [stage] 等到测评阶段，或者由流程退回测评。
           *[frozen] 定案以后的变化另外列出，不再改分。
        }
problem-E783 =
    { $reason ->
        [others] 只能为自己的得分申诉。
        [item] 没有写明是哪一项得分，或者这一项没有得分。
        [early] 结果还没有公示。
        [twice] 这一项已经有一件申诉在处理。
       *[late] 申诉期到 { $day } 为止，已经过了。
    }
    .remedy =
    { $reason ->
            [others] 请本人登录后申诉。
            [item] 打开“我的得分”，在那一项下面申诉。
            [early] 公示以后再申诉；数据有误可以先更正记录。
            [twice] 等答复；要补充证据，可以更正那件申诉。
           *[late] 请向考核负责人反映。
        }
problem-E784 =
    { $reason ->
        [own] 不能决定自己的申诉。
        [points] 补回的分数要大于 0，最多 { $most } 分。
        [decided] 这件申诉已经有决定。
       *[astray] 决定和申诉的人、年份或得分项对不上。
    }
    .remedy =
    { $reason ->
            [own] 请由其他有权决定的人办理。
            [points] 改成这个范围里的分数。
            [decided] 请更正那份决定，两份中有误的可以撤回。
           *[astray] 从申诉那一页打开决定表。
        }
problem-E785 =
    { $reason ->
        [another] 只有填写的本人能改。
        [public] 结果已经公示，所依据的内容不再改。
        [decided] 这件申诉已经有决定。
        [concerned] 不能改自己申诉的决定。
        [post] 您的岗位不决定申诉。
        [moved] 更正不能换年份、得分项或步骤。
        [passed] 考核已经进入后面的步骤。
       *[frozen] 这一年的考核已经定案。
    }
    .remedy =
    { $reason ->
            [another] 请本人更正。
            [public] 流程能退回时先退回，否则另附说明。
            [decided] 请向作出决定的人反映。
            [concerned] 请由其他有权决定的人办理。
            [post] 请由有权决定的岗位办理。
            [moved] 撤回这一条，再重新填写。
            [passed] 流程有退回步骤时先退回。
           *[frozen] 定案以后的变化另外列出，不再改分。
        }
problem-E786 =
    { $reason ->
        [own] 不能给自己免评。
        [nobody] 这个人在这次考核里不用给谁评分。
        [whom] 这个人不用给所选的人评分。
        [stage] 测评阶段已经过了。
       *[frozen] 这一年的考核已经定案。
    }
    .remedy =
    { $reason ->
            [own] 请由其他有权免评的人填写。
            [nobody] 从年度考核页面“还差什么”里打开。
            [whom] 改选他要评的人；全部免评的不选。
            [stage] 有退回步骤的，先退回测评。
           *[frozen] 定案以后不再改变考核。
        }

score-made-of = 怎么合成的
score-part-gives = 折合 { $points } 分
