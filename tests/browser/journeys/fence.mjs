// The head of a township sees the township: not pay, not another township, not the organization department's notes; by page,
// by fragment, by the interface, by guessed address. What is not there and what may not be known answer alike.
import { must, same, story } from '../story.mjs';

/** Asks from within a page, with its session; a fragment when `fragment`. */
const ask = (page, address, { fragment = false, method = 'GET', token = '' } = {}) =>
  page.evaluate(
    async ([where, piece, how, bearer]) => {
      const headers = { ...(piece ? { 'HX-Request': 'true' } : {}), ...(bearer ? { Authorization: `Bearer ${bearer}` } : {}) };
      const answer = await fetch(where, { method: how, headers, redirect: 'manual' });
      return { status: answer.status, text: await answer.text() };
    },
    [address, fragment, method, token],
  );

/** What an answer says, without the number of the request and the address asked for. */
const told = (answer, address) =>
  `${answer.status} ${answer.text}`
    .replaceAll(/\b[0-9a-f]{8}-[0-9a-f]+\b/g, 'NUMBER')
    .replaceAll(address, 'ADDRESS');

/** Everyone in the roster of whoever is at the page. */
async function everyone(page) {
  const people = new Set();
  for (let n = 1; n < 60; n += 1) {
    await page.goto(`/roster?per=200&page=${n}`);
    const here = await page.locator('#roster-table tbody a[href^="/person/"]').evaluateAll((all) => all.map((a) => Number(a.getAttribute('href').split('/').pop())));
    const before = people.size;
    here.forEach((id) => people.add(id));
    if (people.size === before) break;
  }
  return people;
}

story('journey: a township head cannot see pay, another township or notes', async ({ desks }) => {
  // The organization department notes something about someone in the township and someone elsewhere.
  const own = await desks.at('xiangzhen', {}, everyone);
  must(own.size > 3, `people of the township: ${own.size}`);
  const all = await desks.at('zuzhi', {}, async (page) => {
    const people = await everyone(page);
    await page.goto(`/person/${[...own][0]}?tab=acts`);
    await page.fill('textarea[name=text]', '组织部内部掌握：拟提拔');
    await page.click('form[action$="/note"] button');
    await page.waitForLoadState();
    must((await page.innerText('main')).includes('拟提拔'), 'the note is not shown to who wrote it');
    // Whoever may see the numbers sees them in this column: it is the one to ask for below.
    must(/\d{17}[\dX]/.test((await ask(page, '/roster?col=id-number')).text), 'the column of identity numbers tells none');
    return people;
  });
  const others = [...all].filter((id) => !own.has(id));
  must(others.length > 1000, `people elsewhere: ${others.length}`);
  const nobody = 99_999_999;

  await desks.at('xiangzhen', {}, async (page) => {
    await page.goto('/');
    // Their own people: standing without pay, no family, no notes, no number.
    const mine = [...own][0];
    for (const tab of ['standing', 'timeline', 'basics', 'family', 'acts', 'changes&since=2020-01-01']) {
      for (const fragment of [false, true]) {
        const answer = await ask(page, `/person/${mine}?tab=${tab}`, { fragment });
        same(answer.status, 200, `/person/${mine}?tab=${tab}`);
        must(!/每月，元|级别工资|职级工资|[^.\d]\d+\.\d\d[^.\d]/.test(answer.text), `tab ${tab} tells of pay`);
        must(!/拟提拔|内部掌握/.test(answer.text), `tab ${tab} tells a note`);
        must(!/\d{17}[\dX]/.test(answer.text), `tab ${tab} tells an identity number`);
      }
    }
    same((await ask(page, `/person/${mine}/number`, { method: 'POST' })).status, 403, 'the identity number asked for');
    same((await ask(page, `/person/${mine}/note`, { method: 'POST' })).status, 403, 'a note written');
    for (const fragment of [false, true]) must(!/\d{17}[\dX]/.test((await ask(page, '/roster?col=id-number', { fragment })).text), 'the roster tells an identity number');

    // People elsewhere, by page and fragment, under every address that names a person: as if nobody had that number.
    const guessed = ['', '?tab=standing', '?tab=acts', '?tab=family'];
    for (const rest of guessed) {
      for (const fragment of [false, true]) {
        const none = told(await ask(page, `/person/${nobody}${rest}`, { fragment }), `/person/${nobody}`);
        must(none.startsWith('404 '), `nobody's file: ${none.slice(0, 200)}`);
        for (const id of others.filter((_, n) => n % 97 === 0)) same(told(await ask(page, `/person/${id}${rest}`, { fragment }), `/person/${id}`), none, `/person/${id}${rest}`);
      }
    }
    // Every number there is, one after the other.
    const open = await page.evaluate(async (ids) => {
      const seen = [];
      for (const id of ids) if ((await fetch(`/person/${id}`, { redirect: 'manual' })).status !== 404) seen.push(id);
      return seen;
    }, others.filter((_, n) => n % 5 === 0));
    same(open, [], 'files of people elsewhere that opened');

    // Lists: another organ, a search, an export with another's number.
    const elsewhere = await desks.at('zuzhi', {}, async (desk) => {
      await desk.goto(`/person/${others[5]}`);
      return (await desk.textContent('h1')).trim();
    });
    const rows = (answer) => [...answer.text.matchAll(/data-href="\/person\/(\d+)"/g)].map((m) => Number(m[1]));
    for (const address of ['/roster', '/roster?organ=990123101', '/roster?part=county-organs', '/roster?part=townships', `/roster?q=${encodeURIComponent(elsewhere)}`, `/roster?person=${others[5]}`]) {
      for (const fragment of [false, true]) same(rows(await ask(page, address, { fragment })).filter((id) => !own.has(id)), [], `people elsewhere in ${address}`);
    }
    const others2 = await ask(page, `/roster.xlsx?form=list&person=${others[5]}`);
    must(!others2.text.includes(elsewhere), 'an export tells of someone elsewhere');
    // Places that are not for this role.
    for (const address of ['/import', '/forms', '/corrections', '/acts', '/acts/looks', '/accounts', '/tokens', `/person/${mine}/event/new`, `/person/${mine}/identity`]) {
      for (const fragment of [false, true]) same((await ask(page, address, { fragment })).status, 403, address);
    }
    // The interface does not know a session.
    for (const address of ['people', `person/${mine}`, `standing/${mine}`, `person/${others[5]}`, 'organs', 'changes']) same((await ask(page, `/api/v1/${address}`)).status, 401, `/api/v1/${address} without a token`);
  });

  // Two tokens for the township, one without pay and one with it.
  const made = async (page, name, scopes) => {
    await page.goto('/tokens');
    const town = await page.locator('#t-organ option').evaluateAll((all) => all.map((o) => [o.value, o.textContent]).find(([, organ]) => /镇人民政府/.test(organ)));
    await page.fill('#t-name', name);
    for (const scope of scopes) await page.check(`[name=scope][value="${scope}"]`);
    await page.selectOption('#t-organ', town[0]);
    await page.click('form[action="/tokens"] button.btn-primary');
    return [await page.inputValue('#secret'), town[1]];
  };
  const [secret, organ, withPay] = await desks.at('guanli', {}, async (page) => [
    ...(await made(page, '乡镇接口', ['roster:read', 'standing:read'])),
    (await made(page, '乡镇工资接口', ['roster:read', 'standing:read', 'pay:read']))[0],
  ]);
  await desks.at(null, {}, async (page) => {
    await page.goto('/sign-in');
    const people = JSON.parse((await ask(page, '/api/v1/people?limit=500', { token: secret })).text);
    const list = people.people ?? people.items ?? people;
    must(Array.isArray(list) && list.length > 0, `people of ${organ}: ${JSON.stringify(people).slice(0, 200)}`);
    const known = new Set(list.map((one) => Number(one.id ?? one.person)));
    const stranger = [...all].find((id) => !known.has(id));
    for (const place of ['person', 'standing']) {
      const none = await ask(page, `/api/v1/${place}/${nobody}`, { token: secret });
      const other = await ask(page, `/api/v1/${place}/${stranger}`, { token: secret });
      same([other.status, told(other, `/${stranger}`)], [404, told(none, `/${nobody}`)], `the interface about someone elsewhere: ${place}`);
    }
    const one = [...known][0];
    const tells = async (token) => {
      const answer = await ask(page, `/api/v1/standing/${one}`, { token });
      same(answer.status, 200, 'a standing of the township by the interface');
      return Object.hasOwn(JSON.parse(answer.text).standing, 'pay');
    };
    same([await tells(secret), await tells(withPay)], [false, true], 'pay told by the interface: to whom it is not for, and to whom it is');
  });
});
