# 名册：时点、变更、重复、完善
register-as-of-now = 截至现在
register-as-of = { $day }当天结束时
register-as-known = 按 { $day }已登记的
register-on = 看哪一天的名册
register-known = 按哪一天已登记的
register-look = 查看
register-now = 回到现在
register-known-what = 第一个日期是事情发生的时间，第二个是登记的时间；都可以不填。
register-who = 名册的哪一部分
register-who-present = 在册
register-who-came = 
    { $moves ->
        [yes] 本月迁入
       *[no] 本月新增
    }
register-who-left = 
    { $moves ->
        [yes] 本月迁出
       *[no] 本月注销
    }
register-who-gone = 
    { $moves ->
        [yes] 已迁出
       *[no] 已注销
    }
register-since = { $day }起
register-until = 到 { $day }
register-aliases = 另有 { $n } 份档案已并入这里
register-links = { $n } 份
register-change = 变更
register-hidden-change = 有改动，您的岗位看不到内容
register-out = 
    { $moves ->
        [yes] 迁出
       *[no] 注销
    }
register-out-what = 
    { $moves ->
        [yes] 什么时候迁出？
       *[no] 从哪天起注销？
    }
register-out-how = 从这一天起不再在册，以后的事项不再产生；以前的记录都保留。
register-out-on = 
    { $moves ->
        [yes] 迁出日期
       *[no] 注销日期
    }
register-out-do = 
    { $moves ->
        [yes] 记录迁出
       *[no] 记录注销
    }
register-back = 
    { $moves ->
        [yes] 重新迁入
       *[no] 恢复在册
    }
register-back-what = 
    { $moves ->
        [yes] 什么时候迁回？
       *[no] 从哪天起恢复？
    }
register-back-how = 沿用原来的档案，从这一天起重新在册。
register-back-on = 
    { $moves ->
        [yes] 迁入日期
       *[no] 恢复日期
    }
register-back-do = 
    { $moves ->
        [yes] 记录迁入
       *[no] 记录恢复
    }
register-transfer = 转到别的网格
register-transfer-what = 转到哪里？
register-transfer-how = 已经做过的走访仍算在做的人名下；没办完的事项由新网格接着办。
register-transfer-on = 转出日期
register-transfer-do = 记录转网格
register-merge = 合并重复档案
register-merge-what = 哪一份和它是同一个？
register-merge-how = 两份档案从头就是同一个。记录、事项、引用都归到保留的这一份；随时可以撤回。
register-merge-do = 合并
register-merge-follows = 有 { $n } 条记录归到保留的这一份。
register-split = 拆成两份档案
register-split-what = 拆出什么？
register-split-how = 新建一份档案，勾选的记录归到新档案；其余不动。随时可以撤回。
register-split-on = 新档案从哪天起
register-split-do = 拆分
register-split-follows = 有 { $n } 条记录归到新档案。
register-place = 网格
register-other = 并入的档案
register-along = 一起变更的档案
register-entries-taken = { $of } 条中选了 { $n } 条
register-entries = 归到新档案的记录
register-reason = 原因
register-leave = 不改了，回到档案
register-preview = 先看结果
register-planned = 将要记录
register-planned-n = { $n } 条
register-undoable = 记错了可以撤回：撤回也是一条记录，撤回后一切照旧。
register-owed-before = 现在该办的
register-owed-after = 变更以后该办的
register-mend-first = 先去完善“{ $whom }”
register-owed-none = 没有该办的事项
register-owed-none-before = 现在没有要办的。
register-owed-none-after = 变更以后没有要办的。
register-owner = { $who }办
register-owner-none = 没有人任这个岗位
register-undo = 撤回这次变更
act-came = 登记入册
act-back = 
    { $moves ->
        [yes] 重新迁入
       *[no] 恢复在册
    }
act-changed = 信息变更
act-moved = 转到别的网格
act-confirmed = 核对无变化
act-left = 
    { $moves ->
        [yes] 迁出
       *[no] 注销
    }
act-merged = 与“{ $other }”合并
act-split = 拆分：“{ $other }”
act-distinct = 与“{ $other }”不是同一个
duplicates-open = 疑似重复
duplicates-title = 疑似重复的档案
duplicates-n = { $n } 对
duplicates-none = 没有疑似重复
duplicates-none-what = 按规定的比对条件，没有找到像是同一个的档案。
duplicates-merge = 是同一个，去合并
duplicates-apart = 不是同一个
duplicates-told = 已记下：这两份不是同一个，以后不再提示。
duplicates-alike = { $one } ≈ { $other }
duplicates-shared = 很多档案填得一样
duplicates-shared-what = 这些内容太多档案相同，不能说明是同一个，可能填的是公用号码。
duplicates-records = { $n } 份
mend-open = 信息完善
mend-title = 信息完善
mend-shares = 底数清、信息鲜活
mend-records = { $n } 份档案
mend-known = 完整 { $share }
mend-fresh = 鲜活 { $share }
mend-list = 要完善的档案
mend-n = { $n } 份
mend-none = 都完善了
mend-none-what = 这一期没有要补的，也没有要核对的。
mend-no-rules = 这份名册没有要完善的
mend-no-rules-what = 规则没有规定这份名册哪些必须填、多久核对一次。要规定，请在规则工坊里给它的表单写上登记质量。
mend-open-fields = 还没填：{ $fields }
mend-stale = 需要核对，上次核对 { $day }
mend-do = 去完善
problem-E750 = 这两份档案已经是同一个。
    .remedy = 请另选一份档案。
problem-E751 = 这份档案现在不能这样变更。
    .remedy = 请核对：是否已经迁出或在册，是否选了另一个网格；拆分时是否给新档案写了名称，或选了归它的档案、记录。
register-column-plate = 门牌
register-column-name = 名称和事项
register-column-time = 在册时间
register-column-due = 待办
mend-left = 所在网格已经撤销
mend-left-what = 网格撤销了，档案还留在那里，没有人负责。选好去处，可以一起转走。
mend-left-row = { $n } 份档案 · { $day } 撤销
mend-left-do = 一起转走
subjects-left = 有 { $n } 份档案还在已经撤销的网格里，没有人负责。
moves-title = 一起转到别的网格
moves-what = 转出、转到哪里？
moves-how = 已经做过的走访仍算在做的人名下；没办完的事项由新网格接着办。每份档案各记一条。
moves-from = 从哪个网格
moves-from-one = { $place }（{ $n } 份）
moves-from-ended = { $place }（{ $n } 份，已撤销）
moves-on-hint = 网格已经撤销的，填撤销那天，中间就不会断档。
moves-to = 转到哪个网格
moves-which = 哪些档案
moves-picked = 已选 { $n } 份，共 { $of } 份
moves-group = { $group }（{ $n } 份）
moves-open = 逐份选
moves-open-page = 一起转网格
moves-others = 其他
moves-all = 全选
moves-none = 全不选
moves-empty = 这里没有可转的档案
moves-empty-what = 换一个网格，或者回到名册。
moves-back = 回到名册
moves-moving = 会转 { $n } 份，共选了 { $of } 份
moves-along = 同网格里一起转的：{ $what }
moves-many = { $what } { $n } 份
moves-refused = { $n } 份不能转，留在原处
moves-more = 还有 { $n } 份
moves-undoable = 一分钟内可以整批撤销；过后也可以在每份档案里撤回。
moves-do = 转 { $n } 份
moves-working = 正在记录，请稍候…
moves-moved = 已转 { $n } 份，一分钟内可以撤销。
problem-E752 = { $day } 以后这份档案又改过，更早的日期改不动它。
    .remedy = 请选 { $day } 或更晚的日期；如果后来那次改动记错了，先撤回它。
