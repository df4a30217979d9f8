# 界面共用的文字：名称、导航、状态、按钮。年份和编号用文字传入，数字会按千位分组。
app-name = 网格台账
app-says = 住户的事，件件有着落
text-missing = （此处缺少文字）
language-name-zh = 中文
language-name-zh-Hant = 繁體中文
language-name-en = English
language-name-es = Español

day-today = 今天
day-tomorrow = 明天
day-yesterday = 昨天
wait-minutes = { $n } 分钟
wait-hours = { $n } 小时

nav-today = 今日
nav-households = 住户
nav-record = 记一笔
nav-ledger = 台账
nav-score = 得分
nav-manage = 社区管理
nav-staff = 网格员
nav-appraisals = 年度考核
nav-rules = 规则文件
nav-accounts = 账号
nav-import = 导入
nav-account = 我的账号

frame-stays = 现在连不上，先留在这一页；连上后再打开。
frame-opening = 正在打开…
frame-old-browser = 这个浏览器太旧，打不开这一页。请换一个较新的浏览器。
frame-no-script = 这一页要运行脚本（JavaScript）才能用。请在浏览器里允许，再刷新。
frame-skip = 跳到正文
frame-navigation = 主导航
frame-posts = 换一个岗位
frame-language = 语言
frame-theme = 明暗
frame-logout = 退出登录
theme-auto = 跟随系统
theme-light = 浅色
theme-dark = 深色

action-back = 返回
action-close = 知道了
action-home = 回到首页
action-retry = 再试一次
action-copy = 复制

connection-lost = 连接断了
connection-trying = 正在重新连接，写好的内容都还在。
connection-too-long = 内容太长
connection-too-long-what = 这一次送出的内容太多，请分成几次。

# 状态：图标、词、颜色一起用
state-met = 已办
state-due = 待办
state-overdue = 超期
state-late = 迟办
state-missed = 漏办
state-waived = 免办
state-upcoming = 未到
state-undecided = 未定
state-held = 暂停计时
state-with-fact = { $state } { $fact }

sync-synced = 已同步 { $time }
sync-on-phone = { $time } 已存本机
sync-draft = { $time } 已存草稿
sync-waiting = { $n } 条待上传
sync-queued = { $time } 已存本机，待上传
sync-nowhere = 没有存下来：没有网络，这个浏览器也不让保存（可能是无痕模式）。请不要关这一页，等有网络
sync-full = 没有存下来：没有网络，本机空间也满了。请不要关这一页，清出空间或等有网络
keeper-waiting = { $n } 条已存本机，有网络就上传
keeper-refused = 有一条没有通过检查，请打开修改
keeper-locked = 请重新登录，登录后自动上传
keeper-leave = 还有填写的内容没有传上去，现在退出就没有了。仍要退出吗？
keeper-file = { $n } 个文件已存本机，连上后自动上传
keeper-nofile = 没有连接，这里暂时不能添加文件
keeper-filefull = { $n } 个文件没有存下来：本机空间满了。请清出空间再选，或有网络时再添加
keeper-stray = 有 { $n } 个文件没有题目可放，提交后不再保留。仍要提交吗？
keeper-open = 打开
sync-failed = 没有传上去，再试一次

loading = 正在取数据…
reason-clause = 条款原文
reason-rule = 对应的规则
reason-figures = 用到的数值
reason-arithmetic = 怎么算的
reason-entries = 计入的记录
because-of = 因为选了“{ $answer }”
optional = 选填
filter-remove = 去掉筛选：{ $name }
count-items = { $n } 件
count-told = { $what }：{ $n }
sensitive-hidden = 敏感信息 { $n } 项

error-number = 编号 { $number }
error-no-post-title = 今天您没有岗位
error-no-post-what = 账号和密码没有错，只是今天没有您任的岗位：上任的日子还没到，或者已经卸任。到上任那天再登录；有疑问请找社区管理员。
error-no-post-other = 换个账号登录
error-denied-title = 您没有这个权限
error-denied-what = 这一页只对相应岗位开放。需要的话，请找社区管理员；如果您有几个岗位，换一个再试。
error-forbidden-title = 不能这样访问
error-forbidden-what = 请从首页重新进入。
error-not-found-title = 没有这一页
error-not-found-what = 地址可能写错了，或者这一页已经挪走。
error-absent-title = 没有找到
error-absent-what = 这份档案或记录不在了，或者不归您的岗位管。请从列表里重新选择。
error-stale-title = 这一页放得太久了
error-stale-what = 为了安全，请回到上一页，刷新以后再提交一次。浏览器需要允许本站的 Cookie。
error-origin-title = 请求不是从本站发出的
error-origin-what = 为了安全，没有处理这个请求。请从本站的页面上操作；如果前面有代理，请管理员设置 GRIDBOOK_PUBLIC_URL。
error-too-large-title = 内容太大
error-too-large-what = 这次送来的内容超过了上限，没有保存。请分成几次，或缩小照片后再试。
error-other-title = 这一步没有完成
error-other-what = 请回到首页再试一次。
error-problem-title = 有一处需要改
error-problem-what = 请按下面的说明改好再试。
error-fault-title = 出了点问题
error-fault-what = 刚才这一步没有完成，已经保存的内容都还在。请再试一次；仍然不行，就把编号告诉管理员。

problem-unknown = 有一处不对（{ $code }）。
    .remedy = 请把这个代码告诉管理员。
problem-suggestion = 是不是“{ $suggestion }”？
