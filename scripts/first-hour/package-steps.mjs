/** What somebody does who installs the package into an empty folder. */

import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../prepare/setup-error.mjs';
import { megabytes, sizeOf } from './folder-size.mjs';
import { runFirst, shootLab, startLab } from './lab.mjs';

export function packageSteps(walk) {
  const { app, clone, type, shootTerminal } = walk;
  const here = { cwd: app };
  return [
    {
      name: 'package',
      typed: 'npm install mathpie-….tgz',
      sees: 'in an empty folder: the package and what it needs, from the registry alone',
      run: async ({ picture }) => {
        rmSync(app, { recursive: true, force: true });
        mkdirSync(app, { recursive: true });
        writeFileSync(path.join(app, 'package.json'), '{"name": "app", "private": true}\n');
        await picture(() => type(`npm pack --silent --pack-destination ${JSON.stringify(app)}`, { cwd: clone }));
        const tarball = readdirSync(app).find((name) => name.endsWith('.tgz'));
        const line = `npm install ./${tarball}`;
        // danfo.js wants a package of a host of its own: where that is not reached, it is left out, and not asked for again
        const output = await type(line, { ...here, env: { npm_config_fetch_retries: '0' } });
        // Where it is not there, npx takes one of the folders above, and the walk would go on with another package
        if (!existsSync(path.join(app, 'node_modules', '.bin', 'mathpie')))
          throw new SetupError(`Cannot walk on: ${tarball} brought no command mathpie into ${app}`);
        walk.fact('tarball', megabytes(statSync(path.join(app, tarball)).size));
        walk.fact('node_modules', megabytes(sizeOf(path.join(app, 'node_modules'))));
        await picture(() => shootTerminal('package', line, output));
      },
    },
    {
      name: 'package-magpie',
      typed: 'npx mathpie magpie instruct --model pocket --count 10 --run runs/first',
      sees: 'ten problems that the model made of nothing, in a run directory',
      run: async ({ picture }) => {
        const line = 'npx mathpie magpie instruct --model pocket --count 10 --run runs/first';
        const output = await type(line, here);
        await picture(() => shootTerminal('package-magpie', line, output));
      },
    },
    {
      name: 'package-lab',
      typed: 'npx mathpie lab',
      sees: 'the same JupyterLab; kernel and environment lie in .mathpie, notebooks in runs/notebooks of the folder',
      run: async ({ picture }) => {
        const lab = await startLab(walk, 'npx mathpie lab', here);
        await lab.open('runs/notebooks/demo_production.ipynb');
        await runFirst(lab.page, 8);
        await picture(() => shootLab(walk, lab.page, 'package-lab'));
        lab.stop();
      },
    },
  ];
}
