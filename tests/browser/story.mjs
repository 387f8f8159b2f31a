// A story is a name and a function; they run one after the other, and the last line says how many passed and failed.
const stories = [];

/** Names a story. */
export const story = (name, tell) => stories.push({ name, tell });

/** Runs every story whose name holds one of the given words; whether all passed. */
export async function run(given, words = []) {
  const wanted = stories.filter((s) => words.length === 0 || words.some((w) => s.name.includes(w)));
  let passed = 0;
  let failed = 0;
  for (const { name, tell } of wanted) {
    const began = performance.now();
    try {
      // A browser that ends by itself says nothing of the pages: the story is told once more in another.
      await tell(given).catch(async (error) => {
        if (!(await given.desks.renewed())) throw error;
        console.log(`again   ${name} (the browser had ended)`);
        return tell(given);
      });
      passed += 1;
      console.log(`ok      ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n        ${String(error?.stack ?? error).replaceAll('\n', '\n        ')}`);
    }
  }
  if (wanted.length === 0) failed += 1;
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0;
}

/** Fails with what was expected unless it holds. */
export function must(holds, what) {
  if (!holds) throw new Error(what);
}

/** Fails unless the two are the same when written as JSON. */
export function same(found, expected, what) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: expected ${b}, found ${a}`);
}
