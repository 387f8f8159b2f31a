// Every page: a name for its pictures, who looks at it, where it is. `at` may ask the server first; `act` brings the page
// into the state that is shown. A page that lands is added here.

/** The address of the first person in the roster of whoever is signed in. */
const someone = async (page) => {
  await page.goto('/roster');
  return page.locator('#roster-table tbody a[href^="/person/"]').first().getAttribute('href');
};

export const PAGES = [
  { name: 'sign-in', role: null, at: '/sign-in' },
  { name: 'home', role: 'zuzhi', at: '/' },
  { name: 'home-township', role: 'xiangzhen', at: '/' },
  { name: 'home-administrator', role: 'guanli', at: '/' },
  { name: 'roster', role: 'zuzhi', at: '/roster' },
  { name: 'roster-conditions', role: 'zuzhi', at: '/roster?term=running&sex=female&order=term' },
  { name: 'roster-nobody', role: 'zuzhi', at: '/roster?q=zzzzzz' },
  { name: 'forms', role: 'zuzhi', at: '/forms' },
  { name: 'account', role: 'zuzhi', at: '/account' },
  { name: 'not-found', role: 'zuzhi', at: '/no-such-page', status: 404 },
  { name: 'forbidden', role: 'guanli', at: '/roster', status: 403 },
];

/** Where a page of the table is, for one who is signed in at `page`. */
export async function address(entry, page) {
  return typeof entry.at === 'function' ? entry.at(page) : entry.at;
}

export { someone };
