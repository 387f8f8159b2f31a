// Tables by keyboard and mouse: <table data-keys> with rows <tr data-href="…">: arrows move, Home and End jump, Enter
// opens, Space selects, Shift extends. Boxes that select: <input type="checkbox" data-all> in the head, data-row in rows;
// what [data-selected] shows is how many; [data-needs-selected] waits for one, [data-needs-selected="2"] for two.

const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.dataset.href !== undefined || row.querySelector('[data-row]'));

function tell(table) {
  const boxes = [...table.querySelectorAll('[data-row]')];
  const chosen = boxes.filter((box) => box.checked);
  boxes.forEach((box) => box.closest('tr').classList.toggle('is-selected', box.checked));
  const all = table.querySelector('[data-all]');
  if (all) {
    all.checked = boxes.length > 0 && chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
  }
  const within = table.closest('form') || document;
  within.querySelectorAll('[data-selected]').forEach((place) => { place.textContent = chosen.length; });
  within.querySelectorAll('[data-needs-selected]').forEach((button) => {
    const wanted = Number(button.dataset.needsSelected);
    button.disabled = wanted ? chosen.length !== wanted : chosen.length === 0;
  });
}

function wake(table) {
  let last = null;
  const rows = rowsOf(table);
  rows.forEach((row, index) => { row.tabIndex = index === 0 ? 0 : -1; });

  const go = (row) => {
    if (!row) return;
    rows.forEach((one) => { one.tabIndex = -1; });
    row.tabIndex = 0;
    row.focus();
    row.scrollIntoView({ block: 'nearest' });
  };
  const range = (from, to, checked) => {
    const [a, b] = [rows.indexOf(from), rows.indexOf(to)].sort((x, y) => x - y);
    rows.slice(a, b + 1).forEach((row) => {
      const box = row.querySelector('[data-row]');
      if (box) box.checked = checked;
    });
    tell(table);
  };

  table.addEventListener('keydown', (event) => {
    const row = event.target.closest('tr');
    if (event.target !== row) return;
    const at = rows.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1, PageDown: Math.min(at + 15, rows.length - 1), PageUp: Math.max(at - 15, 0) }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const next = rows[to];
      if (event.shiftKey && next) range(last || row, next, true);
      last ||= row;
      if (!event.shiftKey) last = null;
      go(next);
    } else if (event.key === 'Enter' && row.dataset.href) {
      event.preventDefault();
      location.assign(row.dataset.href);
    } else if (event.key === ' ') {
      const box = row.querySelector('[data-row]');
      if (box) {
        event.preventDefault();
        box.checked = !box.checked;
        last = row;
        tell(table);
      }
    }
  });
  table.addEventListener('click', (event) => {
    const row = event.target.closest('tr');
    const box = event.target.closest('[data-row]');
    if (box) {
      if (event.shiftKey && last) range(last, row, box.checked);
      last = row;
      tell(table);
      return;
    }
    const all = event.target.closest('[data-all]');
    if (all) {
      table.querySelectorAll('[data-row]').forEach((one) => { one.checked = all.checked; });
      tell(table);
    }
  });
  table.addEventListener('dblclick', (event) => {
    const row = event.target.closest('tr[data-href]');
    if (row && !event.target.closest('a, button, input, label')) location.assign(row.dataset.href);
  });
  tell(table);
}

export function tables(within) {
  const find = (selector) => [...(within.matches?.(selector) ? [within] : []), ...within.querySelectorAll(selector)];
  find('table[data-keys]').forEach((table) => { if (!table.dataset.awake) { table.dataset.awake = 'yes'; wake(table); } });
}
