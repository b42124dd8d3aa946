import { InputError } from '../../errors.js';
import type { GpuScriptOptions } from '../../gpu/gpu-scripts.js';
import type { LanguageModel } from '../../models/language-model.js';
import type { Run } from '../../runs/open-run.js';
import type { StageProgress } from '../../runs/track-progress.js';
import type { JsonObject } from '../../storage/read-jsonl.js';
import { shortHash } from '../rows/magpie-row.js';
import { outputName } from '../rows/output-name.js';
import { rowGenerator } from '../rows/row-generator.js';
import { rowName, rowTexts } from '../rows/row-texts.js';
import { checkTagMissions } from './check-tag-missions.js';
import { createLanguageDetector } from './detect-language.js';
import type { MeasuredDifficulty } from './measure-difficulty.js';
import { measureRows } from './solve-rates.js';
import { tagByAsking } from './tag-by-asking.js';
import { askedMissions, type MissionTags, missionFields, type TagItem, type TagMission } from './tag-missions.js';
import { tagReward } from './tag-reward.js';
import { tagSafety } from './tag-safety.js';
import { tagSoundness } from './tag-soundness.js';

export type TagOptions = {
  readonly rows: readonly JsonObject[];
  readonly run: Run;
  readonly missions: readonly TagMission[];
  /** Of the file that is written, such as `ins_res_tagged`. */
  readonly type: string;
  /** For `difficulty`, `quality`, `category` and `soundness`. */
  readonly model?: LanguageModel | undefined;
  /** For `safety`. */
  readonly guard?: LanguageModel | undefined;
  /** For `reward`: the model, and `scores`, a file of score_rewards.py that is there already. */
  readonly reward?:
    | ({ readonly model: string; readonly scores?: string | undefined } & Partial<GpuScriptOptions>)
    | undefined;
  /** Rates for `solve-rate` of rows that bring no candidates themselves, by the problem's text. */
  readonly solveRates?: ReadonlyMap<string, MeasuredDifficulty> | undefined;
  /** How often a tag that is no JSON is asked for again. @default 2 */
  readonly repairs?: number | undefined;
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: StageProgress) => void) | undefined;
};

export type MissionCounts = {
  readonly tagged: number;
  /** Rows without the tag, by reason; their fields are null. */
  readonly failed: Readonly<Record<string, number>>;
  /** How often each word was given; of missions that give words. */
  readonly words?: Readonly<Record<string, number>>;
};

export type TagResult = {
  readonly rows: readonly JsonObject[];
  readonly fileName: string;
  readonly counts: Readonly<Partial<Record<TagMission, MissionCounts>>>;
};

/**
 * Adds the fields of each mission to the rows and leaves `Magpie_…_{type}.json` in the run directory; tags that rows have already stay. Where a
 * mission found nothing its fields are null and `tag_failed` says why. Throws `InputError` for a mission that nobody is named for.
 */
export async function tagRows(options: TagOptions): Promise<TagResult> {
  const { run, missions, type } = options;
  checkTagMissions(missions, { model: options.model?.name, guard: options.guard?.name, reward: options.reward?.model });
  const items = toItems(options.rows);
  let rows = options.rows;
  const counts: Partial<Record<TagMission, MissionCounts>> = {};
  for (const mission of new Set(missions)) {
    const found = await tag(mission, options, items);
    rows = rows.map((row, index) => withTags(row, { mission, found, key: items[index]?.key ?? '' }));
    counts[mission] = count(mission, found);
  }
  const model = rowGenerator(options.rows[0]) ?? 'model';
  const file = outputName({ run, model, count: rows.length, type });
  const isSolved = type.startsWith('ins_res');
  const fileName = await run.leave({ name: isSolved ? 'solutions' : 'instructions', file }, rows);
  return { rows, fileName, counts };
}

/** Keyed by name and text; rows whose names repeat are keyed by their places. */
function toItems(rows: readonly JsonObject[]): readonly TagItem[] {
  const names = rows.map(rowName);
  const isNamed = new Set(names).size === rows.length && !names.includes(undefined);
  return rows.map((row, index) => {
    const { instruction = '', response } = rowTexts(row) ?? {};
    return { key: `${isNamed ? names[index] : index}:${shortHash(instruction)}`, instruction, response };
  });
}

async function tag(mission: TagMission, options: TagOptions, items: readonly TagItem[]): Promise<MissionTags> {
  const { run, model, guard, reward, repairs, seed, signal, onProgress } = options;
  const shared = { run, items, signal, onProgress };
  if (mission === 'solve-rate') return measureRows(options.rows, { items, solveRates: options.solveRates });
  if (mission === 'language') return tagLanguage(items);
  if (mission === 'soundness' && model !== undefined) return tagSoundness({ ...shared, model, seed });
  if (mission === 'safety' && guard !== undefined) return tagSafety({ ...shared, guard });
  if (mission === 'reward' && reward !== undefined) {
    return tagReward({ ...reward, run, items, ...(signal === undefined ? {} : { signal }) });
  }
  const asked = askedMissions.find((name) => name === mission);
  if (asked !== undefined && model !== undefined)
    return tagByAsking({ ...shared, mission: asked, model, repairs, seed });
  throw new InputError(`Cannot tag ${mission}: nobody is named for it`);
}

async function tagLanguage(items: readonly TagItem[]): Promise<MissionTags> {
  const detect = await createLanguageDetector();
  const tags = new Map<string, { readonly language: string }>();
  const failed = new Map<string, string>();
  for (const { key, instruction } of items) {
    const language = detect(instruction);
    if (language === null) failed.set(key, 'too few words');
    else tags.set(key, { language });
  }
  return { tags, failed };
}

function withTags(
  row: JsonObject,
  { mission, found, key }: { mission: TagMission; found: MissionTags; key: string },
): JsonObject {
  const none = Object.fromEntries(missionFields[mission].map((field) => [field, null]));
  const reason = found.failed.get(key);
  const { [mission]: _, ...others } = (row.tag_failed ?? {}) as JsonObject;
  const failures = reason === undefined ? others : { ...others, [mission]: reason };
  const { tag_failed: __, ...rest } = row;
  return {
    ...rest,
    ...none,
    ...found.tags.get(key),
    ...(Object.keys(failures).length > 0 ? { tag_failed: failures } : {}),
  };
}

/** What of a tag is counted; undefined for a number. */
function wordOf(mission: TagMission, tagged: { readonly [field: string]: unknown }): string | undefined {
  if (mission === 'solve-rate') {
    const { right, k } = tagged.measured_difficulty as MeasuredDifficulty;
    return `${right} of ${k}`;
  }
  if (mission === 'soundness') return fifthOf(Number(tagged.soundness));
  const field = wordFields[mission];
  return field === undefined ? undefined : String(tagged[field]);
}

/** `0.8 to 1`: a probability is counted by fifths. */
function fifthOf(probability: number): string {
  const fifth = Math.min(4, Math.floor(5 * probability));
  return `${fifth / 5} to ${(fifth + 1) / 5}`;
}

/** The field whose words are counted. */
const wordFields: Readonly<Partial<Record<TagMission, string>>> = {
  language: 'language',
  difficulty: 'difficulty',
  quality: 'input_quality',
  category: 'task_category',
  safety: 'is_safe',
};

function count(mission: TagMission, { tags, failed }: MissionTags): MissionCounts {
  const values = [...tags.values()].flatMap((tagged) => wordOf(mission, tagged) ?? []);
  const tally = (values: Iterable<unknown>): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
    return counts;
  };
  return {
    tagged: tags.size,
    failed: tally(failed.values()),
    ...(values.length === 0 ? {} : { words: tally(values) }),
  };
}
