// What every page does with a script: fragments by htmx, confirmations, toasts, tables by keyboard, the unit tree.
// Every page works without it.
import htmx from 'htmx.org/dist/htmx.esm.js';
import { tables } from './table.js';
import { trees } from './tree.js';
import { drops } from './drop.js';
import { confirmed } from './dialog.js';
import { toast } from './toast.js';

Object.assign(htmx.config, {
  allowEval: false, // the page's policy forbids it
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // no page with personal data stays in the browser's storage
  refreshOnHistoryMiss: true,
  scrollIntoViewOnBoost: false,
  defaultSwapStyle: 'innerHTML',
  // A form that was wrong comes back with its errors: 422 is shown in place like an answer.
  responseHandling: [
    { code: '204', swap: false },
    { code: '[23]..', swap: true },
    { code: '422', swap: true },
    { code: '[45]..', swap: false, error: true },
  ],
});
window.htmx = htmx;

const root = document.documentElement;

function charts(within) {
  const figure = 'figure.chart[data-chart]';
  if (!within.querySelector(figure) && !within.matches?.(figure)) return;
  if (!root.dataset.charts) return;
  import(root.dataset.charts).then((chart) => chart.drawAll(within.matches?.(figure) ? within.parentNode : within));
}

function wake(within) {
  tables(within);
  trees(within);
  drops(within);
  charts(within);
}

// What a fragment from the server says on the way: HX-Trigger: {"toast": "…"}
document.addEventListener('toast', (event) => toast(event.detail.value ?? event.detail, event.detail.bad));
document.addEventListener('htmx:load', (event) => event.detail.elt !== document.body && wake(event.detail.elt));
document.addEventListener('htmx:beforeRequest', () => root.classList.add('is-working'));
document.addEventListener('htmx:afterRequest', () => root.classList.remove('is-working'));
document.addEventListener('htmx:sendError', () => toast(root.dataset.offline || '', true));
document.addEventListener('htmx:responseError', (event) => {
  const answer = event.detail.xhr;
  // An error page says in its first paragraph what happened.
  const page = new DOMParser().parseFromString(answer.responseText || '', 'text/html');
  toast(page.querySelector('[data-why]')?.textContent.trim() || root.dataset.failed || `${answer.status}`, true);
});

// A list that was narrowed since the page came is read on in the other language as it is now.
document.addEventListener('htmx:pushedIntoHistory', (event) => {
  const back = document.querySelector('form[action="/language"] [name=back]');
  if (back) back.value = event.detail.path;
});

// <… data-confirm="Sure?">: a form's button, a link or an htmx request asks first.
document.addEventListener('htmx:confirm', (event) => {
  const asks = event.detail.elt.dataset.confirm || event.detail.question;
  if (!asks) return;
  event.preventDefault();
  confirmed(asks, event.detail.elt).then((yes) => yes && event.detail.issueRequest(true));
});
document.addEventListener('submit', (event) => {
  const form = event.target;
  const asks = event.submitter?.dataset.confirm || form.dataset.confirm;
  if (!asks || form.dataset.sure || form.hasAttribute('hx-post')) return;
  event.preventDefault();
  confirmed(asks, event.submitter).then((yes) => {
    if (!yes) return;
    form.dataset.sure = 'yes';
    form.requestSubmit(event.submitter);
    delete form.dataset.sure;
  });
});

// <select data-submit>, <input type="date" data-submit>: a change sends the form.
document.addEventListener('change', (event) => event.target.matches('[data-submit]') && event.target.form?.requestSubmit());
// <button data-open="id">, <button data-close>: native dialogs.  <button data-print>: the browser's print.
document.addEventListener('click', (event) => {
  const opens = event.target.closest('[data-open]');
  if (opens) document.getElementById(opens.dataset.open)?.showModal();
  if (event.target.closest('[data-close]')) event.target.closest('dialog')?.close();
  if (event.target.closest('[data-print]')) print();
  // A disclosure that hangs over the page closes when one clicks elsewhere.
  document.querySelectorAll('details.drop[open]').forEach((d) => d.contains(event.target) || (d.open = false));
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') document.querySelectorAll('details.drop[open]').forEach((d) => { d.open = false; d.querySelector('summary').focus(); });
  // "/" goes to the search, as in many programs, unless one is typing.
  if (event.key === '/' && !event.target.closest('input, textarea, select')) {
    const find = document.querySelector('[data-find]');
    if (find && find.offsetParent) { event.preventDefault(); find.focus(); find.select(); }
  }
});

wake(document.body);
