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

help-lrmx = 批量检查、转换干部任免审批表电子文件（.lrmx）
help-lrmx-check = 检查 .lrmx 文件，列出每份读到的内容和问题
help-lrmx-check--paths = 文件夹（含下级）或文件
help-lrmx-check--json = 以 JSON 输出
help-lrmx-check-example = {"  "}takeroot lrmx check 干部表/
help-lrmx-convert = 把 .lrmx 文件汇成一个 Excel 工作簿，或由工作簿还原 .lrmx 文件
help-lrmx-convert--paths = 文件夹或 .lrmx 文件；还原时为 .xlsx 文件
help-lrmx-convert--xlsx = 要生成的工作簿
help-lrmx-convert--lrmx = 还原出的 .lrmx 文件存放的文件夹
help-lrmx-convert--overwrite = 允许覆盖已有文件
help-lrmx-convert-example =
    {"  "}takeroot lrmx convert 干部表/ --xlsx 干部表.xlsx
    {"  "}takeroot lrmx convert 干部表.xlsx --lrmx 还原/

lrmx-no-target = 请用 --xlsx 或 --lrmx 指明要生成什么
lrmx-no-such-path = 无法读取 { $path }
lrmx-none = 没有找到 .lrmx 文件
lrmx-exists = { $path } 已存在，未覆盖（如需覆盖请加 --overwrite）
lrmx-not-written = 无法写入 { $path }
lrmx-bad-name = 文件名“{ $name }”不能使用
lrmx-progress = 已处理 { $done }/{ $total }
lrmx-head-file = 文件
lrmx-head-name = 姓名
lrmx-head-education = 学历
lrmx-head-organs = 经历
lrmx-head-posts = 职务
lrmx-head-ranks = 职级
lrmx-head-assessments = 考核
lrmx-head-merits = 奖惩
lrmx-head-faults = 问题
lrmx-faults = 问题：
lrmx-notes = 说明：
lrmx-summary = 共 { $files } 个文件，读取 { $read } 个，问题 { $faults } 处，说明 { $notes } 处
lrmx-written-book = 已生成 { $path }
lrmx-written-files = 已在 { $path } 写出 { $count } 个 .lrmx 文件
