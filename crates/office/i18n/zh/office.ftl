office-forbidden = 您的角色无权{ $act }{ $what }。
office-not-found = 没有找到，或不在您的管理范围内。
office-interrupted = 处理被中断，请重试。
office-cancelled = 已停止，未作任何改动。
### views
view-too-long = 条件过多，不能保存为视图。
view-name-bad = 视图名称须为 1 至 { $most } 个字。
### event
event-must = 必填。
event-number = 请填写范围内的整数。
event-organ = 花名册中没有这个单位。
event-choice = 请从列表中选择。
event-day = 日期应为年-月-日，如 2026-07-01。
event-before-birth = 早于出生日期。
event-ends-before = 结束日期早于开始日期。
