# 命令行
cli-usage = 用法：
cli-arguments = 参数
cli-options = 选项
cli-help = 显示这份说明
cli-language = 用哪种语言说话：zh、en 或 es（不写就按终端的）
cli-fault-value = { $name } 后面要写一个值。
cli-fault-invalid = { $name } 不能是“{ $value }”。
cli-fault-required = 还缺：{ $name }。
cli-fault-unknown = 这个命令不认得：{ $value }。
cli-fault-extra = { $name } 不能这样带值。
cli-no-command = 没有“{ $command }”这个命令。./gridbook 会列出全部命令。
cli-interrupted = 已中断。已经确认的都保存好了。
cli-engine = 规则引擎没有给出可信的结果（{ $reason }）。什么都没有改动；请再试一次。
cli-internal = gridbook 自身的故障（{ $kind }）。出错位置写在 { $path }，里面没有个人信息；请交给维护 gridbook 的人。
cli-migrating = 正在更新数据库：{ $name }

cli-serve = 在这个终端启动应用；按 Ctrl-C 停止。
cli-serving = gridbook 已就绪：{ $address }
cli-stopped = 已停止。
cli-option-host = 监听的地址；0.0.0.0 让同一网络里的手机也能打开
cli-option-port = 监听的端口

cli-demo = 生成演示社区：几个虚构的社区，有一年多的记录。再次运行只补上缺少的部分。
cli-demo-making = 正在生成演示社区…
cli-demo-storing = 保存记录
cli-demo-done = 演示社区已就绪，可以用 { $people } 个人的身份查看。用 ./gridbook serve 启动。

cli-check = 检查表单和规则，每个问题给出行号和改法。加 --ledger 和 --period 还会列出那份台账从未用到的条款。
cli-checking = 检查
cli-check-done = { $place }：{ $files } 个文件，{ $errors } 个错误，{ $warnings } 个提醒，{ $acknowledged } 个已说明理由。
cli-check-needs = --ledger 和 --period 要一起写，并写明 --place。
cli-cases = 运行制度自带的案例；NAME 按文件名或标题挑选。加 --nudge 则找出改了也没有案例会发现的数字，NAME 挑选数字。
cli-cases-running = 案例
cli-cases-failed = { $where }：“{ $title }”
cli-cases-done = { $all } 个案例中有 { $passed } 个通过。
cli-cases-none = 没有文件名或标题含“{ $names }”的用例。不写名称就运行全部用例。
cli-nudge-running = 数字
cli-nudge-done = { $all } 个数字中有 { $noticed } 个会被案例发现。
cli-nudge-none = 没有路径或文件名含“{ $names }”的数字。不写名称就试全部数字。
cli-coverage = 逐条说明文件里的每一项由哪个定义承载；有一项没有承载就以代码 1 结束。
cli-coverage-information = 仅为背景情况
cli-coverage-page = 待有页面：{ $page }
cli-coverage-missing = 没有承载
cli-coverage-kind = { $kind }：{ $all } 项中 { $done } 项
cli-coverage-done = 共 { $all } 项：{ $carried } 项有承载，{ $information } 项仅为背景，{ $page } 项待页面，{ $missing } 项没有承载。
cli-publish = 让一个地方的表单和规则生效；先显示有哪些改动。
cli-publish-none = { $place }：和现行版本没有差别。
cli-publish-change = { $kind ->
    [added] 新增
    [removed] 删除
   *[changed] 修改
  } { $path }
cli-publish-drafted = 这些文件已成为规则工坊里的草稿 { $draft }。
cli-publish-ask = 让它生效吗？[y/N]
cli-publish-yes = y
cli-publish-left = 没有发布。
cli-publish-form = 表单“{ $form }”有 { $entries } 条有效记录：
cli-publish-question = { $fate ->
        [new] 新题 { $question }：{ $entries } 条旧记录里是未知，照常计算
        [carried] 答案接续到 { $question }：{ $entries } 条
        [otherwise] { $question } 的答案按新写法读取：{ $entries } 条
        [gone] 不再问 { $question }：{ $entries } 条的答案留在记录里，规则不再读取
       *[left_out] { $question }：{ $entries } 条记录将不再计入任何结果
    }
cli-publish-form-gone = 表单取消：{ $entries } 条记录将不再计入任何结果
cli-publish-cases = 制度有 { $failed } 个案例不通过。请改好规则或案例再发布；如果改动正是本意，加上 --despite-cases。
cli-published = { $place }：版本 { $revision } 已生效。
cli-evaluate = 只用文件，算出应做、已做和得分，输出 JSON。
cli-evaluate-reading = 读取
cli-evaluating = 推算
cli-writing = 写入
cli-evaluated = { $entries } 条记录，{ $tables } 张表。
cli-appraise = 从台账算出一个时期的考核。
cli-ranking = 排名
cli-appraise-none = 这个时期没有考核。
cli-print = 把一个时期的考核写成 PDF，每人一个文件。
cli-printing = 打印
cli-printed = { $folder } 里写了 { $count } 个文件
cli-freeze = 封存一个期间：把现在的结果永久保存下来，并公布其中的考核。
cli-frozen = { $place } 的 { $period } 已封存，截至 { $at }。公布条数：{ $entries }
cli-difference = 已封存的期间现在重算会有什么不同：哪些行、涉及谁、为什么。
cli-impact = 把草稿和现行制度用过去一段时期的记录各算一遍，说出会改变什么
cli-impact-working = 试算
cli-option-files = 草稿所在的目录（默认是这里的文件）
cli-impact-nobody = 没有受影响的人：{ $person }
cli-impact-written = 已写入 { $path }。
cli-difference-none = { $period } 重算的结果与封存时一致。此后录入的记录：{ $later } 条
cli-difference-some = { $period } 有 { $changes } 行重算后不同；封存的结果不变。此后录入的记录：{ $later } 条
cli-difference-row = { $kind ->
    [added] 新增
    [removed] 消失
   *[changed] 变化
 }：{ $table } { $key }
cli-difference-column =   { $name }：{ $before } → { $after }
cli-difference-causes =   由于 { $causes }
cli-difference-time =   由于时间推移
cli-archive = 把封存的时段连同全部依据（结果、制度、记录）写成一个档案文件。
cli-archived = { $place } { $period } 已写入档案，含 { $entries } 条记录。其中有敏感内容，请存放在只有可查看的人能打开的地方。
cli-verify = 重新计算封存时段的档案，说明是否完全一致，或第一处不同在哪里。
cli-verified = 完全一致：{ $place } { $period } 按版本 { $revision } 和 { $entries } 条记录重新计算，与封存时相同。
cli-verify-printed = 打印件末尾印着：规则版本 { $revision }，台账 { $ledger }。
cli-verify-altered = { $part ->
    [regulation] 制度文件不是封存时的文件。
    [entries] 记录不是封存时的记录。
   *[outcome] 档案中的结果不是封存时写下的结果。
 }
cli-verify-differs = { $place } { $period } 重新计算的结果与封存时不同（版本 { $revision }）。不同的行：{ $rows }
cli-option-print-all = 所有人印成一个合订文件，另加一个单份的压缩包；中断后再执行一次就接着印
cli-option-print-what = 打印什么：每人的考核（默认）、社区或街道的报告、荣誉证书、一张卡片
cli-option-subject = 卡片是谁的，例如 household/hh-0001
cli-option-print-sensitive = 卡片连同敏感答案；不写就遮住
cli-option-in = 用哪种语言打印，不写就用界面语言；zh-Hant 是繁体中文
cli-option-all = 列出所有不同的行，而不只是第一处
cli-rebuild = 从记录重新推算库里所有推算出来的内容。
cli-rebuilding = 重建
cli-rebuilt = 已从 { $entries } 条记录重建。
cli-import = 从 JSON Lines 文件把记录读进一个地方的台账；加 --form 则读取工作簿（.xlsx）或 csv 的各行。
cli-imported = 新增 { $new } 条，已有 { $known } 条，{ $faults } 处有问题。
cli-imported-silent = 有 { $n } 条记录已保存，但哪里都不算，缘故见上；结果里逐条列出（excluded）。
cli-importing = 正在读取各行
cli-imported-rows = 新增 { $new } 行，变更 { $changed } 行，已有 { $known } 行，有问题 { $faulty } 行。
cli-tried-rows = 没有保存。将会新增 { $new } 行，变更 { $changed } 行，已有 { $known } 行，有问题 { $faulty } 行。
cli-returned = 有问题的 { $rows } 行写入 { $path }：在里面改好，再导入这个文件。
cli-mapping-kept = 各列的对应关系写入 { $path }：请核对；下次导入按它读取。
cli-fault-line = { $where }：{ $text }
cli-more-faults = … 另有 { $rows } 行有问题；用 --faults 文件.xlsx 可全部写出。
cli-option-form = 文件各行所属的表单
cli-option-entries = 写出这张表单的各条记录，而不是所描述对象的现状
cli-option-sensitive = 连同敏感答案，例如身份证号和电话
cli-option-map = 各列的对应表（YAML）：已有就读取，没有就写出建议
cli-option-dry-run = 只说明各行会怎样，不保存
cli-option-faults = 把有问题的行写到哪里，并注明问题（.xlsx）
cli-export = 把一个地方的台账写成 JSON Lines 文件，内容完整，敏感答案也在内；加 --form 则把一张名册写成 .xlsx 或 csv。
cli-exported = { $entries } 条记录写入 { $path }
cli-exported-rows = { $rows } 行写入 { $path }
cli-backup = 把运行中的数据库在某一刻的样子备份成文件。
cli-backing-up = 备份
cli-backed-up = { $rows } 行写入 { $path }
cli-restore = 恢复备份：全部核对无误才写入，否则什么都不改。
cli-restoring = 恢复
cli-restored = 已恢复 { $rows } 行。正在运行的应用要重新启动。
cli-bench = 和纯 SQL 比较速度和内存；需要几分钟。
cli-benching = 测量

cli-option-place = 社区：标识，或 config/ 下的文件夹
cli-option-names = 案例文件名或标题的一部分
cli-option-ledger = 记录，每行一个 JSON 对象
cli-option-period = 例如 2025、2025-Q1、2025-03
cli-option-as-of = 日期（当地当天零点）或带时差的时刻
cli-option-against = 同一地方另一套文件所在的文件夹（含 forms、rules、config）：写出与其结果的不同之处
cli-compared = { $changes } 行不同；重新计算了 { $rerun } 张表
cli-option-out = 写到哪里；不写就输出到终端
cli-option-resolution = 让它生效的决议编号或说明
cli-option-by = 由谁办理；导入时指各行没有写明的经办人
cli-option-despite-cases = 案例不通过也发布
cli-option-despite-entries = 有记录不再计入也发布
cli-option-yes = 不再询问
cli-option-person = 只要一个人的
cli-option-file = 文件
cli-option-force = 替换库里已有的内容
cli-option-only = 只测一项，按 docs/measurements.md 的字母（c 随 a 一起测）
cli-option-paging = 只测一百万条记录的台账翻页（先填满台账，需要较长时间）
cli-option-pairs = 测多少对；取中位数
cli-option-nudge = 找出没有案例会发现的数字

# 命令和服务的问题
problem-E510 = “{ $place }”还没有生效的制度：文件有了，还没有发布。
    .remedy = 先发布，再试一次：./gridbook publish --place { $place } --yes
problem-E511 = “{ $period }”不是一个时期。
    .remedy = 写成 2025、2025-Q1、2025-H1 或 2025-03。
problem-E512 = 声明的文件里没有可以管理的岗位，或没有任命岗位的表单。
    .remedy = 声明一个带“may: [administer]”的岗位和一张任命表单。
problem-E520 = 演示的情景文件缺少或读不出来。
    .remedy = 从代码库取回 config/demo/*/scenario.yaml。
problem-E521 = 这个数据文件夹里已有旧版本生成的演示（{ $places }），其中的记录原样保留；别的演示社区已补齐。
    .remedy = 要全新的演示，换一个空的数据文件夹（GRIDBOOK_DATA）再运行 ./gridbook demo。
problem-E531 = 端口 { $port } 已被占用。
    .remedy = 停掉另一个程序，或用 --port 换一个端口。
problem-E532 = 不能在这个地址监听端口 { $port }。
    .remedy = 用 --port 选 1024 以上的端口，用 --host 写这台机器的地址。
problem-E541 = 您查看之后，文件又变了。
    .remedy = 重新看一遍改动再发布。
problem-E542 = 这份文件复制出来之后，别人已经启用过新版。
    .remedy = 先取到较新的文件，在上面改，这样谁的改动都不会丢。
problem-E543 = 规定自带的案例有 { $failed } 个没有通过。
    .remedy = 看看是规则错了还是案例该改；确实要这样，就明说照样发布。
problem-E544 = { $what }：照这样改，有 { $entries } 条已有记录将不再计入任何结果。
    .remedy = 新题写上从哪天起问（in_force: {"{"}from: …{"}"}）；不再用的选项写 retired: true；换了类型的题另起名字，改了名的用 was 接续；表单留着，写上到哪天为止。确实要这样，发布时加 --despite-entries。
problem-E551 = 没有社区“{ $place }”。
    .remedy = 已有：{ $known }。
problem-E552 = { $path } 读不了。
    .remedy = 检查路径和文件权限。
problem-E553 = { $path } 写不了。
    .remedy = 检查路径和文件夹权限。
problem-E554 = “{ $value }”既不是日期，也不是带时差的时刻。
    .remedy = 写成 2026-01-05 或 2026-01-05T08:00:00+08:00。
problem-E560 = { $column } 应为 { $wanted }，结果是 { $found }。
    .remedy = 改规则，或改预期。
problem-E561 = { $table } 里没有 { $said } 的行。
    .remedy = 改规则，或改预期；“rows: 0”表示预期没有。
problem-E562 = { $table } 里有 { $found } 行符合 { $said }。
    .remedy = 多写几列，让它只指一行；或用“rows”写明行数。
problem-E563 = { $table } 应有 { $wanted } 行，结果有 { $found } 行。
    .remedy = 改规则，或改预期。
problem-E565 = 给出的记录 { $entry } 写明不算数（{ $reason }），可它算数，或者是因别的缘故不算。
    .remedy = 请删去 excluded，或者改这条记录。
problem-E564 =
    { $reason ->
        [subject_missing] 给出的记录 { $entry } 不算数：没有写明对象。
        [answer_missing] 给出的记录 { $entry } 不算数：缺一个必答的答案。
        [span_reversed] 给出的记录 { $entry } 不算数：结束早于开始。
        [check] 给出的记录 { $entry } 不算数：表单的检查不通过。
        [once_per] 给出的记录 { $entry } 不算数：同一时段里已有一条，只算第一条。
        [too_big] 给出的记录 { $entry } 不算数：一个数字太大。
        [too_long] 给出的记录 { $entry } 不算数：一个答案太长。
        [zero_denominator] 给出的记录 { $entry } 不算数：一个分数的分母是零。
        [number_as_float] 给出的记录 { $entry } 不算数：一个小数没有写成文字。
        [not_a_number] 给出的记录 { $entry } 不算数：一个答案不是数字。
        [not_an_integer] 给出的记录 { $entry } 不算数：一个答案不是整数。
        [not_a_boolean] 给出的记录 { $entry } 不算数：一个答案不是 true 或 false。
        [not_a_choice] 给出的记录 { $entry } 不算数：一个答案不在选项里。
        [not_a_date] 给出的记录 { $entry } 不算数：一个答案不是日期。
        [not_an_instant] 给出的记录 { $entry } 不算数：一个答案不是时间。
        [no_offset] 给出的记录 { $entry } 不算数：一个时间没有写与标准时间的差。
        [not_a_time] 给出的记录 { $entry } 不算数：一个答案不是时刻。
        [not_a_period] 给出的记录 { $entry } 不算数：一个答案不是期间。
        [not_a_length] 给出的记录 { $entry } 不算数：一个答案不是时长。
        [not_a_span] 给出的记录 { $entry } 不算数：一个答案不是起止时间段。
        [text_wanted] 给出的记录 { $entry } 不算数：一个答案不是文字。
        [list_wanted] 给出的记录 { $entry } 不算数：一个答案不是列表。
        [object_wanted] 给出的记录 { $entry } 不算数：一个答案不是一组“键: 值”。
       *[other] 给出的记录 { $entry } 不算数：有一个答案读不懂。
    }
    .remedy = 改正给出的记录。
problem-E580 =
    { $reason ->
        [nothing] 没有任何定义承载 { $item }（{ $kind }）。
        [kind] 承载 { $item }（{ $kind }）的定义种类不够。
        [kept] 没有案例表明 { $item } 做到时的样子。
        [broken] 没有案例表明 { $item } 没做到时的样子。
        [information] { $item }（{ $kind }）不能只算背景情况。
        [page] { $item }（{ $kind }）不能等待页面。
        [unknown] { $kind } 写了 { $item }，清单里没有这一项。
       *[other] { $item } 没有承载。
    }
    .remedy = { $reason ->
        [kind] 用这几种之一来承载：{ $wanted }。
        [kept] 在案例的 clause 里写上它，并写出做到时应有的结果。
        [broken] 在案例的 clause 里写上它，并写出没做到时应有的结果。
        [unknown] 核对编号，或在 config/inventories 里补上。
       *[other] 在一个定义的 clause 的 items 里写上它。
    }
problem-E590 = 期间 { $period } 还没有结束。
    .remedy = 最后一天过后再封存。
problem-E591 = 期间 { $period } 还没有封存。
    .remedy = 先封存：./gridbook freeze
problem-E592 = 封存 { $period } 时所用的制度版本已无法读取。
    .remedy = 从备份恢复；封存的结果本身不受影响。
problem-E593 = 封存 { $period } 时已知的记录与现在的台账对不上：后来又进来了登记时间更早的记录。
    .remedy = 恢复那次导入之前的备份，在那里写档案。./gridbook difference 会列出结果将有哪些不同。
problem-E594 = 档案中 { $period } 的结果无法读取。
    .remedy = 请使用原样保存的档案，文件不能被改动过。
problem-E595 = { $path } 不是封存时段的档案。
    .remedy = 请给出 ./gridbook archive 写的文件。
problem-E596 = { $path } 已损坏，或解压后超过任何封存时段应有的大小。
    .remedy = 请从保存的地方重新复制。
problem-W581 = 插件“{ $other }”要用“{ $name }”这个名字，而“{ $holder }”已经提供了它。
    .remedy = 这个名字仍归“{ $holder }”。请其中一个插件的作者换个名字，或卸载一个。
problem-W582 = 插件“{ $plugin }”启动失败：{ $reason }
    .remedy = 其他一切照常。换装这个包的另一版本，或卸载它。
cli-plugins = 列出已安装的插件及各自提供的内容。
cli-plugins-along = 自带
cli-plugins-one = { $name }（{ $version }）
cli-plugins-field-type = 题目类型
cli-plugins-aggregate = 汇总方式
cli-plugins-method = 计分方法
cli-plugins-counting = 计数方式
cli-plugins-windows = 周期方式
cli-plugins-check = 可疑之处的检查
cli-plugins-setting = 可设置
cli-option-schema = 打印 plugins.yaml 的 JSON Schema，含已安装插件的全部设置
cli-explain = 说明一张表里的行为什么是这样：所用的数、条件、背后的行和记录。
cli-option-table = 结果中的一张表，如责任、规则、指标或得分表
cli-option-values = 哪些行：列的值，如 subject=h1 window=2025-Q1
cli-explained =
    { $rows ->
        [0] 没有这样的行。
       *[other] { $rows } 行，依据 { $entries } 条记录。
    }
problem-E555 = 这里没有“{ $what }”。有：{ $known }
    .remedy = 写结果中一张表的名字和它的列。
cli-layers = 每个数来自哪一级、各级改了什么和为什么、本地还可以改什么
cli-layers-recorded = { $path } 已记下它所依据的上级规定。
cli-layers-value = { $path } = { $value } ({ $layer }) { $where }
cli-layers-base = 通用规定
cli-layers-free = 可以改：{ $free }
cli-layers-level = { $layer }：{ $before } → { $after }（{ $why }）{ $where }
cli-appoint = 给一个已经写进文件的街道、区或社区任命第一位管理员，并给出邀请链接
cli-option-appoint-place = 地方：标识，或 config/ 下的文件夹
cli-option-invite-place = 地方：标识，或 config/ 下的文件夹
cli-option-name = 姓名
cli-option-appoint-login = 登录名
cli-appointed = { $name } 已被任命管理 { $place }。把这个链接发给本人，3 天内有效，只能用一次：
cli-promote = 把社区的一项改动提升到上一级，供所有社区使用：调整的路径，或本地文件的标识
cli-promote-added = 新增
cli-promote-changed = 修改
cli-promote-removed = 删除
cli-promote-checked = { $place }：{ $n } 条新的检查结果
cli-promoted = “{ $what }”现在由 { $place } 规定。各社区像其他改动一样发布。
cli-option-record = 把所依据的上级规定写进调整文件
cli-option-to = 上级地点
cli-option-what = 调整的路径，或规定的标识
problem-E597 = “{ $what }”不是 { $place } 的上级。
    .remedy = 写出这个社区所在的街道或区。
problem-E598 = { $place } 自己没有改动“{ $what }”。
    .remedy = 在“层级”页（或用 ./gridbook layers）看它改了哪些；本地自己的规定用标识。
problem-E599 = { $reason ->
    [held] { $what } 从 { $day } 起撤销，可是那以后还有 { $number } 人在那里任职。
   *[named] { $what } 不在文件里了，可是还有 { $number } 条记录提到它。
    }
    .remedy = { $reason ->
        [held] 先在“人员与岗位”里让他们在那天以前卸任，或者改撤销的日期。
       *[named] 不要删掉这个地方：写明撤销日期（in_force 的 until），记录就还有着落。
        }
cli-reference = 列出规则文件的全部关键词及其意思
cli-option-kind = 只看这一种文件（例如 duty）
cli-reference-unknown = 没有叫“{ $what }”的种类。有：{ $known }
cli-xlsform = 把表单写成 KoboToolbox、ODK 能读的工作簿，或者读入它们的表单
cli-option-read = 读入工作簿，输出表单文件
cli-xlsform-unknown = “{ $name }”的题型这里没有，已略去。
cli-xlsform-left = “{ $name }”的 { $key } 没有写进去：XLSForm 里要另写。
cli-xlsform-written = { $path }：{ $n } 行。
cli-invite = 签发一个设密码的链接，让能管理的人重新进来：密码忘了、账号停用了、岗位没人了，本社区（街道、区）里已没有人能办时用。
cli-invited = { $name }（账号 { $login }）打开这个链接设密码，{ $until } 前有效，只能用一次；已记入台账：
cli-invited-opened = 账号 { $login } 原已停用，现已重新启用。
cli-invited-appointed = 已任命 { $name } 为{ $post }。
cli-option-invite-person = 让谁进来：人员标识、账号或姓名
cli-option-login = 没有账号的人用什么登录名
cli-option-role = 没有管理岗位的人从现在起担任哪个岗位（标识）
problem-W583 = 新制度里没有岗位“{ $name }”，现任的 { $people } 从启用那天起不再担任。
    .remedy = 把这个岗位加回来；或者先在“人员与岗位”里给他们任命别的岗位。
