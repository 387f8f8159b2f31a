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
### doubt
doubt-no-birth = 出生日期未填
doubt-no-sex = 性别未填
doubt-other-birth = 出生日期与身份证号不一致
doubt-other-sex = 性别与身份证号不一致
doubt-no-rank = 在职而无职务、职级
doubt-no-education = 学历未填
doubt-no-entry = 进入公务员队伍的时间未填
doubt-no-organ = 所在单位不在单位目录中
doubt-work-before-birth = 参加工作时间早于出生日期
doubt-no-grade = 上年度考核等次未录
### views
view-too-long = 条件过多，不能保存为视图。
view-name-bad = 视图名称须为 1 至 { $most } 个字。
