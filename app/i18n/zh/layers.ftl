# 层级：数值从哪一级来、可以怎么改、推到上级。

layers-title = 层级
layers-base = 基础库
layers-chain = 自上而下的层级
layers-from = 来自{ $level }·{ $free }
layers-origin = 来自{ $level }
layers-same-as-base = 与基础库相同
layers-with = { $origin }，其中有{ $level }定的值
layers-added-here = 本级加的
layers-changed-here = 本级改过
layers-changed-from = 本级改过·基础库是 { $above }
layers-whole = 整项
layers-between = 可取 { $low } 至 { $high }
layers-at-least = 不得低于 { $low }
layers-at-most = 不得高于 { $high }
layers-one-of = 可选 { $values }
layers-fixed = 下级不能改
layers-level = { $level }：{ $before } → { $after }（{ $why }）
layers-level-adds = { $level }增加：{ $after }（{ $why }）
layers-level-off = { $level }停用（{ $why }）
layers-mine = 本级所定
layers-begin = 开草稿来改
layers-on = 回到草稿
layers-draft-title = 层级调整
layers-moved = 上级已变动，请逐条看过
layers-moved-n = { $n } 处
layers-moved-what = 本级的改动照样有效，只是它所依据的内容变了。看过之后，保留自己的，或者改用上级的。
layers-keep = 看过了，保留我们的
layers-take-above = 改用上级的
layers-search = 按名称或路径查找
layers-only-changed = 只看改过的
layers-none = 没有可看的数值
layers-none-what = 没有哪一级改过数值，也没有哪个数值留给下级来定。
layers-faults = 文件有错误。下面列出能改的数值，可以接着改，直到没有错误。
layers-choose = 改成本级的
layers-leave = 交还上级
layers-promote = 推到上级
layers-own = 本级自己的定义
layers-value = 改成
layers-why = 理由（会写进文件）
layers-save = 存入草稿
layers-open = 这个文件里的数值
layers-way = 层级
promote-title = 推到上级，人人照办
promote-what = 成为{ $level }的规定
promote-how = 这个改动从本级移到上级；下面每个社区都先试算过。各社区各收到一份草稿，由各自检查、看影响、批准之后才生效。
promote-along = 它用到的本级定义一并推上去：{ $what }。
promote-files = 看 { $n } 个文件的改动
promote-other = 改为推到{ $level }
promote-here = 本级
promote-keeps = 这里自己另有规定，继续按自己的。
promote-gains = 这里新增：{ $what }。
promote-nothing = 这里没有变化。
promote-same-here = 本级的数值不变，只是改由上级规定。
promote-unpublished = 还没有生效的制度
promote-work-out = 算一算会影响到谁
promote-over = 按 { $period } 年的真实记录
promote-do = { $n ->
   *[other] 给 { $n } 个社区各开一份草稿
  }
promote-faults = 有的社区会因此出错，请先解决
promote-draft-title = { $level }统一：{ $what }
promote-done = { $n ->
   *[other] 已给 { $n } 个社区各开一份草稿，还没有生效。
  }
