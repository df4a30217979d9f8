# 打印的考核表
print-check = 核验码 { $code }
print-page = 第 { $page } 页，共 { $pages } 页
print-item = 项目
print-part = { $title }（权重 { $weight }）
print-bonus = 奖惩分
print-total = 合计
print-next = （{ $grade }）
print-rule = 规则
print-figures = 数值
print-arithmetic = 算法
print-figure = { $label } { $value }（{ $ground }）
print-assumed = { $why }
print-semicolon = ；
print-stop = 。
print-number = 序
print-more = 其余 { $n } 条见系统中的得分页。
print-quoted = 条款和理由照制度原文引用。
print-objection = 对结果有异议的，请在公示期内以书面形式或在本系统提出。
print-objection-days = 对结果有异议的，请在 { $days } 天内以书面形式或在本系统提出。
print-sign-person = 本人签字
print-sign-lead = 负责人签字
print-seal = 单位盖章
print-date = 年　　月　　日
print-regulation = 规则版本
print-ledger = 台账
print-hashes = 同一核验码表示依据相同的规则、相同的台账、得出相同的分数。
problem-E955 = { $place } 在 { $period } 没有人参加考核。
    .remedy = 换一个时期再试；gridbook appraise 会列出某个时期参加考核的人。
problem-E956 = “{ $person }”在 { $period } 不参加考核。
    .remedy = 参加考核的有：{ $known }。
problem-E570 = 没有这份考核。
    .remedy = 请回到年度考核，从名单里重新打开。
problem-E571 = 这台服务器关闭了打印。
    .remedy = 请管理员处理：如果服务器启动时提示缺少什么，就先装好；没有提示，就把 GRIDBOOK_PDF 设为 auto。然后重新启动。
problem-E572 = 缺少打印所需的系统库 Pango。
    .remedy = Debian：apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0；Fedora：dnf install pango；macOS：brew install pango；Windows：用 MSYS2 安装 pango。装好后重新启动，其他功能不受影响。
problem-E573 = 缺少中文字体，打印出来会缺字。
    .remedy = Debian：apt install fontconfig fonts-noto-cjk；Fedora：dnf install google-noto-sans-cjk-fonts。装好后重新启动，其他功能不受影响。
problem-E574 =
    { $reason ->
        [syntax] 打印模板这里写得不对：{ $what }。
        [undefined] 打印模板用了没有的名称：{ $what }。
        [forbidden] 打印模板做了不允许的事。
        [too_large] 打印模板把文字或列表放得太大。
        [too_long] 打印模板写出的页面太长。
        [recursion] 打印模板不断调用自己。
        [no_file] 打印模板要引入“{ $what }”，没有这个文件。
        [memory] 打印模板占用的内存太多。
        [late] 打印模板没有在限定时间内结束。
        [nested] 打印模板的元素一层套一层，套得太深。
        [library] 打印程序库出错（{ $what }）。
        [broken] 打印模板这里算不下去（{ $what }）。
       *[other] 打印模板有问题。
    }
    .remedy =
    { $reason ->
        [syntax] 请改正这一行；写法见 docs/printing.md。
        [undefined] 模板能读的名称都列在 docs/printing.md；可能没有的，先用 if 判断。
        [forbidden] 模板只能读给它的值，不能碰别的，也不能改动它们；见 docs/printing.md。
        [no_file] 只能引入 print 文件夹里的和随附的模板，写文件名，不写路径。
       *[other] 请检查这里的循环和引用；实在改不好，就删掉自己的模板，改用随附的。
    }
problem-E575 = 打印进程意外结束，没有打印出来。
    .remedy = 请再试一次；总是这样，请管理员检查内存够不够，以及自己的打印模板。
problem-E576 =
    写不下去了：{ $path } 所在的磁盘满了，或者不能写。已经印好的都还在。
    .remedy = 请腾出空间（或改正权限），再按“继续”，会从停下的地方接着印；命令行再执行一次同样的命令。
problem-E577 = 打印卡片要写明是哪一个。
    .remedy = 用 --subject 类型/编号，例如 --subject household/hh-0001。
problem-E578 = 没有可以打印的证书。
    .remedy = 时段结束、结果公布以后，规则里写明表彰（praise）的才有证书；编号以当时的名单为准，请从名单里重新打开。
problem-E579 = 台账有 { $rows } 行，纸上一次最多印 { $most } 行。
    .remedy = 选短一些的时段，或者只选一个网格；整份可以导出为表格。
print-as-of = 截至{ $day }
print-so-far = { $first } 至今
print-from-to = { $first } 至 { $last }
print-no-rows = 本期没有记录。
print-made = 制表日期 { $day }
print-count = 共 { $n } 行
print-column-at = 时间
print-column-by = 经办人
print-column-subject = 对象
print-column-place = 地点
print-median-of = { $place } { $n } 人的中位数
print-reason = 理由
print-not-counted = 按规定不计入
print-excused = 免评，没有评分
print-anonymous = 匿名评价
print-decision = 处理
print-change = 加减分
print-chart = 各项得分与中位数
print-own = 本人
print-median = 中位数
print-posts = 任职
print-summaries = 本人总结
print-comments = 考核人意见
print-appeals = 申诉记录
print-no-appeals = 没有申诉。
print-trace = 扫码查看逐分的依据
print-certificate = 荣誉证书
prints-title = 批量打印
prints-sub = 全社区的考核一次印好
prints-new = 开始打印
prints-new-what = 每人的考核印成一个合订文件，再加一个压缩包，里面每人一个文件。印的过程中可以离开这个页面，也可以暂停。
prints-start = 打印{ $title }（{ $year }）
prints-list = 打印任务
prints-none = 还没有打印过
prints-none-what = 从上面开始一次打印，进度显示在这里。
prints-state-queued = 等待中
prints-state-running = 正在印
prints-state-paused = 已暂停
prints-state-done = 已印好
prints-state-failed = 停下了
prints-progress = 已印 { $done } 人，共 { $of } 人
prints-waiting = 排队中，前面的任务做完就开始。
prints-counting = 正在核算所有人的得分，核算完就开始印。
prints-joining = { $of } 人都已印好，正在合订。
prints-pause = 暂停
prints-go-on = 继续
prints-pdf = 合订本 PDF
prints-zip = 单份压缩包
prints-all = 批量打印
print-report-community = 社区网格工作年度报告
print-report-street = 街道各社区网格工作比较
print-report-unfinished = 本期尚未结束，以下是到这一天为止的情况。
print-rankings = 考核排名
print-compared-scores = 考核得分比较
print-indicators = 指标与目标
print-compared-indicators = 指标比较
print-duties = 职责完成情况
print-duties-all = 全部职责
print-share-means = 完成率＝（已办＋迟办）÷（已办＋迟办＋漏办）；还在办的和免办的不计入。
print-grade = 等次
print-bound-column = 条件
print-bound = { $points } 分以上
print-quota = 名额 { $n }
print-people = 人数
print-rank = 名次
print-who = 对象
print-place = 地点
print-note = 说明
print-why = 原因
print-left-out = 没有参加排名的
print-average = 平均
print-lowest = 最低
print-highest = 最高
print-counted = 计入
print-all = 总数
print-value = 数值
print-target = 目标
print-reached-column = 是否达到
print-reached-yes = ○ 达到
print-reached-no = × 未达到
print-reached = { $all } 个中 { $n } 个达到目标
print-of = { $all } 个中 { $n } 个
print-figures-column = 个数
print-target-at-least = 目标：{ $value } 以上
print-target-at-most = 目标：不超过 { $value }
print-contested = 申诉的是
print-figures-more = 其余 { $n } 行没有列出，其中 { $missed } 行没有达到目标
print-figures-summed = 共 { $n } 行，没有逐行列出，下面按时段合计
print-figures-absent = 另有 { $n } 行没有可计的事，没有列出
print-owed = 应办
print-open = 在办
print-share = 完成率
print-all-places = 合计
print-place-itself = 本级
print-tied = { $n } 人并列
print-ranked = 参评 { $all } 人，有得分的 { $n } 人；平均 { $average } 分，中位数 { $middle } 分
print-ranked-none = 参评 { $all } 人，还没有得分
print-lacking = 缺数据：{ $items }
print-asked-present = 须在{ $day }时在岗
print-asked-in-post = 到{ $day }须连续在岗满{ $length }
print-in-post = 任职：{ $spans }
print-made-by = 制表人
print-checked-by = 核对人
print-report-hashes = 同一核验码表示依据相同的规则、相同的台账、得出相同的数字。
print-card-record = 登记内容
print-card-tags = 类别
print-card-masked = 有 { $n } 项按规定不显示。
print-card-owed = 走访与服务
print-card-duty = 事项
print-card-history = 经过
print-card-no-history = 还没有记录。
print-card-what = 事情
print-card-said = 内容
print-card-gone = 已不在册
print-card-until = 截止 { $day }
print-card-more = 另有 { $n } 条更早的记录，见系统。
print-card-by = 由{ $name }打印。卡片含个人信息，请妥善保管，用后销毁。
print-card-fact = { $title }：{ $answer }
print-card-change = { $title }：{ $before } → { $after }
print-certificate-sentence = { $period }工作成绩突出，特发此证，以资鼓励。
print-certificate-number = 证书编号
prints-report = 年度报告
prints-card = 打印卡片
prints-certificates = 荣誉证书
prints-certificates-none = 还没有可以打印的证书
prints-certificates-none-what = 结果公布之后，规则里写明表彰的会列在这里。
prints-language = 打印语言
prints-pdf-one = 打印 PDF
print-card-operator = 系统管理员
print-documents = 依据文件
