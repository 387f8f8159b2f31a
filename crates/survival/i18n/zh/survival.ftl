fault-at = { $file }:{ $line }:{ $column }：{ $what }
fault-in = { $file }：{ $what }
map-not-text = 文件不是 UTF-8 文本；请另存为 UTF-8 后再试
map-grammar = 无法按 TOML 读取：{ $said }
map-unknown-field = 没有“{ $field }”这一项；应为：{ $expected }
map-unknown-value = 写的是“{ $value }”；应为：{ $expected }
map-missing-field = 缺少“{ $field }”
map-wrong-type = 写的是 { $found }；应为 { $expected }
map-whole-number = 整数
map-any-number = 数字
map-text = 引号内的文字
map-no-column = { $file } 中没有“{ $column }”这一列；有的列：{ $has }
map-no-join = 没有名为“{ $name }”的附加文件；请用 [[join]] 给出
map-not-a-day = “{ $text }”不是日期；应写成 YYYY、YYYY-MM 或 YYYY-MM-DD
map-no-end = 没有说明任职何时结束；[spells] 下应有 end 或 length
map-no-cause = “{ $found }”不是离开原因；应为：{ $has }
map-value-twice = “{ $value }”同时归入两类；每个值只能归入一类
map-no-term = “{ $term }”不是分类变量；应为 as = "category" 的 [[term]] 的名称
map-term-source = 变量“{ $term }”：column 与 of 应有且只有一个，as = "category" 只能与 column 同用
map-unordered = 变量“{ $term }”：至少应有一个分段或三个节点，且依次增大
map-needs-birth = 变量“{ $term }”需要出生日期；[spells] 下应有 birth
map-needs-retirement = 变量“{ $term }”需要 [retirement]、至少一条 [[retirement.age]] 和 [spells] 下的 birth
map-no-base = 变量“{ $term }”中没有可作基准的“{ $base }”
map-term-twice = 有两个变量都叫“{ $term }”；名称不能重复
map-no-coefficient = 没有系数“{ $found }”；有的系数：{ $has }
map-range = “{ $name }”的范围有误；应为 low ≤ value ≤ high，且 low < high
map-no-flaw = “{ $found }”不是可以容许的缺陷；应为：{ $has }
map-number = { $field }：应为 { $expected }

row-fault = { $file } 第 { $line } 行“{ $column }”列：写的是“{ $found }”；{ $what }
flaw-id-missing = 缺少人员编号；每行都应有
flaw-id-twice = 人员编号在前面的行已出现；每个编号只应出现一次
flaw-start-unknown = 不知道何时开始；应有日期
flaw-start-unreadable = 开始日期无法识别；应为映射文件所写格式的日期
flaw-end-unknown = 已经离开，但不知道何时；应有日期
flaw-end-unreadable = 结束日期无法识别；应为映射文件所写格式的日期
flaw-ends-before-start = 结束早于开始；结束日期不应早于开始日期
flaw-exit-unlisted = 映射文件没有说明这个值的含义；应为 [exit] 下列出的值
flaw-length-unreadable = 时长无法识别；应为不小于 0 的数
flaw-weight-unreadable = 权数无法识别；应为大于 0 的数
flaw-number-unreadable = 应为数字
flaw-number-blank = 空白；应为数字（或在该变量下写明 blank 的取值）
flaw-birth-unknown = 不知道出生日期，而有变量要用到
flaw-birth-unreadable = 应为早于开始日期的出生日期
flaw-since-unreadable = 开始观察的日期无法识别；应为日期或数字
aside-condition = 不符合 [[only]] 的条件
aside-exit = 离开原因的值由映射文件排除
aside-ended-before = 在开始观察之前已经离开
aside-starts-after = 在数据截止之后才开始
aside-repeated = 属于已由其他行代表的人员

no-fit-one-sided = { $trials } 个人期中有 { $events } 次事件，无法估计
no-fit-separated = 凭 { $names } 就能毫无例外地区分有无事件，没有有限的估计值。请合并类别，或让系数参照先验（pooling = "weak"）
no-fit-unsettled = 迭代 { $rounds } 次仍未收敛
no-fit-shape = 行列数目不一致
no-backtest-dateless = 回测需要日期：任职记录只有时长，没有 start
no-backtest-by-service = 回测需要 [fit] 下 rows = "calendar"
no-backtest-no-period = { $from } 之后至 { $to } 没有一个完整的时段；--through 至少应比 --until 晚一个时段
no-backtest-beyond = 数据截止于 { $day }；--through 不应晚于此日
no-backtest-nobody = 没有在职人员可供推算；请检查两个日期和映射文件
no-backtest-no-cause = 各种离开原因都无法拟合；见 takeroot lab fit
no-table-damaged = 文件已损坏，无法解压：{ $why }
no-table-too-large = 文件解压后超过 { $most } MB
no-table-empty = 文件中没有数据行
no-table-head-twice = 表头“{ $name }”出现两次；每个表头只应出现一次
no-table-not-rows = 第 { $line } 行无法按单元格读取：{ $why }
