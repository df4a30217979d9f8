# 制度文件的问题：编号、说明和改法；例子见 docs/errors.md
problem-E101 =
    { $reason ->
        [form] “{ $name }”不能作标识：只能用小写英文字母、数字和下划线，并以字母开头。
        [reserved] “{ $name }”是语言本身保留的词。
        [column] “{ $name }”是每条记录都有的列，题目不能叫这个名字。
        [question] 有两道题叫“{ $name }”，名字不能重复。
        [has_column] 这些行已经有“{ $name }”列。
        [file] 标识“{ $name }”和文件名“{ $wanted }”不一致。
        [twice] 标识“{ $name }”已经在 { $first } 里用过了。
        [taken] 地点“{ $name }”已经有了。
        [described] “{ $name }”已经由表单 { $first } 描述，一种对象只有一张档案表单。
        [level] “{ $name }”是地点的层级，不能由表单描述。
       *[other] 标识“{ $name }”不能用。
    }
    .remedy = 换一个标识；文件名要和标识相同，全部文件里不能重名。
problem-E102 =
    { $reason ->
        [key] 这里没有“{ $what }”这一项。
        [no_word] “{ $what }”不是条件里的词。
        [kind] “{ $what }”不是一种定义。
        [word] 这里不能写“{ $what }”。
        [table] 没有叫“{ $what }”的表（表单、职责、指标、规则或评分表）。
        [each] “{ $what }”不是对象、地点层级，也不是表。
        [role] 没有叫“{ $what }”的岗位。
        [column] 这些行里没有“{ $what }”这一列。
        [no_column] 这些行里没有“{ $what }”这一列。
        [no_function] 没有“{ $what }”这个函数。
        [not_a_choice] “{ $what }”不在选项里。
        [choice] “{ $what }”不在选项里。
        [field] 表单里没有“{ $what }”这个题目。
        [field_type] 没有“{ $what }”这种题目类型。
        [subject] “{ $what }”不是可以引用的对象。
        [described] 没有表单描述“{ $what }”。
        [form] 没有叫“{ $what }”的表单。
        [spacing] “{ $what }”不是一种周期。
        [level] 没有“{ $what }”这一层级。
        [place] 没有地点“{ $what }”的文件。
        [calendar] 没有叫“{ $what }”的日历。
        [zone] “{ $what }”不是时区名称。
        [holidays] 没有插件知道“{ $what }”的节假日。
        [permission] 没有“{ $what }”这种权限。
        [definition] 没有叫“{ $what }”的定义。
        [item] 没有“{ $what }”这一项。
        [item_kind] 没有“{ $what }”这一种项目。
        [grade] 没有“{ $what }”这一等次。
        [duty] 没有“{ $what }”这项任务。
        [membership] “{ $what }”不是在册时间的写法：half、any、all、at_start、at_end 或时长。
        [state] 没有“{ $what }”这个状态。
        [no_unit] “{ $what }”不是这里能用的时间单位。
        [method] 没有名为“{ $what }”的计分方法。
        [check] 没有叫“{ $what }”的检查。
        [option] 该计分方法没有“{ $what }”这一参数。
        [aggregate] 没有名为“{ $what }”的汇总方式。
        [counting] 没有名为“{ $what }”的计数方式。
        [windows] 没有名为“{ $what }”的周期方式。
        [plugin] 没有“{ $what }”这个插件。
        [setting] 该插件没有“{ $what }”这一设置。
        [template] 没有叫“{ $what }”的打印模板。
       *[other] 不认识“{ $what }”。
    }
    .remedy = 检查拼写，或先声明它。
problem-E103 =
    { $reason ->
        [currencies] { $what }：货币不同，不能一起计算。
        [list_compared] { $what }：多选列要用 has、has_any 或 filled。
        [not_ordered] { $what }：这一列没有大小先后，不能这样比较。
        [different_types] { $what }：两边类型不同。
        [different_references] { $what }：两边指的不是同一类对象。
        [wrong_number_of_arguments] { $what }：参数个数不对。
        [too_big] { $what }：数字太大。
        [too_long] { $what }：文字太长。
        [not_an_integer] { $what } 要写整数。
        [negative] { $what } 不能小于 0。
        [not_a_number] { $what } 要写数字，例如 3、0.5、1/2、50%。
        [number_wanted] { $what } 要写数字。
        [integer_wanted] { $what } 要写整数。
        [money_wanted] { $what } 要写金额。
        [not_a_boolean] { $what } 要写 true 或 false。
        [boolean_wanted] { $what } 要写条件（真或假）。
        [not_a_date] { $what } 要写日期，例如 2025-03-17。
        [date_wanted] { $what } 要写日期。
        [not_a_time] { $what } 要写时刻，例如 09:30。
        [not_an_instant] { $what } 要写时间，例如 2025-03-17T09:30。
        [instant_wanted] { $what } 要写时间。
        [ends_before] { $what } 要晚于 from：还没开始就结束了。
        [not_a_length] { $what } 要写时长，例如 30 minutes、5 working_days。
        [only_a_limit] { $what } 不能用工作小时或工作分钟：只有期限可以。
        [pairs_of_times] { $what } 要为每段工作时间写起、止两个时刻，先后有序，互不重叠。
        [no_hours] { $what } 用了工作小时或工作分钟，而日历里没有写上下班时间（hours）。
        [not_a_period] { $what } 要写期间，例如 2025-Q3。
        [item] { $what } 要写条款的编号：这里是空的。
        [text] { $what } 要写文字。
        [link] { $what } 要填网址，以 http:// 或 https:// 开头。
        [text_wanted] { $what } 要写文字。
        [mapping] { $what } 要写若干项“键: 值”。
        [list] { $what } 要写列表。
        [list_wanted] { $what } 要写列表。
        [condition] { $what } 要写条件：列和值，或表达式。
        [pair] { $what } 要写两个值。
        [pair_of_days] { $what } 要为每个窗口写两个日期，先后有序。
        [dated] { $what } 要写“日期: 值”。
        [register] { $what }：只有带 describes 的表单才有名册。
        [compared] { $what }：只能比对文字、日期、单选、整数或引用类的题目。
        [text_field] { $what }：只有文字类的题目才能近似比对。
        [date_field] { $what } 要写日期或时间类型的题目。
        [in_rows] 重复的行里不能再放分组或重复（{ $what }）。
        [not_here] 这种类型的题目不能写 { $what }。
        [one_total] 合计“{ $what }”要写一种算法：count、sum、average、min、max 或 distinct。
        [not_added_up] “{ $what }”不是能这样合计的列。
        [bounds] { $what }：上限不能小于下限，也不能小于 1。
        [span_form] { $what } 要写有起止（span）的表单。
        [another_post] 岗位不能替代自己：写另一个岗位。
        [field_of_check] 这项检查不看 { $what } 这样的题目。
        [moments_wanted] { $what } 的 within 要数有时刻的记录。
        [within_of_aggregates] within 只能用于 count、sum 这样的数，{ $what } 用 back。
        [limit_of_matter] { $what } 不由这个流程的事项或步骤开始计时。
        [spacing] { $what } 要写一种周期。
        [events] { $what } 要由事件触发：for_each 写一个表单或表。
        [every_or_within] { $what } 只能写 every、within、series 之一。
        [choice] { $what } 要写单选列。
        [one_aggregate] { $what } 只能写一个统计函数。
        [one_of_form_and_table] { $what } 只能写 form 和 table 之一。
        [days] { $what } 要写以天计的时长，不随日期变化。
        [id] { $what } 要写标识：小写英文字母、数字和下划线。
        [shape] { $what } 的写法不对：该写单个值、列表还是“键: 值”，见语言说明。
        [not_a_choice] { $what } 要写选项之一。
        [not_a_span] { $what } 要写起止两个时间，起在前。
        [not_comparable] { $what }：照片一类的内容不能比较，只能用 filled。
        [number_as_float] { $what } 的小数要写成文字，例如 "0.5"，这样才精确。
        [object_wanted] { $what } 要写一组“键: 值”，不能写成一段文字。
        [no_offset] { $what } 要写出与标准时间的差，例如 2025-03-17T09:30+08:00。
        [zero_denominator] { $what }：分母不能是零。
        [constant_over_zero_wanted] { $what }：round 的第二个参数要写大于零的常数。
        [unit_wanted] { $what }：这里要写时间单位，例如 days、months、years。
        [places] { $what }：名额写作低于 100% 的比例（如 20%），或从 1 起的整数；100% 等于不限名额。
        [part_of_period] { $what }：期间的一部分写作 H1、Q3、03 或 W07。
        [rolled_up] { $what }：只能汇总另一项指标的数值，计量方式随该指标。
        [pooled] { $what }：只有占比、比率、平均、计数和求和可以合并计算。
        [text_or_number_wanted] { $what }：hash 只接受文字、数字、引用和日期。
        [one_step] { $what }：一步只做一件事，请分成两步写。
        [moment_table] { $what } 要求行带有时刻：at 列，或 start 与 end 列。
        [span_wanted] { $what } 要求行带有起止时刻。
        [spans_wanted] { $what } 要写期间或起止时间段。
        [time_wanted] { $what } 要写时刻。
        [length_wanted] { $what } 要写时长。
        [period_wanted] { $what } 要写期间。
        [choice_wanted] { $what } 要写单选列或选项。
        [choices_wanted] { $what } 要写多选列。
        [ref_wanted] { $what } 要写引用一个对象的列。
        [ref_wanted] { $what } 要写引用某人或某个对象的列。
        [refs_wanted] { $what } 要写引用若干对象的列。
        [data_wanted] { $what } 这种题目不能用表达式算出。
        [windows_or_starts] { $what } 只能写 windows 和 starts 之一。
        [month] { $what } 要写月份 1 到 12。
        [suffix] { $what } 只能写大写字母，而且和日历里别的年度不同。
        [times_from] { $what } 要早于 times_of_day 里的第一个时刻。
        [pause_parts] { $what }：一项暂停要写 from 和 until，或者写 during。
        [countable] { $what } 要用分钟、小时、工作分钟、工作小时、天、工作日或周。
        [column_or_by] { $what } 只能写 column 和 by 之一。
        [series] { $what } 要写同一单位的偏移，不能小于零。
        [quorum] { $what } 只能写 at_least 和 share 之一；share 是 role 任职者的比例。
        [share] { $what } 要写大于零、不超过 100% 的比例。
        [among] { $what } 要写 uses: once 且非滚动的职责，并包括本职责：{ $what } 不是。
        [at_least_or_share] { $what } 只能写 at_least 和 share 之一。
        [only_deadlines] { $what } 只用于由事件触发的职责。
        [prorate] { $what } 只用于可以部分在册的窗口。
        [rolling] { $what } 每次只看一条记录：不能与 times、权重、together、of_which、prorate、uses: once 合用。
        [starts_link] { $what } 要能看出哪些事件属于同一对象：表单要有 about，或写 link。
        [comparable] { $what } 只能比较周期与周期，或期限与期限，而且要用各日历都有的单位。
       *[other] { $what }：值的类型不对。
    }
    .remedy = 改成所需的写法。
problem-E104 =
    { $reason ->
        [syntax] 从这里起不是合法的 YAML。
        [tab] 这一行用了制表符。
        [character] 这里有一个 YAML 不允许的字符。
        [encoding] 文件不是 UTF-8 编码。
        [size] 文件太大，最多 { $limit } 个字符。
        [depth] 嵌套太深，最多 { $limit } 层。
        [empty] 文件是空的。
        [documents] 一个文件里有几份文档（---）。
        [tag] 不能用标签“{ $name }”。
        [anchor] 不能用锚点“&{ $name }”。
        [alias] 不能用别名“*{ $name }”。
        [duplicate] “{ $name }”写了两次，第一次在第 { $first } 行。
        [key] 键必须是文字。
        [unquoted] 大括号里的表达式没有加引号，被逗号切开了。
       *[other] 文件读不懂。
    }
    .remedy =
    { $reason ->
            [tab] 请改成空格。
            [encoding] 请用 UTF-8 重新保存。
            [documents] 每个概念单独存成一个文件。
            [unquoted] 给表达式加上引号。
            [duplicate] 删掉其中一个。
            [empty] 写上内容，或删掉这个文件。
            [tag] 如果是文字，请加引号。
            [anchor] 把内容写全；如果是文字，请加引号。
            [alias] 把内容写全；如果是文字，请加引号。
           *[other] 检查缩进、冒号和引号。
        }
problem-E105 =
    { $reason ->
        [empty] 这里缺一个表达式。
        [too_long] 表达式太长，最多 { $what } 个字符。
        [too_many_nodes] 表达式太复杂，最多 { $what } 个部分。
        [too_deep] 表达式嵌套太深，最多 { $what } 层。
        [too_big] 数字 { $what } 太大。
        [unterminated] 引号 { $what } 没有配对。
        [ternary] 不能用“{ $what }”写选择。
        [list] 表达式里不能有列表。
        [map] 表达式里不能有大括号。
        [method] “{ $what }”不能这样调用。
        [full_width] “{ $what }”是全角符号。
        [incomplete] 表达式没有写完。
        [no_value] “{ $what }”后面缺值。
        [empty_list] 列表是空的。
        [list_wanted] “{ $what }”要写列表。
        [condition_wanted] 这里要写条件。
        [value_wanted] “{ $what }”要写一个值。
        [one_of_wanted] 几个值要用 one_of。
        [boolean_wanted] “{ $what }”后面要写 true 或 false。
        [unexpected] 表达式里不能有“{ $what }”。
       *[other] 表达式里的“{ $what }”不对。
    }
    .remedy = 写法见语言说明：列名、比较、&&、||、! 和固定的函数。
problem-E106 = 缺少“{ $name }”。
    .remedy = 加上 { $name }:。
problem-E107 = 这个版本还不能执行“{ $what }”。
    .remedy = 先去掉它，或换一种写法。
problem-E108 = 不能写入 { $what }。
    .remedy = 检查文件夹的权限和剩余空间。
problem-E110 = 定义绕成了圈：{ $what }。
    .remedy = 让其中一个不再读取另一个的结果。
problem-E111 =
    { $reason ->
        [many] { $table } 的行可以按几列归到 { $wanted }：{ $candidates }。
        [link] { $link } 指向 { $to }，而这里要把 { $table } 的行归到 { $wanted }。
       *[none] { $table } 的行没有一列指向 { $wanted }。
    }
    .remedy = 用 link: 写明指向它的那一列；要按别的对象计数，请用 table 的 tally。
problem-E112 =
    { $reason ->
        [aggregate] { $what } 要从多行中取一个值。
       *[to_many] { $what } 经过有多个值的列。
    }
    .remedy = 请计数或求和：用 facts、指标，或 count、sum(x)、last(x) 这样的汇总。
problem-E113 =
    { $reason ->
        [undecided] { $what } 没有说明不确定是否算数的行怎么办。
       *[empty] { $what } 没有说明没有数据时怎么办。
    }
    .remedy =
    { $reason ->
            [undecided] 请加上 undecided: leave_out、count_in 或 hold。
           *[empty] 请加上 empty: not_applicable 或 unknown。
        }
problem-E114 =
    { $reason ->
        [running] { $what } 会一直累计下去。
       *[back] { $what } 要回看多久没有写。
    }
    .remedy =
    { $reason ->
            [running] 请用 since: year（或 month、week 等）写明从何时重新累计。
           *[back] 请写明：every 表示重新起算，back 表示往前看几个期间。
        }
problem-E120 = { $what } 的权重合计 { $sum }，应为 100%。
    .remedy = 调整各部分的 weight。
problem-E121 = { $what }：各项满分合计 { $sum }，而总分是 { $max }。
    .remedy = 改各项的 max，或改总分。
problem-E122 =
    { $reason ->
        [no_last] { $what }：最后一档不能有界限，它接收其余的值。
       *[order] { $what }：各档的界限顺序不对。
    }
    .remedy = 等次从高到低，分段从低到高，最后一档不写界限。
problem-E123 = 选项“{ $what }”没有对应的分值。
    .remedy = 在 gives 里加上它，可以写 0。
problem-E125 =
    { $reason ->
        [equal] 同一组的规则“{ $what }”与本规则次序相同。
        [duty] 任务“{ $what }”并不是按本规则的每个认定启动的。
       *[unlike] 同一组的规则“{ $what }”判断的对象不同，或取舍方式不同。
    }
    .remedy =
        { $reason ->
            [equal] 给组内每条规则写各自的 `order`（first）或 `level`（strictest）。
            [duty] 在该任务的 `for_each` 中写本规则。
           *[unlike] 同一组规则的 `for_each`、`every`、`hit` 要一致。
        }
problem-E126 = 积分账户要按每条记录、不限周期计分，“{ $what }”做不到。
    .remedy = 账户所在的得分表只用按记录计分的分项（可用 at_most、max 封顶），其余写到另一张得分表。按义务、判定结果或周期计分的，要从某一天起算：请在得分表写明 in_force.from。
problem-E127 = { $what }：该参数与其他参数不匹配，或不符合计分方法的要求。
    .remedy = 请在 docs/plugins.md（或插件自己的说明）中查看该计分方法需要什么参数。
problem-E131 =
    { $reason ->
        [no_path] 没有“{ $what }”这个路径。
        [no_reason] 对“{ $what }”的改动没有写理由。
        [closed] 上级没有开放“{ $what }”。
        [outside] “{ $what }”的新值超出上级允许的范围（{ $free }）。
        [no_value] 对“{ $what }”的改动没有写新值。
        [widened] “{ $what }”的允许范围只能收窄，不能放宽。
        [no_gain] “{ $what }”不能添加：只有表单能增加题目、选项和填写岗位。
        [there] “{ $what }”已经有了。
        [no_file] adds 写了“{ $what }”，那里没有文件。
        [restated] “{ $what }”是上一级定下的，不能整份改写；用 overlay.yaml 在开放范围内调整。
        [lost] 表单不能减少“{ $what }”。
       *[other] “{ $what }”不能这样改。
    }
    .remedy =
        { $reason ->
            [no_path] 看路径有没有写错；别的社区没有这一项的，改动推不上去。
            [lost] 把它留着：编号不动，名称可以改。上级的规定和别处的统计还要用它。
            [outside] 改成范围内的值；确需超出，请上级先放宽。
            [closed] 这一项由上级定，本级不能改；确需不同，请上级先开放。
           *[other] 看上级文件里的 open，并用 why 写明理由。
        }
problem-E132 =
    { $reason ->
        [overlap] “{ $what }”与它前面的版本同时有效。
        [about] “{ $what }”的对象与第一个版本不同。
        [measure] “{ $what }”的计算方式与第一个版本不同。
        [unit] “{ $what }”的单位与第一个版本不同。
        [goes_on] “{ $what }”接不上前面的版本。
        [order] “{ $what }”里各情形的先后与前一个版本不同。
       *[timeless] “{ $what }”的行没有时间，不能按日期分版本。
    }
    .remedy =
        { $reason ->
            [overlap] 前一版在 in_force 里写 until，后一版写同一天的 from。
            [order] 两个版本都有的情形保持同样的先后；先后真的变了就另立一个定义。
            [goes_on] goes_on 只用于后面的版本：规则的 for_each、every 和 by 要一致，前面的版本也有同名的连续计数；滚动期限的任务只能改 every。
            [about] 各版本的 for_each（或 per）要一致；对象不同就另立一个定义。
            [measure] 各版本的 measure 要一致；不同就另立一个指标。
            [unit] 各版本的 unit 要一致；不同就另立一张得分表。
           *[timeless] 从有 at 或 start 列的表开始。
        }
problem-E133 = “{ $what }”来自插件“{ $plugin }”，它在这里没有启用。
    .remedy = 在规则工坊的“插件”页打开它；改文件的，在 config/plugins.yaml 或本地文件夹 plugins.yaml 的 plugins 下写上“{ $plugin }”。
problem-E134 =
    { $reason ->
        [there] { $what }：“{ $name }”在同一张表单里还是另一道题。
        [twice] { $what }：已有另一道题接续“{ $name }”。
        [taken] { $what }：“{ $name }”是前一个版本里改了名的题，旧记录的答案归改名后的题。
        [retyped] { $what }：前一个版本的类型是 { $name }，旧答案不能一一转换。
        [order] { $what }：各选项的先后与前一个版本不同，而它们是可以比较大小的。
       *[shape] { $what }：指的题目与第一个版本不同，各版本的行合不到一张表里。
    }
    .remedy =
        { $reason ->
            [retyped] 给新题起一个新名字，去掉 was；旧答案留在原来的名字下。
            [order] 保持共有选项的先后，或给新题起一个新名字。
            [shape] 各版本都写同一道题；改了名的用 was 接续。
           *[other] 给新题起一个没有用过的名字。
        }
problem-E135 = “{ $what }” 是给人看的存疑提示，任何规则、指标、考核表都不能读它。
    .remedy = 在这里写别的表；存疑的记录在“存疑记录”页由人来看。
problem-E137 =
    { $reason ->
        [unclosed] 打印模板读不懂：到文件末尾，“{ $what }”还没有用 end{ $what } 结束。
        [end] 打印模板读不懂：还没写完文件就结束了，检查有没有漏掉的 {"}}"}、{"%}"} 或 {"#}"}。
        [tag] 打印模板读不懂：没有“{ $what }”这种标记，或它不该在这里。
        [filter] 打印模板读不懂：没有“{ $what }”这个过滤器。
        [test] 打印模板读不懂：没有“{ $what }”这种判断。
        [twice] 打印模板读不懂：“{ $what }”这一块写了两次。
        [sign] 打印模板读不懂：这里不该有“{ $what }”。
        [nested] 打印模板读不懂：一层套一层，套得太深。
       *[other] 打印模板读不懂：{ $what }。
    }
    .remedy = 请改正这一行；写法见 docs/printing.md。删掉这个文件就改用随附的模板。
problem-W201 = { $what } 是暂定的数，原文没有规定。
    .remedy = 写上自己的数，或去掉 origin: assumed；认可暂定数的，在本地的 place 文件里用 acknowledged 写明理由。
problem-W205 = { $what } 在 { $date } 改变，落在一个周期中间。
    .remedy = 周期开始时的数算到底；最好从周期第一天起改。
problem-W210 = 条件用到“{ $what }”，但它不是必填。
    .remedy = 把题目设为 required，或用 known 写明没填时怎么办。
problem-W218 =
    { $reason ->
        [absent] 插件“{ $plugin }”已启用，但这里没有安装这个包。
       *[other] 插件“{ $plugin }”已启用，但启动失败：{ $reason }
    }
    .remedy = 它算的结果在它运行之前都是未知，其他一切照常。安装或修好这个包后重新启动，或停用它。
problem-W219 = 这里没有谁认识“{ $what }”，它可能来自缺少的插件：{ $plugin }。
    .remedy = 它原样保留，结果为未知。安装或修好插件；如果是写错了，请改正。
problem-W220 = 数字是用“{ $plugin }”的 { $said } 版算的，现在安装的是 { $found } 版。
    .remedy = 先看有什么不同，再把安装的版本写在这里并发布，这样修订版里记有它。
