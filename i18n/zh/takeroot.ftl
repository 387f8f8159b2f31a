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
help-policy-check = 检查政策文件：错误、重叠、空缺、无来源、待核对和待提供的内容；有错误时退出码为 1
help-policy-check--on = 检查哪一天的规则是否齐全，默认今天
help-policy-check--json = 输出 JSON
help-policy-check-example = {"  "}takeroot policy check
    {"  "}takeroot policy check --policies ./本县政策 --json
help-policy-list = 列出政策文件
help-policy-list--json = 输出 JSON
help-policy-list-example = {"  "}takeroot policy list
help-policy-show = 显示一个文件、一项规则或者某日执行的全部规则
help-policy-show--what = 文件编号、条款编号或者规则项目（如 rank-step/principal-3、rank-step）；不写则显示全部
help-policy-show--on = 哪一天的规则，默认今天
help-policy-show--base = 基准：law（当日规定）或者基准编号，如 as-in-2013
help-policy-show--proposal = 叠加的方案编号，可写多个
help-policy-show--place = 行政区划代码，叠加当地规定
help-policy-show--json = 输出 JSON
help-policy-show-example = {"  "}takeroot policy show cn-rank-2019
    {"  "}takeroot policy show rank-step/principal-3 --on 2020-01-01
    {"  "}takeroot policy show --on 2016-01-01 --place 990123
help-policy-diff = 比较两组规则：新增、取消和修改
help-policy-diff--before = 第一组规则，如 law@2016-01-01、as-in-2013、law@2026-01-01/990123
help-policy-diff--after = 第二组规则，如 law@2020-01-01+one-rise-one-fall
help-policy-diff--on = 没有写明日期的一组用哪一天，默认今天
help-policy-diff--json = 输出 JSON
help-policy-diff-example = {"  "}takeroot policy diff law@2016-01-01 law@2020-01-01
    {"  "}takeroot policy diff law law+one-rise-one-fall
help-policy-schema = 输出政策文件的 JSON Schema
help-policy-schema--out = 写入文件，不写则输出到屏幕
help-policy-schema-example = {"  "}takeroot policy schema --out docs/policy.schema.json

cannot-read = 无法读取 { $path }
cannot-write = 无法写入 { $path }
clock-wrong = 本机日期 { $day } 不正确，请校正或者用 --on 写明日期
not-a-day = “{ $text }”不是日期，应写作 2026-07-01
policies-unread = 有 { $count } 处错误，政策文件未能读入。
policies-none = { $dir } 中没有政策文件（*.toml）

policy-column-kind = 类别
policy-column-id = 编号
policy-column-from = 开始
policy-column-to = 停止
policy-column-clauses = 条款
policy-column-title = 名称
policy-column-wants = 待提供项目
policy-column-from-whom = 由谁提供
policy-column-clause = 条款
policy-column-supplied-by = 已由地方文件提供（仅限当地）
policy-check-counts = 文件 { $instruments } 件，方案 { $proposals } 个，基准 { $baselines } 个，条款 { $parameters } 条
policy-check-invented = 另有虚构数值的演示文件 { $instruments } 件，条款 { $parameters } 条
policy-check-uncited = 未读原文、也没有来源编号的条款 { $count } 条：
policy-check-to-be-checked = 待核对的条款 { $count } 条：
policy-check-unknown = 数值未知或者由他人确定的条款 { $count } 条：
policy-check-missing = 待提供的内容 { $count } 项：
policy-check-sound = 未发现错误。
policy-check-errors = 有 { $count } 处错误。
policy-show-head = { $on } 执行的规则 { $count } 项（{ $law } 的规定；校验码 { $digest }…）
policy-open = 由地方或者他人确定、尚未提供：
policy-nothing-named = 没有名为“{ $what }”的文件、条款，{ $on } 也没有这项规则
policy-diff-head = { $before }（{ $before_on }）与 { $after }（{ $after_on }）比较
