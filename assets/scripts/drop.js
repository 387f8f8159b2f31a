// <label class="drop-file"><input type="file">…</label>: a file dropped on it is the input's; [data-file] shows its name.

function wake(place) {
  const input = place.querySelector('input[type="file"]');
  if (!input) return;
  const show = () => {
    const name = place.querySelector('[data-file]');
    if (name) name.textContent = [...input.files].map((file) => file.name).join('、');
  };
  input.addEventListener('change', show);
  place.addEventListener('dragover', (event) => { event.preventDefault(); place.classList.add('is-over'); });
  place.addEventListener('dragleave', () => place.classList.remove('is-over'));
  place.addEventListener('drop', (event) => {
    event.preventDefault();
    place.classList.remove('is-over');
    input.files = event.dataTransfer.files;
    show();
  });
}

export function drops(within) {
  within.querySelectorAll('.drop-file').forEach((place) => { if (!place.dataset.awake) { place.dataset.awake = 'yes'; wake(place); } });
}
