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
