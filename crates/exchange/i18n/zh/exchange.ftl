hello = 扎根

# .lrmx
lrmx-place = 第 { $line } 行第 { $column } 列
lrmx-fault = { $place }：{ $what }
lrmx-empty = 文件是空的
lrmx-too-large = 文件过大（{ $found }），上限为 { $expected }
lrmx-encoding = 文件内容不是 { $expected } 编码（此处为字节 { $found }），请用原编辑器重新保存
lrmx-unknown-encoding = 不认识文件声明的编码“{ $found }”
lrmx-not-xml = 不是 .lrmx 文件：内容不是 XML（开头为“{ $found }”）
lrmx-truncated = 文件不完整：到结尾仍缺少 { $expected }
lrmx-malformed = 标记“{ $found }”不合 XML 规则，应为“{ $expected }”
lrmx-bad-entity = “{ $found }”不是可用的字符引用；单独的 & 应写作 &amp;
lrmx-doctype = 文件含有 DOCTYPE 声明，为安全起见不予读取
lrmx-wrong-root = 根元素是 { $found }，应为 { $expected }
lrmx-second-root = 根元素结束后还有内容：{ $found }
lrmx-too-deep = 元素嵌套过深，上限为 { $expected } 层
lrmx-duplicate-element = 该项出现了两次，只采用第一次的内容
lrmx-control-character = 含有 XML 不允许的控制字符（{ $found }）
lrmx-name-missing = 没有填写姓名
lrmx-date = “{ $found }”不是有效的日期，应按 { $expected } 填写
lrmx-sex = 性别“{ $found }”应为“男”或“女”
lrmx-id-length = 身份证号有 { $found } 位，应为 18 位
lrmx-id-digit = 身份证号第 { $found } 位不是数字
lrmx-id-birth = 身份证号第 7 至 14 位不是有效的出生日期
lrmx-id-check = 身份证号校验码不对：末位是 { $found }，应为 { $expected }
lrmx-id-against-birth = 身份证号中的出生年月 { $expected } 与填写的出生年月 { $found } 不一致
lrmx-id-against-sex = 身份证号显示的性别为“{ $expected }”，填写的是“{ $found }”
lrmx-before-birth = { $found } 早于出生年月 { $expected }
lrmx-education-level = 不认识的学历“{ $found }”
lrmx-degree = 不认识的学位“{ $found }”
lrmx-photo = 照片不是有效的 base64 数据：含有字符“{ $found }”
lrmx-photo-length = 照片数据不完整：共 { $found } 个字符，不是 4 的倍数
lrmx-resume-line = 这一行没有可识别的起止时间，按原文保留：“{ $found }”
lrmx-resume-dash = 起止时间之间的连接号不认识，按原文保留：“{ $found }”
lrmx-resume-month = 这一行有不存在的月份，按原文保留：“{ $found }”
lrmx-resume-order = 这一行的结束时间早于开始时间，按原文保留：“{ $found }”
lrmx-assessment = 看不懂的考核结果，按原文保留：“{ $found }”
lrmx-assessment-conflict = 同一年度有两个不同的考核结果：“{ $found }”
lrmx-assessment-future = 考核年度晚于填表时间：“{ $found }”
lrmx-assessment-near = “{ $found }”需要填表时间才能确定年度，而填表时间未填写
lrmx-merit = 看不懂的奖惩内容，按原文保留：“{ $found }”
lrmx-merit-undated = 奖惩内容没有写明时间：“{ $found }”
lrmx-education-undated = 简历中找不到“{ $found }”的毕业时间，暂以 { $expected } 为准
lrmx-rank-undated = 简历中找不到“{ $found }”的任职时间，暂以 { $expected } 为准
lrmx-post-undated = 简历中找不到“{ $found }”的任职时间，暂以 { $expected } 为准
lrmx-undated = “{ $found }”没有时间，填表时间也未填写，未予采用
lrmx-workbook = 无法还原：{ $found }
lrmx-disk = 无法读写：{ $found }
lrmx-malformed-alone = 标记“{ $found }”不合 XML 规则
lrmx-truncated-alone = 文件不完整：标记没有写完就结束了
lrmx-encoding-alone = 文件内容不是 { $expected } 编码，请用原编辑器重新保存
lrmx-resume-nested = 其间的内容既不是学习也不是借调挂职，按原文保留：“{ $found }”
lrmx-study-level = 这一段学习没有写明学历层次，按原文保留：“{ $found }”
lrmx-book-file = 文件名
lrmx-book-name = 姓名
lrmx-book-from = 起
lrmx-book-to = 止
lrmx-book-text = 内容
lrmx-book-year = 年度
lrmx-book-grade = 结果
lrmx-book-code = 代码
lrmx-book-line = 行
lrmx-book-column = 列
lrmx-book-message = 说明
lrmx-book-element = 项目
lrmx-book-piece = 序号
lrmx-book-other = 其他元素
lrmx-book-order = 元素次序
lrmx-book-photo = （有照片）
lrmx-book-notes =
    一行为一份干部任免审批表，“文件名”是还原为 .lrmx 文件时的名称，不能重复。
    各列按原文保存，可以修改；还原时以“任免审批表”和“家庭成员”两张表为准。
    “简历”“年度考核”“问题”三张表只供查看，修改后不会写回。
    “其他元素”保存审批表以外的内容，请勿修改。
    照片等过长的内容保存在隐藏工作表中；清空该单元格即删除该内容。
lrmx-member = 家庭成员的{ $part }
lrmx-sanction-year = 处分只写明年份，暂按当年 1 月 1 日计：“{ $found }”
