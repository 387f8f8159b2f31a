// The unit tree: <nav class="tree"> of links, <details> below those that have units below. It is one stop for the Tab key;
// arrows move and open, and an <input class="tree-find"> narrows it.

function wake(tree) {
  const links = () => [...tree.querySelectorAll('a')].filter((a) => a.offsetParent !== null);
  const here = tree.querySelector('a[aria-current]') || tree.querySelector('a');
  here?.scrollIntoView({ block: 'nearest' });
  tree.querySelectorAll('a, summary').forEach((one) => { one.tabIndex = one === here ? 0 : -1; });
  tree.addEventListener('focusin', (event) => {
    if (!event.target.matches('a')) return;
    tree.querySelectorAll('a[tabindex="0"]').forEach((one) => { one.tabIndex = -1; });
    event.target.tabIndex = 0;
  });
  tree.addEventListener('keydown', (event) => {
    const item = event.target.closest('a, summary')?.closest('li');
    if (!item) return;
    const list = links();
    const link = item.querySelector('a');
    const at = list.indexOf(link);
    const branch = item.querySelector(':scope > details');
    const to = { ArrowDown: list[at + 1], ArrowUp: list[at - 1], Home: list[0], End: list[list.length - 1] }[event.key];
    if (to) {
      event.preventDefault();
      to.focus();
    } else if (event.key === 'ArrowRight' && branch) {
      event.preventDefault();
      branch.open = true;
    } else if (event.key === 'ArrowLeft') {
      event.preventDefault();
      if (branch?.open) branch.open = false;
      else item.parentElement.closest('li')?.querySelector('a')?.focus();
    }
  });
  tree.querySelector('.tree-find')?.addEventListener('input', (event) => {
    if (event.target.hasAttribute('hx-get')) return; // too many units to be here: the server finds them
    const wanted = event.target.value.trim();
    const items = [...tree.querySelectorAll('li')].reverse(); // leaves first
    items.forEach((item) => {
      const own = item.querySelector('a')?.textContent.includes(wanted);
      const below = [...item.querySelectorAll('li')].some((li) => !li.hidden);
      item.hidden = Boolean(wanted) && !own && !below;
      const branch = item.querySelector(':scope > details');
      if (branch && wanted && below) branch.open = true;
    });
  });
}

export function trees(within) {
  const find = within.matches?.('.tree') ? [within] : within.querySelectorAll('.tree');
  find.forEach((tree) => { if (!tree.dataset.awake) { tree.dataset.awake = 'yes'; wake(tree); } });
}
