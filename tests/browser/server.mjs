// The built program, serving the demonstration county from a directory of its own on a free port.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts it; resolves when it says where it listens. */
export async function serve(program) {
  const data = await mkdtemp(join(tmpdir(), 'takeroot-browser-'));
  const child = spawn(program, ['serve', '--demo', '--data', data, '--listen', '127.0.0.1:0', '--lang', 'en'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const address = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+/) ?? said.match(/127\.0\.0\.1:\d+/);
      if (found) resolve(found[0].startsWith('http') ? found[0] : `http://${found[0]}`);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    setTimeout(() => reject(new Error(`the server said no address within two minutes: ${said}`)), 120_000).unref();
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  return {
    address,
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
