import type { Environment } from '../environment.js';
import { InputError } from '../errors.js';
import { findPython } from './find-python.js';
import { isRecorded } from './recorded-run.js';
import { type ScriptName, scriptNeeds } from './scripts.js';

/** Whether a script of python-gpu can run here, and a line about it for the reader. */
export type FoundEngine = { readonly isThere: boolean; readonly says: string };

/**
 * Looks for a Python that has what a script imports (PyTorch to train, vLLM to generate), so that a notebook can leave a chapter out instead
 * of failing. Where it is missing, `says` tells what to type. A recording that is replayed needs none for the scripts that it has.
 *
 * @example const trainer = await findEngine('train-sft');
 * console.log(trainer.says);
 */
export async function findEngine(script: ScriptName, environment: Environment = process.env): Promise<FoundEngine> {
  const needs = scriptNeeds(script);
  const packages = needs.modules.join(' and ');
  const there = { isThere: true, says: `${needs.script} has what it needs: ${packages}` };
  if (await isRecorded(script, environment)) return there;
  try {
    await findPython(needs, { environment });
    return there;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return {
      isThere: false,
      says: `Left out, as ${packages} ${needs.modules.length > 1 ? 'are' : 'is'} not installed. ${error.message}`,
    };
  }
}
