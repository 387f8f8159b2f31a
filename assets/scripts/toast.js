/** Says a short sentence at the corner for a while; a bad one stays until it is closed. */
export function toast(text, bad = false) {
  if (!text) return;
  let place = document.getElementById('toasts');
  if (!place) {
    place = document.body.appendChild(document.createElement('div'));
    place.id = 'toasts';
  }
  place.setAttribute('role', 'status');
  const said = place.appendChild(document.createElement('div'));
  said.className = bad ? 'toast bad' : 'toast';
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = '×';
  close.setAttribute('aria-label', document.documentElement.dataset.close || '×');
  close.addEventListener('click', () => said.remove());
  said.append(close, text);
  if (!bad) setTimeout(() => said.remove(), 5000);
}
