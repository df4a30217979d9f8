nav-communities = 所辖社区
above-sub = { $place }·{ $n } 个社区
above-none = 下面还没有社区
above-none-what = 在这个街道的文件夹里建好社区以后，就会出现在这里。
above-together = 各社区对照
above-place = 社区
above-grid = 网格
above-owed = 应办
above-late = 迟办
above-missed = 漏办
above-share = 完成率
above-appeals = 未答复申诉
above-no-appraisal = 这一年没有考核。
above-not-opened = 年度未开始
above-frozen = 已定案
above-open-appeals = { $n ->
   *[other] { $n } 件申诉待答复
  }
above-scored = 参评 { $of } 人，有得分 { $n } 人
above-average = 平均 { $points } 分
above-duties = 职责完成情况（按网格）
above-report-what = 用街道的统一规则比较各社区：考核得分、指标、职责完成情况。只有社区的合计，不出现个人。
above-report-start = 生成 { $year } 年度报告
above-report-working = 正在汇总各社区的记录，要一两分钟，可以先做别的。
above-report-again = 可以再生成一次。
above-impact = 对下面各社区的影响
above-impact-what = 用 { $period } 年的真实记录，把草稿放到每个社区各算一遍。这里只有合计，不出现个人。
above-impact-do = { $n ->
   *[other] 逐个算一算（{ $n } 个社区）
  }
above-impact-at = 正在算{ $place }（{ $n }/{ $of }）
above-impact-seen = 各社区的影响都看过了，可以批准。
above-impact-waits = 还没有算。
above-impact-same = 这里没有变化，同样要算一遍才作数。
above-draft-title = { $level }统一规定（{ $resolution }）
above-breaks = 照这样改，下面这些地方会出错：{ $places }。
above-handed-down = 下一级凡有变化的地方各收到一份草稿，由各自检查、批准、发布。
above-new-person = 新增人员
above-new-person-what = 建一份人员档案，接着就可以任命，再给他生成邀请链接。
promote-decides = 这个改动交给{ $level }：那里的人看过影响、批准、发布以后，各社区各收到一份草稿。
promote-hand-over = 提交给{ $level }
promote-handed-over = 已提交给{ $level }，还没有生效。
problem-E952 = { $place } 已经有人能管理了。
    .remedy = 请他登录后在“人员与岗位”里任命，再生成邀请链接。
