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
