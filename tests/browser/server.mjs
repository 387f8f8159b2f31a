// The built program, serving the demonstration county from a directory of its own on a free port, on a day that stays:
// what the pages say is the same whenever they are looked at.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const TODAY = '2026-07-01';

/** Starts it; resolves when it says where it listens. */
export async function serve(program) {
  const data = await mkdtemp(join(tmpdir(), 'takeroot-browser-'));
  const child = spawn(program, ['serve', '--demo', '--today', TODAY, '--data', data, '--listen', '127.0.0.1:0', '--lang', 'en'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Its clock was set to nine in the morning there when it began.
  const nine = Date.parse(`${TODAY}T09:00:00+08:00`);
  const began = performance.now();
  let said = '';
  const address = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      // Every request is told on the error stream: its end is enough to say why something failed.
      said = (said + chunk).slice(-20_000);
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    setTimeout(() => reject(new Error(`the server said no address within five minutes: ${said}`)), 300_000).unref();
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  return {
    address,
    now: () => nine + performance.now() - began,
    said: () => said,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
      const code = await ended;
      clearTimeout(late);
      await rm(data, { recursive: true, force: true });
      return code;
    },
  };
}
