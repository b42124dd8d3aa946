// node scripts/grading/list-wrong.mjs FILE.jsonl…: grades rows {gold, answer | response, expect, kind?} and lists the wrong ones by
// kind. Needs `npm run build`.
import { readFileSync } from 'node:fs';
import { gradeResponse } from '../../dist/answers/grade/grade-response.js';

for (const file of process.argv.slice(2)) {
  const rows = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const wrong = rows.flatMap((row) => {
    const { equivalent, rule, extracted } = gradeResponse(row);
    return equivalent === row.expect ? [] : [{ ...row, equivalent, rule, extracted }];
  });
  const accepts = wrong.filter(({ equivalent }) => equivalent).length;
  console.log(`${file}: ${rows.length - wrong.length} of ${rows.length} right, ${accepts} false accepts`);
  const byKind = Map.groupBy ? Map.groupBy(wrong, ({ kind }) => kind) : group(wrong);
  for (const [kind, found] of byKind) {
    console.log(`\n${kind ?? 'no kind'}`);
    for (const { id, gold, answer, response, equivalent, rule, extracted } of found) {
      console.log(
        `  ${equivalent ? 'ACCEPTS' : 'rejects'} ${id} ${JSON.stringify(gold)} | ${JSON.stringify(answer ?? response.slice(-400))}`,
      );
      console.log(`    ${rule}${answer === undefined ? ` ${JSON.stringify(extracted)}` : ''}`);
    }
  }
}

function group(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.kind, [...(groups.get(row.kind) ?? []), row]);
  return groups;
}
