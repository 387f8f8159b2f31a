// Every page: a name for its pictures, who looks at it, where it is. `at` is an address, or makes one of what was laid out;
// `act` brings the page into the state that is shown; `moving` selects what differs from one run to the next. A page that
// lands is added here: a route of the table that no page of this list visits fails.
import { settled } from './desk.mjs';

const tab = (name, more = '') => (laid) => `${laid.person}?tab=${name}${more}`;

/** Sends a form whose answer is a page and not another address. */
const submit = (selector) => async (page) => {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
};

export const PAGES = [
  { name: 'sign-in', role: null, at: '/sign-in' },
  {
    name: 'sign-in-wrong',
    role: null,
    at: '/sign-in',
    async act(page) {
      await page.fill('[name=name]', 'nobody');
      await page.fill('[name=password]', 'not-the-password');
      await submit('form[action="/sign-in"] button')(page);
    },
  },
  {
    name: 'sign-in-code',
    role: null,
    at: '/sign-in',
    async act(page, laid) {
      await page.fill('[name=name]', 'yanshi');
      await page.fill('[name=password]', laid.password);
      await page.click('form[action="/sign-in"] button');
      await page.waitForURL((url) => url.pathname === '/sign-in/code');
    },
  },
  { name: 'home', role: 'zuzhi', at: '/' },
  { name: 'home-township', role: 'xiangzhen', at: '/' },
  { name: 'home-administrator', role: 'guanli', at: '/' },
  { name: 'mine', role: 'geren', at: '/mine', moving: '#looks' },
  { name: 'mine-file', role: 'geren', at: '/mine/file' },
  { name: 'roster', role: 'zuzhi', at: '/roster' },
  { name: 'roster-conditions', role: 'zuzhi', at: '/roster?term=running&sex=female&order=term' },
  { name: 'roster-nobody', role: 'zuzhi', at: '/roster?q=zzzzzz' },
  { name: 'person-standing', role: 'zuzhi', at: tab('standing') },
  { name: 'person-timeline', role: 'zuzhi', at: tab('timeline') },
  { name: 'person-then', role: 'zuzhi', at: tab('timeline', '&on=2022-07-01') },
  { name: 'person-since', role: 'zuzhi', at: tab('changes', '&since=2024-07-01&on=2026-07-01') },
  { name: 'person-basics', role: 'zuzhi', at: tab('basics') },
  { name: 'person-assessments', role: 'zuzhi', at: tab('assessments') },
  { name: 'person-family', role: 'zuzhi', at: tab('family') },
  { name: 'person-acts', role: 'zuzhi', at: tab('acts') },
  { name: 'person-event', role: 'zuzhi', at: (laid) => `${laid.person}/event/new?kind=ranked` },
  { name: 'person-event-wrong', role: 'zuzhi', at: (laid) => `${laid.person}/event/new?kind=ranked`, act: submit('main form .btn-primary') },
  { name: 'person-amend', role: 'zuzhi', at: (laid) => laid.amend },
  { name: 'person-identity', role: 'zuzhi', at: (laid) => `${laid.person}/identity` },
  { name: 'person-merge', role: 'zuzhi', at: (laid) => `/merge?person=${laid.person.split('/').pop()}&person=${laid.other}` },
  { name: 'corrections', role: 'zuzhi', at: '/corrections' },
  { name: 'import', role: 'zuzhi', at: '/import' },
  { name: 'import-faults', role: 'zuzhi', at: (laid) => `${laid.faulty}?kind=error` },
  { name: 'import-clean', role: 'zuzhi', at: (laid) => laid.clean },
  { name: 'job', role: 'zuzhi', at: (laid) => laid.job },
  { name: 'forms', role: 'zuzhi', at: '/forms' },
  {
    name: 'forms-list',
    role: 'zuzhi',
    at: '/forms',
    async act(page, laid) {
      await page.fill('#names', [...laid.names.slice(0, 4), '没有此人', laid.names[0]].join('\n'));
      await submit('form[action="/forms/list"] button')(page);
    },
  },
  {
    name: 'forms-work',
    role: 'zuzhi',
    at: (laid) => `/forms?p=${laid.person.split('/').pop()}&p=${laid.other}`,
    async act(page) {
      await page.click('form[action="/forms/print"] button');
      await page.waitForSelector('#job a.btn-primary', { timeout: 120_000 });
      await settled(page);
    },
  },
  { name: 'forms-templates', role: 'zuzhi', at: '/forms/templates' },
  { name: 'policy', role: 'zhengce', at: '/policy' },
  {
    name: 'policy-document',
    role: 'zhengce',
    at: '/policy',
    async act(page) {
      await page.locator('main tbody a[href^="/policy/document/"]').first().click();
      await page.waitForURL(/policy\/document/);
    },
  },
  {
    name: 'policy-clause',
    role: 'zhengce',
    at: '/policy',
    async act(page) {
      await page.locator('main tbody a[href^="/policy/document/"]').first().click();
      await page.waitForURL(/policy\/document/);
      await page.locator('main a[href^="/policy/clause/"]').first().click();
      await page.waitForURL(/policy\/clause/);
    },
  },
  { name: 'policy-diff', role: 'zhengce', at: '/policy/diff?a=law&b=%2Bone-rise-one-fall' },
  { name: 'policy-effect', role: 'zuzhi', at: (laid) => laid.effect },
  { name: 'policy-effect-analyst', role: 'zhengce', at: (laid) => laid.effect },
  { name: 'policy-write', role: 'zhengce', at: '/policy/write' },
  { name: 'policy-editor', role: 'zhengce', at: (laid) => laid.proposal },
  { name: 'lab', role: 'zhengce', at: '/lab', moving: '#lab-before' },
  { name: 'lab-wrong', role: 'zhengce', at: '/lab', act: submit('#lab-form .btn-primary'), moving: '#lab-before' },
  { name: 'lab-run', role: 'zhengce', at: (laid) => laid.run, moving: '#lab-link' },
  { name: 'lab-run-read', role: 'caizheng', at: (laid) => `${laid.run.replace('seed=1', 'seed=99')}`, moving: '#lab-link' },
  { name: 'lab-doubt', role: 'zhengce', at: (laid) => laid.doubt },
  { name: 'lab-packages', role: 'zhengce', at: (laid) => laid.packages },
  { name: 'posts', role: 'zhengce', at: '/posts' },
  { name: 'posts-check', role: 'zhengce', at: (laid) => `${laid.posts}?with=one-rise-one-fall` },
  { name: 'posts-list', role: 'zhengce', at: (laid) => `${laid.posts}/list` },
  { name: 'posts-unread', role: 'zhengce', at: (laid) => `${laid.posts}/unread` },
  { name: 'posts-vacancies', role: 'zhengce', at: (laid) => `${laid.posts}/vacancies` },
  { name: 'accounts', role: 'guanli', at: '/accounts' },
  { name: 'account-of', role: 'guanli', at: (laid) => laid.account },
  { name: 'tokens', role: 'guanli', at: '/tokens' },
  { name: 'acts', role: 'shenji', at: '/acts', moving: 'tbody, .pager' },
  { name: 'acts-looks', role: 'shenji', at: '/acts/looks', moving: 'tbody, .pager' },
  { name: 'account', role: 'zuzhi', at: '/account', moving: 'tbody' },
  { name: 'account-code', role: 'zuzhi', at: '/account/code' },
  {
    name: 'account-code-key',
    role: 'zuzhi',
    at: '/account/code',
    moving: 'main code, main svg',
    async act(page) {
      await page.fill('#f-present', 'takeroot-demo');
      await page.click('form[action="/account/code/begin"] button');
      await page.waitForSelector('#f-code');
    },
  },
  { name: 'account-looks', role: 'geren', at: '/account/looks', moving: 'tbody, .pager' },
  { name: 'not-found', role: 'zuzhi', at: '/no-such-page', status: 404, moving: 'main code' },
  { name: 'forbidden', role: 'guanli', at: '/roster', status: 403, moving: 'main code' },
];

/** Routes that answer with a file or with data, and so have no picture. */
export const NO_PAGE = [
  '/assets/{name}', '/favicon.ico', '/health', '/metrics', '/roster.xlsx', '/import/template', '/import/{id}/back', '/jobs/{id}/file',
  '/forms/work/{id}/file', '/forms/templates/{form}/file', '/policy/document/{id}/text', '/policy/effect.xlsx',
  '/policy/write/{id}/text', '/lab/report', '/posts/{id}/file', '/posts/{id}/book',
];
