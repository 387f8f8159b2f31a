// Rows for the template as a clerk might have typed them: five people, and thirty faults among them. Everyone is invented:
// no place has the area code 99.
import { read, write } from './xlsx.mjs';

/** An identity number of nobody, with its check character. */
const id = (birth, order) => {
  const digits = `990101${birth}${String(order).padStart(3, '0')}`;
  const sum = [...digits].reduce((total, d, n) => total + Number(d) * 2 ** (17 - n), 0);
  return digits + '10X98765432'[sum % 11];
};

const [LIN, MAI, SHEN, QIAO, TAN] = [
  { 身份证号: id('19900312', 301), 姓名: '林小禾' },
  { 身份证号: id('19880620', 302), 姓名: '麦秋云' },
  { 身份证号: id('19930901', 305), 姓名: '沈石桥' },
  { 身份证号: id('19951120', 308), 姓名: '乔晚晴' },
  { 身份证号: id('19840405', 311), 姓名: '覃远山' },
];
const ORGAN = '云岭县林业站（新设）';

/** Sheets with their rows, each a heading and what stands under it. */
export const SOUND = {
  人员: [
    { ...LIN, 性别: '男', 出生日期: '1990-03-12', 民族: '汉族', 政治面貌: '中共党员', 参加工作时间: '2013-08-01' },
    { ...MAI, 性别: '女', 出生日期: '1988-06-20', 民族: '瑶族', 政治面貌: '群众', 参加工作时间: '2011-07-01' },
    { ...SHEN, 性别: '男', 出生日期: '1993-09-01', 民族: '汉族', 政治面貌: '中共党员', 参加工作时间: '2016-08-01' },
    { ...QIAO, 性别: '女', 出生日期: '1995-11-20', 民族: '壮族', 政治面貌: '共青团员', 参加工作时间: '2018-08-01' },
    { ...TAN, 性别: '男', 出生日期: '1984-04-05', 民族: '壮族', 政治面貌: '中共党员', 参加工作时间: '2007-07-01' },
  ],
  机构: [{ 机构编号: 'XSLYZ', 机构名称: ORGAN, 机构类别: '县级机关', 行政区划代码: '990101', 核定编制数: 9 }],
  录用: [
    { ...LIN, 事项: '录用', 录用渠道: '公开考录', 机构: ORGAN, 生效日期: '2013-08-01' },
    { ...MAI, 事项: '录用', 录用渠道: '公开考录', 机构: ORGAN, 生效日期: '2011-07-01' },
    { ...SHEN, 事项: '录用', 录用渠道: '选调生', 机构: ORGAN, 生效日期: '2016-08-01' },
    { ...QIAO, 事项: '录用', 录用渠道: '公开考录', 机构: ORGAN, 生效日期: '2018-08-01' },
    { ...TAN, 事项: '录用', 录用渠道: '公开考录', 机构: ORGAN, 生效日期: '2007-07-01' },
  ],
  学历: [{ ...LIN, 学历: '大学本科', 学位: '学士', 教育类别: '全日制', 毕业院校及系: '楠溪农林职业学院', 专业: '林学', 生效日期: '2012-07-01' }],
  职级: [{ ...LIN, 职级: '一级科员', 生效日期: '2019-06-01', 事件编号: 7 }],
  年度考核: [{ ...LIN, 考核年度: '2024', 考核结果: '优秀', 生效日期: '2025-01-20' }],
  调动: [],
  处分: [],
  培训: [{ ...LIN, 培训类别: '初任培训', 培训天数: 12, 生效日期: '2013-11-05' }],
  休假: [{ ...LIN, 休假类别: '年休假', 休假天数: 5, 生效日期: '2024-05-06' }],
};

const turned = (number) => number.slice(0, 17) + (number.endsWith('7') ? '8' : '7');
const man = (order, more) => ({ 身份证号: id('19850315', order), 姓名: '林不详', 性别: '男', ...more });

/** Thirty faults: sheet, heading of the cell at fault, the row. */
const FAULTS = [
  ['人员', '身份证号', { 身份证号: '99010119850315123', 姓名: '林甲' }],
  ['人员', '身份证号', { 身份证号: '99010119850315O017', 姓名: '林乙' }],
  ['人员', '身份证号', { 身份证号: '990101198513150018', 姓名: '林丙' }],
  ['人员', '身份证号', { 身份证号: turned(id('19850315', 319)), 姓名: '林丁' }],
  ['人员', '身份证号', { 身份证号: 990101198503153000, 姓名: '林戊' }],
  ['人员', '性别', man(401, { 性别: '女' })],
  ['人员', '性别', man(403, { 性别: '雄' })],
  ['人员', '出生日期', man(405, { 出生日期: '1986-03-15' })],
  ['人员', '参加工作时间', man(407, { 参加工作时间: '2010-02-30' })],
  ['人员', '参加工作时间', man(409, { 参加工作时间: '不详' })],
  ['人员', '参加工作时间', man(411, { 参加工作时间: 2020.1 })],
  ['人员', '民族', man(413, { 民族: { error: '#N/A' } })],
  ['人员', '姓名', man(415, { 姓名: '' })],
  ['人员', '身份证号', { ...LIN, 性别: '男' }],
  ['机构', '机构编号', { 机构编号: 'XSLYZ', 机构名称: '云岭县水利站', 机构类别: '县级机关', 行政区划代码: '990101', 核定编制数: 3 }],
  ['机构', '机构类别', { 机构编号: 'X3', 机构名称: '石桥镇人民政府', 机构类别: '镇级', 行政区划代码: '990101', 核定编制数: 3 }],
  ['机构', '行政区划代码', { 机构编号: 'X4', 机构名称: '石塘镇人民政府', 机构类别: '乡镇机关', 行政区划代码: '99-01', 核定编制数: 3 }],
  ['机构', '核定编制数', { 机构编号: 'X5', 机构名称: '石山镇人民政府', 机构类别: '乡镇机关', 行政区划代码: '990101', 核定编制数: -1 }],
  ['学历', '学历', { ...MAI, 学历: '博学多才', 生效日期: '2010-07-01' }],
  ['职级', '职级', { ...MAI, 职级: '特级科员', 生效日期: '2020-01-01' }],
  ['职级', '姓名', { ...LIN, 姓名: '林大禾', 职级: '一级科员', 生效日期: '2020-01-01' }],
  ['职级', '身份证号', { 身份证号: id('19850315', 499), 姓名: '林无名', 职级: '一级科员', 生效日期: '2020-01-01' }],
  ['职级', '事件编号', { ...LIN, 职级: '四级主任科员', 生效日期: '2022-01-01', 事件编号: 7 }],
  ['职级', '更正事件编号', { ...LIN, 职级: '四级主任科员', 生效日期: '2022-02-01', 更正事件编号: 99 }],
  ['年度考核', '考核结果', { ...MAI, 考核年度: '2024', 考核结果: '很好', 生效日期: '2025-01-20' }],
  ['调动', '机构', { ...MAI, 机构: '云岭县农业农村水利局', 生效日期: '2020-01-01' }],
  ['处分', '处分种类', { ...SHEN, 事项: '处分', 处分种类: '口头批评', 生效日期: '2020-01-01' }],
  ['培训', '培训天数', { ...MAI, 培训类别: '初任培训', 培训天数: '十来天', 生效日期: '2011-11-05' }],
  ['休假', '休假天数', { ...MAI, 休假类别: '年休假', 休假天数: '五天', 生效日期: '2020-01-06' }],
  ['休假', '生效日期', { ...SHEN, 休假类别: '年休假', 休假天数: 5 }],
];

/** The template's sheets with rows under their headings. */
export function book(template, rows) {
  const sheets = read(template);
  for (const [name, list] of Object.entries(rows)) {
    const heads = sheets.get(name)[0];
    for (const row of list) {
      const strange = Object.keys(row).filter((head) => !heads.includes(head));
      if (strange.length) throw new Error(`the sheet ${name} has no column ${strange}`);
      sheets.get(name).push(heads.map((head) => row[head] ?? ''));
    }
  }
  return write(sheets);
}

/** The workbook with the faults, and where each stands: sheet, row as a spreadsheet counts, heading. */
export function withFaults(template) {
  const rows = Object.fromEntries(Object.entries(SOUND).map(([name, list]) => [name, [...list]]));
  const planted = FAULTS.map(([sheet, column, row]) => ({ sheet, column, row: rows[sheet].push(row) + 1 }));
  return { bytes: book(template, rows), planted };
}
