store-database = 数据库出错：{ $why }
store-migration = 数据库结构升级失败：{ $why }
store-stored = 库中的 { $what } 无法读取：{ $why }
store-address = “{ $address }”不是有效的数据库地址（应为目录，或 sqlite:、postgres: 开头的地址）
