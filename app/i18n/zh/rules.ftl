# 规则文件
rules-title = 规则文件
rules-none = 没有改动
rules-none-what = 文件和现行版本一致。改好 forms/、rules/ 或 config/ 里的文件后再回到这里。
rules-changes = 尚未启用的改动
rules-files = { $n } 个文件
rules-added = 新增
rules-changed = 修改
rules-removed = 删除
rules-findings = 检查发现的问题
rules-broken = 文件有错误，不能启用
rules-still-in-force = 现行版本继续有效
rules-publish = 转成草稿
rules-as-draft = 手工改的文件不会自己生效。转成草稿后，和别的改动一样：案例通过、看过影响、经过批准，才能启用。
rules-resolution = 决议编号
rules-trying = 正在运行制度自带的案例…
rules-published = 版本 { $revision } 已生效。
rules-history = 历次启用的版本
rules-in-force = 现行
rules-plugins = 插件

# 条款出处：文件名称和条号。
clause-document = 《{ $title }》
clause-cited = { $document }{ $ref }
clause-key = { $short }指{ $whole }
clause-read = 查看全文
