// The unit tree: <div class="tree"> of <details>; arrows move and open, and an <input class="tree-find"> narrows it.

function wake(tree) {
  const links = () => [...tree.querySelectorAll('a')].filter((a) => a.offsetParent !== null);
  tree.querySelector('a[aria-current]')?.scrollIntoView({ block: 'nearest' });
  tree.addEventListener('keydown', (event) => {
    const here = event.target.closest('a, summary');
    if (!here) return;
    const list = links();
    const item = here.closest('li');
    const link = item?.querySelector('a');
    const at = list.indexOf(link);
    const branch = item?.querySelector(':scope > details');
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
      else item?.parentElement.closest('li')?.querySelector('a')?.focus();
    }
  });
  tree.querySelector('.tree-find')?.addEventListener('input', (event) => {
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
