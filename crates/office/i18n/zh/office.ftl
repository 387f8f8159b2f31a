office-forbidden = 您的角色无权{ $act }{ $what }。
office-not-found = 没有找到，或不在您的管理范围内。
office-interrupted = 处理被中断，请重试。
office-cancelled = 已停止，未作任何改动。
