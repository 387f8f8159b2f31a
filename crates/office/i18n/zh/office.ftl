office-forbidden = 您的角色无权{ $act }{ $what }。
office-not-found = 没有找到，或不在您的管理范围内。
office-interrupted = 处理被中断，请重试。
office-cancelled = 已停止，未作任何改动。
### views
view-too-long = 条件过多，不能保存为视图。
view-name-bad = 视图名称须为 1 至 { $most } 个字。
