### 表名
form-cadre = 干部任免审批表
form-rank = 公务员职级任免审批表
form-book = 花名册

### 打印中的问题
fault-no-font = 没有可用的打印字体
fault-template = 模板 { $file } 有误：{ $why }
fault-template-at = 模板 { $file } 第 { $line } 行第 { $column } 列：{ $why }
fault-pdf = 版面已排好，但无法生成 PDF：{ $why }
fault-nothing = 没有可打印的内容
fault-stopped = 已取消打印

### 排版程序的话
typst-unknown-variable = 没有名为“{ $name }”的变量或函数
typst-no-key = 数据中没有“{ $name }”这一项
typst-unexpected-argument = 不认识的参数“{ $name }”
typst-missing-argument = 缺少参数“{ $name }”
typst-unexpected = 此处不应有 { $what }
typst-expected = 此处应为 { $what }
typst-unclosed = 括号没有闭合
typst-unclosed-string = 引号没有闭合
typst-denied = 模板只能引用 base.typ、data.json 和 photo，不能读取其他文件或下载的组件
typst-other = 排版程序提示“{ $message }”

### 花名册工作簿
fault-workbook = 无法生成工作簿：{ $why }
book-sheet = 花名册
book-title = 公务员花名册（截至{ $day }）
book-invented = 演示数据，人物均为虚构
book-sheet-organs = 编制情况
book-number = 序号
book-organ = 单位
book-name = 姓名
book-sex = 性别
book-birth = 出生年月
book-ethnic = 民族
book-native = 籍贯
book-education = 学历学位
book-politics = 政治面貌
book-work = 参加工作时间
book-post = 职务
book-layer = 职务层次
book-layer-since = 任现职层次时间
book-rank = 职级
book-rank-since = 任现职级时间
book-grading = 级别档次
book-remark = 备注
book-establishment = 核定编制
book-in-post = 实有
book-vacant = 空编（负数为超编）
book-total = 合计
