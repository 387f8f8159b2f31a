# 现状说明
assume-competent = 尚未考核的年度按“称职”推算
assume-no-new-fact = 假定此后没有新的任免、处分、借调等事实，所问日期的规定继续有效
assume-no-quota = “符合条件”不等于晋升：职数、空缺、民主推荐或测评、公示和审批另行办理

months = { $months }个月
years = { $years }年
years-months = { $years }年{ $months }个月
day-unknown = 日期不详
not-recorded = 未登记

met-yes = 符合
met-no = 不符合
met-unknown = 无法判断
outcome-eligible = 符合条件
outcome-not-eligible = 不符合条件
outcome-unknown = 缺少信息，无法判断

need-origin = 任职基础
need-years = 任职年限
need-level = 级别
need-ceiling = 机关最高设置职级
need-education = 学历
need-work-years = 工作年限
need-grassroots-years = 基层工作年限
need-posts-below = 下一级任职数
need-service-years = 公务员工作年限
need-grades = 年度考核
need-term-served = 最低服务年限
need-no-sanction = 处分影响期
need-no-admonition = 诫勉影响期
need-no-organisational = 组织处理影响期
need-no-investigation = 审查调查
need-no-probation = 试用期
need-no-basic-year = 上年度基本称职
need-no-incompetent-year = 上年度不称职
need-allowed = 借调限制

fact-time = 任{ $holder }自{ $since }起计{ $had }，规定{ $rule }
fact-time-shortened = 优秀年度缩短{ $time }
fact-time-lengthened = 考核结果延长{ $time }
fact-time-rooted = 扎根年限折减{ $time }
fact-time-not-counted = 不计算年限的年度{ $time }
fact-time-after-all = 实际需{ $needed }，已计{ $counted }
fact-not-from = 现未任可晋升的职务或职级（{ $from }）
fact-level = 现为{ $have }级，需达到{ $wanted }级
fact-level-unknown = 级别未登记，需达到{ $wanted }级
fact-ceiling = { $organ }最高设置{ $top }
fact-education = 最高学历{ $have }，要求{ $wanted }以上
fact-months = 已有{ $have }，需{ $wanted }
fact-count = 已任{ $have }个职位，需{ $wanted }个
fact-no-bar = 没有“{ $ground }”的情形
fact-bar = { $what }，{ $from }起，至{ $free }解除
fact-bar-open = { $what }，{ $from }起，何时解除没有依据
fact-worst-grade = 最低一次为{ $year }年度{ $grade }
fact-no-grade = 没有年度考核记录
fact-term = 须在{ $place }服务满{ $years }年，至{ $until }
fact-term-paused = 须在{ $place }服务满{ $years }年，现不在规定范围内工作，期限暂不计算
fact-term-served = 须在{ $place }服务满{ $years }年，已满
fact-secondment = 从本级机关借调：{ $rule }
fact-no-rule = 所问日期没有规定
fact-no-rule-layer = 所问日期没有晋升{ $layer }的规定

nearer-excellent = 每有一个年度考核优秀，可提前{ $months }
nearer-rooted = 每满{ $years }年扎根年限，可提前{ $months }
nearer-education = 取得{ $wanted }以上学历
nearer-first = 先任{ $from }之一
nearer-release = 经批准可提前解除：{ $clause }

reason = { $need }：{ $met }。{ $fact }
reason-earliest = 最早{ $day }
cite = 【{ $title } { $source }，{ $id }，{ $mark }】
mark-to-be-checked = { $confidence }级·待核对
mark-confidence = { $confidence }级
mark-invented = 虚构值

pay-post = 职务工资（{ $holder }）
pay-rank = 职级工资（{ $holder }）
pay-base = 职务（职级）工资
pay-level = 级别工资
pay-bonus = 年终一次性奖金（年）
pay-not-due = 不发
pay-unknown = 未知：{ $why }
missing-slot = 缺少标准“{ $slot }”，由本地录入
missing-row = 标准表中没有这一行
missing-grading = 级别、档次或职级未登记
missing-area-band = 单位的片区类别未登记
missing-hardship-class = 单位所在县的艰苦边远类别未知
missing-other-line = 取决于未知的项目
hello = 扎根

## 列举用的顿号
list-comma = 、

## 政策文件的错误
fault-at = { $file }:{ $line }:{ $column }：{ $what }
fault-in = { $file }：{ $what }
fault-not-text = 文件不是 UTF-8 编码的文本，请另存为 UTF-8 后重试
fault-head-none = 缺少文件头，应有 [instrument]（文件）、[proposal]（方案）、[baseline]（基准）之一
fault-head-many = 文件头有多个，[instrument]（文件）、[proposal]（方案）、[baseline]（基准）只能有一个
fault-document-twice = 文件编号“{ $id }”重复，另见 { $other }；每个文件的编号应当唯一
fault-clause-twice = 条款编号“{ $id }”重复，另见 { $file }；同一层次内条款编号应当唯一
fault-ends-before-start = “{ $id }”的停止执行日期 { $to } 不晚于开始执行日期 { $from }，应当晚于开始日期
since-day = 自 { $day } 起
since-ever = 自始
fault-overlap = 条款“{ $id }”与“{ $other }”（{ $file }）{ $since }同时规定“{ $slot }”；应在后一条款写明 replaces = ["{ $other }"]，或者为前一条款写明 to（停止执行日期）
fault-gap = “{ $slot }”自 { $from } 起至 { $to } 前没有规定：条款“{ $other }”已停止执行，条款“{ $id }”尚未执行；应核对日期，确无规定的用 rule.local 写明由谁提供
fault-empty = “{ $id }”的 { $field } 为空，应当填写
fault-not-digits = “{ $id }”的 applies 中“{ $code }”不是行政区划代码（或其前几位），应当只含数字
fault-no-bound = 条款“{ $id }”没有数值，应写明 at-least（不少于）、at-most（不超过）或者 exactly（等于）
fault-table = 条款“{ $id }”：{ $why }
fault-replaces-unknown = 条款“{ $id }”要替代的条款“{ $other }”不存在
fault-replaces-other-layer = 条款“{ $id }”要替代的条款“{ $other }”（{ $file }）不在同一层次；地方规定、方案与上层规定事项相同时自动优先，不需写 replaces
fault-replaces-itself = 条款“{ $id }”替代了它自己，将永不执行；replaces 应写前一条款的编号

table-level-missing = 级别工资表缺少第 { $level } 级，应有 1 至 27 级
table-steps = 第 { $level } 级的档次数为 { $steps }，应为 1 至 { $most }
table-row-twice = “{ $row }”一行重复
table-range-turned = 级别区间颠倒：lowest（最低级别）的数字应大于或者等于 highest（最高级别）的数字
table-bounds-turned = 下限 { $low } 大于上限 { $high }
table-two-bounds = exactly（等于）不能与 at-least（不少于）、at-most（不超过）同时使用
table-no-rows = { $field } 没有内容，至少应有一项
table-bands-unordered = 各段的 from-years（年限起点）应当由小到大、互不相同
table-more-than-whole = 比例 { $share }‰ 超过 1000‰
table-zero = { $field } 为 0，应当大于 0
table-wrong-ladder = 职级“{ $name }”（{ $rank }）不属于“{ $ladder }”序列
table-age-falls = 最终退休年龄 { $to } 个月小于原退休年龄 { $from } 个月
table-no-start = 退休年龄有变化，应写明 starts（开始变化的月份的第一天）

stack-no-proposal = 没有方案“{ $id }”，现有方案：{ $known }
stack-no-proposal-at-all = 没有方案“{ $id }”，现无任何方案
stack-no-baseline = 没有基准“{ $id }”，可用：{ $known }

## 书写规则的错误
grammar-other = 不符合书写规则（{ $what }）
grammar-unknown-field = 不认识的字段“{ $name }”，此处可用：{ $expected }
grammar-no-field = 不认识的字段“{ $name }”，此处不用任何字段
grammar-unknown-word = 不认识的值“{ $name }”，此处可用：{ $expected }
grammar-nearest = { $near }等（共 { $count } 个，见 docs/policy.schema.json）
grammar-missing-field = 缺少字段“{ $name }”
grammar-field-twice = 字段“{ $name }”重复
grammar-value = 此处是{ $found }，应为{ $expected }
grammar-day-range = 日期 { $text } 不在 1900 年至 2199 年之间
grammar-day-plain = “{ $text }”不是日期，应写作 2019-06-01
grammar-overflow = 数字过大
grammar-one-kind-many = 一个条款只能有一种规则，此处有多种；应拆成几个条款
grammar-one-kind-none = 此处应写明且只写明一种，例如 rule.limit = {"{"} … {"}"}、{"{"} rank = "staff-1" {"}"}
found-string = 文字“{ $text }”
found-integer = 整数 { $text }
found-float = 小数 { $text }
found-boolean = { $text }
found-map = 表
found-sequence = 列表
wanted-integer = 整数（0 至 { $most }）
wanted-boolean = true（是）或者 false（否）
wanted-string = 带引号的文字
wanted-sequence = 列表，写作 [ … ]
wanted-map = 表，写作 {"{"} 字段 = 值 {"}"}
wanted-date = 日期，写作 2019-06-01（不加引号）
wanted-level = 级别（1 至 27）
wanted-step = 档次（1 至 15）
wanted-text = 中英文文字，写作 {"{"} zh = "…", en = "…" {"}"}
toml-expected = { $what }，应为 { $expected }
toml-duplicate-key = 同一字段写了两次
toml-quote = 文字应加引号，写作 "…"
toml-no-value = 字段后面没有“= 值”
toml-missing-value = 等号后面没有值
toml-no-equals = 字段与值之间缺少等号
toml-extra-equals = 多了一个等号
toml-unclosed = 括号没有闭合，缺少“{ $with }”
toml-comma = 两项之间缺少逗号
toml-extra-comma = 多了一个逗号
toml-missing-open = 缺少左括号
toml-key = 字段名不符合书写规则，只能用英文字母、数字、连字符和下划线
toml-string = 文字的引号不成对，或者含有不能出现的字符
toml-escape = 反斜杠后面的内容不符合书写规则
toml-leading-zero = 数字不能以 0 开头
toml-sign = 数字前的正负号多余
toml-value = 值不符合书写规则
toml-unexpected = 此处有多余的内容
toml-control = 含有不能出现的控制字符
toml-date = 日期不符合书写规则或者不存在，应写作 2019-06-01
toml-deep = 嵌套层数过多
