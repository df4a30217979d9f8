# 插件：开关和参数。

plugins-title = 插件
plugins-way = 插件
plugins-what = 插件带来题目类型、算法和统计方法。开关和参数写在本社区的 plugins.yaml 里，和别的改动走一样的路，启用后不用重启。新装一个软件包要重启服务。
plugins-draft-title = 插件设置
plugins-on = 已开
plugins-off = 已关
plugins-said = 由{ $level }规定
plugins-brings = { $sort }：{ $names }
plugins-default = 默认 { $value }
plugins-locked = 上级已经规定，这里不能改开关。
plugins-switch = 使用 { $name }
plugins-saved = 已存入草稿
plugin-fields = 题目类型
plugin-calendars = 法定节假日
plugin-aggregates = 汇总方式
plugin-methods = 计分方法
plugin-countings = 计数与周期
plugin-plausibility = 可疑之处的检查
counting-each = 逐次计
counting-session = 合并相近的几次
counting-together = 几人同时
counting-quorum = 到会人数
windows-calendar = 日历周期
windows-rolling = 从上次算起
windows-roster = 排班
windows-calendar_in_roster = 排班内的日历周期
