error = 错误：{ $what }

help = 扎根：服务基层人员的人事与政策系统
help-usage = 用法
help-commands = 命令
help-command = 命令
help-options = 选项
help-arguments = 参数
help-examples = 示例
help---lang = 语言：zh 或 en
help---policies = 本单位自有政策文件所在目录，叠加在内置文件之上
help---version = 显示版本
help---help = 显示本帮助

usage-unknown-argument = 不认识的选项或参数：{ $arg }
usage-unknown-command = 不认识的命令：{ $command }
usage-missing-argument = 缺少必填项：{ $arg }
usage-conflict = { $arg } 不能与 { $other } 同时使用
usage-invalid-value = { $arg } 的值 { $value } 无效
usage-see-help = 详见 --help。

help-policy = 检查、显示、比较和说明政策文件
help-policy-example = {"  "}takeroot policy check

help-roster = 检查花名册工作簿，下载填报模板
help-roster-check = 读取花名册（.xlsx、.xls、.csv），列出各表、人数、事件数和每一处错误
help-roster-check--file = 花名册文件
help-roster-check--json = 以 JSON 输出
help-roster-check--back = 把原表加上“错误”一列，另存为这个文件
help-roster-check-example = {"  "}takeroot roster check 花名册.xlsx --back 花名册-错误.xlsx
help-roster-template = 写出空白模板：填表说明、各表表头和下拉列表
help-roster-template--out = 模板文件
help-roster-template-example = {"  "}takeroot roster template 模板.xlsx
roster-written = 已写入 { $file }
roster-summary = 花名册：{ $file }
roster-sheet = 工作表
roster-kind = 内容
roster-header-row = 表头行
roster-rows = 行数
roster-read = 已读
roster-ignored = 未读的列
roster-events = 件数
roster-counts = 人员 { $people } 人，机构 { $organs } 个，事件 { $events } 件
roster-invented = 表中注明：人员与数据均为虚构
roster-sound = 没有发现错误。
roster-faults = 错误 { $n } 处，有错误的行未读入：
