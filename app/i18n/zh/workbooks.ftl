# Excel 和 csv 的导入与导出。前四条是列名，三种语言的写法都认识。
workbook-column-at = 发生时间
workbook-column-by = 经办人
workbook-column-subject = 对象
workbook-column-faults = 问题（导入时忽略）

problem-E450 = 文件已损坏，或与文件名不符。
    .remedy = 用表格软件打开，重新存为 .xlsx 或 csv。
problem-E451 = 这个工作簿有密码保护。
    .remedy = 打开后取消密码，保存，再导入。
problem-E452 = 这不是 .xlsx 工作簿。
    .remedy = 用表格软件打开，另存为 .xlsx（不是 .xls 或 .et）或 csv。
problem-E453 = 文件（压缩后或展开后）超过 { $limit } MB。
    .remedy = 拆成几个文件，或删去不需要的图片和工作表。
problem-E454 = 单元格 { $cell } 远在表格之外。
    .remedy = 删除表格之后的空行和空列，再保存。
problem-E455 = 文件超过 { $limit } 行。
    .remedy = 拆成几个文件，依次导入。
problem-E456 = 这一行的编码无法识别。
    .remedy = 把文件存为 UTF-8 或 .xlsx。
problem-E457 = 这一行有引号没有结束。
    .remedy = 补上引号；属于文字的引号要写两个。
problem-E458 = 没有一行是这张表单的列名。
    .remedy = 列名请与表单的题目一致（{ $titles }），或在对应表里说明。
problem-E459 =
    { $reason ->
        [shape] 对应表里缺少“{ $name }”，或写法不对。
        [form] 这份对应表属于表单 { $name }。
        [field] 对应表写了 { $name }，表单没有这一题。
        [choice] 对应表写了选项 { $name }，这一题没有这个选项。
       *[other] 对应表读不出来：{ $name }。
    }
    .remedy = 改正对应表；或者删掉它，让系统重新建议。
problem-E460 = 这个数字丢了位数：表格软件只保留十五位。
    .remedy = 把单元格格式设为文本，重新输入完整的号码。
problem-E461 = 表格软件把输入的内容变成了日期或时间。
    .remedy = 把单元格格式设为文本，重新输入。
problem-E462 =
    { $reason ->
        [day] 这不是日期。
        [two_days] 可能是两个不同的日期。
        [serial] 这是表格程序里日期背后的序号，不是日期。
        [moment] 这不是日期加时间。
        [time] 这不是时间。
        [number] 这不是数字。
        [two_numbers] 逗号可能是千位分隔，也可能是小数点。
        [boolean] 既不是“是”也不是“否”。
       *[other] 读不出来。
    }
    .remedy =
        { $reason ->
            [day] 请写成 2025-03-17 这样。
            [two_days] 请把年份写在前面，例如 2025-03-17。
            [serial] 请把这一列设成日期格式再存，或写成 2025-03-17 这样。
            [moment] 请写成 2025-03-17 09:10 这样。
            [time] 请写成 09:10 这样。
            [two_numbers] 不要写逗号，小数用点。
            [boolean] 请写“是”或“否”。
           *[other] 只写数字，小数用点。
        }
problem-E463 = 这不是这一题的选项。
    .remedy = 请按表单上的写法填写选项；多项之间用顿号隔开。
problem-E464 = 没有叫这个名字的。
    .remedy = 请按台账里的门牌、姓名或编号填写，或先在台账里新建。
problem-E465 = 叫这个名字的不止一个。
    .remedy = 请写门牌加姓名，或写编号。
problem-E466 = { $first } 列与本列（“{ $title }”）是同一题。
    .remedy = 改名或删除其中一列。
problem-E467 = 这里是公式，不是数值。
    .remedy = 核对公式最后的结果，把它粘贴为数值。
problem-E468 = 这个单元格属于合并单元格。
    .remedy = 取消合并，在每一行写上自己的内容。
problem-E469 = 这一行的编码与文件其他部分不同。
    .remedy = 核对读出的内容，把整个文件存为 UTF-8。
problem-E470 = 没有说明是谁做的。
    .remedy = 加一列“经办人”，或用 --by 指明。
problem-E471 = 没有一列说明对象是谁。
    .remedy = 加一列“对象”，写门牌、姓名或编号。
problem-E472 = 按这一行的其他答案，不会问到这一题，答案会丢失。
    .remedy = 清空这个单元格，或改正它所依据的答案。
problem-E473 = 第 { $row } 行说的是同一个。
    .remedy = 保留正确的一行，删除另一行。
problem-E474 = 这一行与第 { $row } 行重复。
    .remedy = 删除它，或写明不同之处，例如时间。
problem-E475 = 这里没有表单 { $form }。
    .remedy = 有这些：{ $known }。
problem-E476 = 这里没有“{ $name }”这个人，或不止一个。
    .remedy = 请按人员档案里的姓名或编号填写。
problem-E477 = 这个文件已经不在这里了。
    .remedy = 请重新选择文件导入；已经存入的不会重复。
problem-E478 = 这次导入现在不在这一步，可能有人已经接着做了。
    .remedy = 重新打开这一页，看看进行到哪里。
problem-E479 = 后台处理意外停止了，已经存入的都在。
    .remedy = 再试一次；如果还是这样，请把时间告诉管理员。
problem-E480 = 整张表没有这一列，有 { $n } 行因此缺这一项。
    .remedy = 在表里补上这一列再导入；如果已有这一列，请在“列”那里选它对应这一项。
problem-W450 = 这张工作表是隐藏的，没有读取。
    .remedy = 如果需要导入，请在表格软件里取消隐藏。
problem-W451 = 这张工作表没有一行是表单的列名，没有读取。
    .remedy = 如果需要导入，列名请与表单的题目一致。
problem-W452 = “{ $title }”列不对应任何题目，没有读取。
    .remedy = 如果它对应某一题，请在对应表里说明。
problem-W453 = 有 { $n } 行是隐藏的（第 { $rows } 行），也会一起读取。
    .remedy = 不需要导入的行，请在表格软件里删除后重新上传；只隐藏不算删除。
problem-W454 = 有 { $n } 列是隐藏的（{ $columns }），也会一起读取。
    .remedy = 不需要导入的列，请在对应关系里选“不导入”。

workbook-no-choice = 这不是这一题的选项，可以填：{ $choices }。
workbook-no-choice-of-many = 这不是这一题的选项，可以填：{ $choices }等。
workbook-answers = 可填的答案
workbook-note-required = 必填
workbook-note-several = 可填多项，用顿号隔开
workbook-note-none = 没有就填“无”
workbook-note-date = 例如 2025-03-17
workbook-note-unit = 单位：{ $unit }
workbook-note-at = 例如 2025-03-17 14:30；不填就算现在
workbook-note-by = 姓名；不填就算导入时选的人
workbook-note-subject = 门牌、姓名或编号
import-blank = 下载空白表格
import-blank-what = 没有现成的名册？下载这张表单的空白表格，填好再导入。
