/** Asks in a dialog of the page; resolves to whether the answer was yes. The words of the buttons come from the page. */
export function confirmed(question, by) {
  const words = document.documentElement.dataset;
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', question);
  const body = document.createElement('div');
  body.className = 'body';
  body.textContent = question;
  const acts = document.createElement('div');
  acts.className = 'acts';
  const button = (text, value, tone) => {
    const one = document.createElement('button');
    one.type = 'button';
    one.className = `btn ${tone}`;
    one.textContent = text;
    one.addEventListener('click', () => dialog.close(value));
    acts.append(one);
    return one;
  };
  const no = button(words.no || 'Cancel', 'no', '');
  button(words.yes || 'OK', 'yes', by?.classList?.contains('btn-danger') ? 'btn-danger' : 'btn-primary');
  dialog.append(body, acts);
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
  return new Promise((answer) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      by?.focus?.();
      answer(dialog.returnValue === 'yes');
    });
  });
}
