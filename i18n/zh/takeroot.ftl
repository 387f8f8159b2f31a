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

help-posts = 读取公务员招录职位表，统一格式并汇总
help-posts--files = 职位表文件：.xls、.xlsx 或 .csv，可以多个
help-posts--json = 输出 JSON
help-posts--xlsx = 把全部职位、汇总和未能识别的单元格写入该工作簿
help-posts--on = 按该日期的规则核对（YYYY-MM-DD）
help-posts--proposal = 再与该方案比较，可以多个
help-posts-example = {"  "}takeroot posts data/posts/guangdong-2025/guangdong-2025-posts-original.xls --xlsx posts.xlsx
posts-head = { $file }（版式：{ $layout }）：职位 { $posts } 个，招录 { $recruits } 人，未能识别 { $unread } 处
posts-col-sheet = 工作表
posts-col-posts = 职位数
posts-col-recruits = 招录人数
posts-col-what = 乡镇（街道）招录
posts-col-share = 占比
posts-township = 乡镇（街道）合计
posts-total = 合计
posts-no-posts = （无职位）
posts-more-unread = ……还有 { $more } 处，见 --json 或 --xlsx
posts-cannot-read = 无法读取 { $file }
posts-cannot-write = 无法写入 { $file }
posts-written = 已写入 { $file }
posts-bad-date = { $date } 不是日期，应写作 YYYY-MM-DD
posts-not-checked = 当前版本尚未接入规则，未作核对
