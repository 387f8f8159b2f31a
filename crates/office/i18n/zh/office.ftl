office-forbidden = 您的角色无权{ $act }{ $what }。
office-not-found = 没有找到，或不在您的管理范围内。
office-interrupted = 处理被中断，请重试。

### forms
forms-wrong-format = “{ $form }”不能生成这种格式的文件
forms-no-next-rank = 名单中没有可以晋升的下一职级
forms-template-too-long = 模板过长
forms-lacking = { $name }：字库缺“{ $characters }”，表上以〓代替，请手工填写
forms-photo = { $name }：照片无法识别，未打印
forms-continued = { $name }：内容较多，附页续排
forms-no-next-rank-of = { $name }：没有下一职级，未生成表格
forms-without-family = { $name }：您无权查看家庭与健康，表中未填
forms-of-people = { $count }人
office-cancelled = 已停止，未作任何改动。
### views
view-too-long = 条件过多，不能保存为视图。
view-name-bad = 视图名称须为 1 至 { $most } 个字。
