// Takes one act a line from the test, as JSON, and answers each with one line; ends when the test does.
import { createInterface } from 'node:readline';

// Only answers go to the test; what libraries have to say goes beside them.
console.log = console.info = console.error;

/// Answers every line `{ "act": name, … }` by what `acts[name]` gives for it, or with the reason why there is nothing.
export const answer = async (acts) => {
  for await (const line of createInterface({ input: process.stdin })) {
    const given = JSON.parse(line);
    let answer;
    try {
      answer = { given: (await acts[given.act](given)) ?? null };
    } catch (error) {
      answer = { refused: `${error.name}: ${error.message}` };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  process.exit(0);
};
