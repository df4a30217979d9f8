# 对整部制度的检查发现的问题；docs/errors.md 里各有一个例子
problem-E115 = 类别取决于 { $what }：什么时候变化无法事先算出。
    .remedy = 在类别里，只能拿 age(…) 或 elapsed(…) 和常数比较。
problem-E124 = { $what }：金额可能除不尽，又没有规定怎么取整。
    .remedy = 给考核项或表写上 round，例如 round: 0.01。
problem-E130 = { $what } 和 { $other } 会同时适用于一行（{ $example }），而同组里只许有一条适用。
    .remedy = 把界线划清：at_least 接着 under；或者改用 hit: first。
problem-W202 =
    { $reason ->
        [class] 永远轮不到 { $what }：前面的类别已经全部包括。
        [tier] 永远轮不到 { $what }：前面的档次已经全部包括。
        [shadowed] { $what } 是多余的：它适用时，{ $by } 总会给出同样的认定。
        [first] { $what } 永远不算数：它适用时，{ $by } 总是排在前面。
        [state] 没有一个步骤通向状态 { $what }。
        [asked] { $what } 这一题永远不会问到：条件自相矛盾。
        [answer] { $what } 怎么填都不行：各项条件互相矛盾。
       *[never] { $what } 永远不适用：各项条件互相矛盾。
    }
    .remedy =
    { $reason ->
        [class] 把特殊的放在前面，或者去掉它。
        [tier] 把特殊的放在前面，或者去掉它。
       *[other] 修改条件，或者去掉它。
    }
problem-W203 =
    { $reason ->
        [money] { $what }：干得越好，钱反而越少。
       *[order] { $what }：数额忽高忽低（{ $values }），较差的反而可能得到更多。
    }
    .remedy = 核对各行的顺序和数额。
problem-W204 = { $what }：各档的周期不一样，中途换档的人可能两边都不列入。
    .remedy = 写上 due_if: any，或者用 acknowledged 说明理由。
problem-W206 = { $what } 要求“{ $form }”达到一定数量，而真假只有填写人自己知道：容易逼出编造。
    .remedy = 要求照片或写明涉及的人，由别的岗位记录，或者奖励质量而不是数量。
problem-W207 = { $what }：一条“{ $form }”记录可以同时满足 { $one } 和 { $other }，在这张表里算了两次。
    .remedy = 用 where 把两者分开，或者说明本意如此。
problem-W208 =
    { $reason ->
        [unfired] { $what } 在 { $period } 没有用到：没有人承担，或者从未适用。
       *[nobody] { $what } 读取“{ $form }”，但这里没有人能填它。
    }
    .remedy =
    { $reason ->
        [unfired] 看看条件是不是本来的意思，需要的情况有没有人记录。
       *[other] 让这里有的岗位来填，或者去掉这一项。
    }
problem-W209 = { $what } 的组合太多，无法检查。
    .remedy = 把条件拆开；没有发现错误，也没有证明正确。
problem-W211 = { $what } 把 { $value } 改成 { $nudged }，没有一个案例会发现。
    .remedy = 加一个结果取决于这个数的案例。
problem-W212 =
    { $reason ->
        [overlap] { $value } 同时落在 { $what } 和 { $other } 里。
        [value] { $value } 既不在 { $other } 里，也不在 { $what } 里。
        [decimals] { $value } 之间的小数既不在 { $other } 里，也不在 { $what } 里。
       *[gap] { $value } 既不在 { $other } 里，也不在 { $what } 里。
    }
    .remedy = 每一段从上一段结束的地方开始：at_least 接着 under。
problem-W213 = { $what } 值 { $max } 分，各行加起来却是 { $sum } 分。
    .remedy = 更正数字；如果原文就是这样，用 acknowledged 说明理由。
problem-W214 =
    { $reason ->
        [no_level] { $what }：这里没有设“{ $name }”岗位的地方，没有人承担。
        [no_headcount] { $what }：“{ $name }”岗位不许有人担任。
       *[no_place] { $what }：这里没有“{ $name }”这一级的地方。
    }
    .remedy = 换成这里有的岗位，或者用 uses 不选它。
problem-W215 = { $what } 不成立：{ $condition }（{ $values }）。
    .remedy = 核对数字；如果原文就是这样，用 acknowledged 说明理由。
problem-W216 = 这里已经没有需要说明的 { $what }。
    .remedy = 去掉这条说明。
problem-W217 = “{ $what }”从 { $from } 起有效，而前一版到 { $until } 为止，中间没有版本。
    .remedy = 把前一版的 until 写到后一版的 from；确实有空档时用 acknowledged 写明理由。
problem-W221 = 这里读取“{ $what }”，但并不是所有记录都被问到它{ $days ->
        [none] {""}
       *[other] （{ $days } 起变化）
    }；没有被问到的记录，这里读到的是未知。
    .remedy = 用 known 或 or_else 写明没有被问到时怎么算，或者让这个定义从那一天起另立一个版本。
problem-W222 = { $reason ->
        [gone] 本地调整所依据的“{ $what }”已经没有了。
        [ground] “{ $what }”加上之后，它所依据的上级内容改过了。
        [definition] “{ $what }”的上级规定在本地调整之后改过。
       *[figure] 作这项调整时“{ $what }”是 { $was }，现在是 { $now }。
    }
    .remedy = 看看调整是否仍然合适，再到“层级”页点“看过了”（或者 ./gridbook layers --record）。
problem-W223 = { $reason ->
    [unit] “{ $what }”计分的周期是 { $wanted }，表单“{ $form }”的 period 却只能填 { $offered }，说不出是其中哪一段。
    [sheet] 得分可以申诉，但“{ $what }”没有 corrected_by：支持了也补不回分。
   *[part] 得分可以申诉，但“{ $what }”不是评分表，考核又没有 corrected_by：这一部分无法申诉。
    }
    .remedy = { $reason ->
    [unit] 去掉这一题的 unit，任何一段都能填；或者让两边一致。
   *[other] 用 corrected_by 写明哪些记录（如申诉决定）事后更正它；有意如此的，在 acknowledged 里写明理由。
    }
problem-W224 = 条款出自“{ $what }”，但没有写明这份文件叫什么：大家看到的只是代号。
    .remedy = 在 documents 里写明它的名称（title）；或者 doc 直接写文件名称。
problem-W225 = { $reason ->
    [form] “{ $what }”这一步由 { $posts } 办，这些岗位却都不能填表单“{ $form }”：谁也办不了。
   *[appraise] “{ $what }”由 { $posts } 办，其中没有岗位有 appraise 权限，打不开年度考核的进度页：谁也办不了。
    }
    .remedy = { $reason ->
    [form] 在表单的 filled_by 里加上其中一个岗位，或者改这一步的 by。
   *[appraise] 在其中一个岗位的 may 里加上 appraise，或者换由有这项权限的岗位来办。
    }
problem-W226 =
    { $reason ->
        [clause] { $what }：引用的条款说的是“{ $said }”，这里却有{ $every ->
            [day] 每天
            [week] 每周
            [month] 每月
            [quarter] 每季度
            [half_year] 每半年
           *[year] 每年
        }的要求。
       *[title] { $what }：名称“{ $title }”说的是“{ $said }”，实际周期是{ $every ->
            [day] 每天
            [week] 每周
            [month] 每月
            [quarter] 每季度
            [half_year] 每半年
           *[year] 每年
        }。
    }
    .remedy =
    { $reason ->
        [clause] 引用规定这一周期的决议，或者用 acknowledged 说明理由。
       *[title] 把名称改过来，各种语言都要改。
    }
problem-W227 = 打印模板要从“{ $what }”取内容，打印时不会去取，这一处会空着。
    .remedy = 把图片、样式或字体用 data: 直接写进模板。
