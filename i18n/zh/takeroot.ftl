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

help-demo = 生成示范县：一个虚构的县，用于演示、测试和测速
help-demo--people = 在职人数，500 至 10000000；超过 5000 人时分为若干个县
help-demo--seed = 种子：同一种子得到完全相同的文件
help-demo--on = 基准日，履历写到这一天
help-demo--out = 输出目录；5 万人以内为花名册文件，以上为 Parquet 列式文件
help-demo--force = 目录不空也写入，替换同名文件
help-demo-example = {"  "}takeroot demo --people 2000 --out 示范县
demo-not-empty = 目录 { $dir } 不是空的；要写入请加 --force
demo-done = 已写入 { $dir }：{ $counties } 个县，在职 { $in_service } 人，连同已离开的共 { $people } 人，履历 { $events } 条，用时 { $seconds } 秒。人员和数据均为虚构。
demo-progress = 已生成 { $done }/{ $total } 人（{ $percent }%），约剩 { $left } 秒
