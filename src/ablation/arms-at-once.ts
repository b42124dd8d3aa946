import { availableParallelism } from 'node:os';
import { InputError } from '../errors.js';
import { named } from '../name-setting.js';
import { requireCount } from '../require-count.js';
import type { AblateOptions } from './ablate-options.js';
import { needsGpu } from './open-models.js';
import type { AblationRecipe } from './recipe.js';

/** Processors that an arm keeps busy: a model in this process is asked on three threads, a training waits for one. */
const processorsOfArm = 2;

/**
 * How many arms are trained and asked at a time, where nobody says: models of this process share out the processors, engines the GPUs. Effects of the
 * caller's own live in the caller's process, where there is one at a time. Throws `InputError` where GPUs are to share a training and arms to have one each.
 */
export function armsAtOnce(
  { student, teacher }: Pick<AblationRecipe, 'student' | 'teacher'>,
  {
    atOnce,
    gpus = 1,
    effects,
    devices,
    processors = availableParallelism(),
  }: Pick<AblateOptions, 'atOnce' | 'gpus' | 'effects'> & {
    /** GPUs by their numbers. */
    readonly devices: readonly string[];
    readonly processors?: number;
  },
): number {
  requireCount('gpus', gpus);
  requireCount('atOnce', atOnce);
  if (gpus > 1 && atOnce !== undefined && atOnce > 1)
    throw new InputError(
      `Cannot train ${atOnce} arms at once on ${gpus} GPUs each: an arm at a time shares its training over several GPUs; leave out ${named('gpus')} or ${named('atOnce')}`,
    );
  if (effects !== undefined || gpus > 1) return 1;
  if (atOnce !== undefined) return atOnce;
  if (needsGpu(student) || needsGpu(teacher)) return Math.max(1, devices.length);
  return Math.max(1, Math.floor(processors / processorsOfArm));
}
