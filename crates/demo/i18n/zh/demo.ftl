demo-people-range = 人数须在 { $min } 至 { $max } 之间，而给出的是 { $people }
demo-day-range = 基准日须在 { $first } 至 { $last } 之间，而给出的是 { $day }
demo-write = 写入列式文件失败：{ $what }
demo-cancelled = 已取消
