import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, PromptError } from '../errors.js';
import type { ChatTemplate } from './chat-template.js';

/** What a folder of a Hugging Face model says about its prompts. */
export type ModelFolder = {
  /** Undefined where the folder holds no chat template. */
  readonly template: ChatTemplate | undefined;
  /** Which file the template is from. */
  readonly templateFile: string | undefined;
  /** Ids of the added tokens, by text; empty where the folder holds no tokenizer. */
  readonly tokens: ReadonlyMap<string, number>;
  readonly hasTokenizer: boolean;
};

type Json = { readonly [field: string]: unknown };

/**
 * Reads `chat_template.jinja`, `chat_template.json`, `tokenizer_config.json` and `tokenizer.json` of a model folder, whichever are there.
 * Throws `InputError` for a file that is no JSON, or a folder with none of them.
 */
export function readModelFolder(folder: string): ModelFolder {
  const config = readJson(join(folder, 'tokenizer_config.json'));
  const tokenizer = readJson(join(folder, 'tokenizer.json'));
  const { source, file } = findTemplate(folder, config);
  if (config === undefined && tokenizer === undefined && source === undefined) {
    throw new InputError(
      `Cannot read the chat template of ${folder}: there is no tokenizer_config.json, chat_template.jinja or tokenizer.json in it; give the folder of a model`,
      { file: folder },
    );
  }
  const tokens = new Map([...readDecoder(config), ...readAddedTokens(tokenizer)]);
  const template =
    source === undefined
      ? undefined
      : { source, beginToken: tokenText(config?.bos_token), endToken: tokenText(config?.eos_token) };
  return { template, templateFile: file, tokens, hasTokenizer: tokens.size > 0 };
}

function findTemplate(folder: string, config: Json | undefined): { source?: string; file?: string } {
  const jinja = join(folder, 'chat_template.jinja');
  if (existsSync(jinja)) return { source: readFileSync(jinja, 'utf8'), file: 'chat_template.jinja' };
  const own = readJson(join(folder, 'chat_template.json'))?.chat_template;
  if (typeof own === 'string') return { source: own, file: 'chat_template.json' };
  const written = config?.chat_template;
  if (typeof written === 'string' && written !== '') return { source: written, file: 'tokenizer_config.json' };
  if (!Array.isArray(written)) return {};
  // several templates by name: the one for plain chats
  const named = (written as Json[]).find(({ name }) => name === 'default')?.template;
  if (typeof named === 'string') return { source: named, file: 'tokenizer_config.json' };
  throw new PromptError(
    `Cannot choose a chat template of ${folder}: tokenizer_config.json holds several and none is called "default"; put the right one into chat_template.jinja`,
  );
}

/** A token is written as a text, or as an object with `content`. */
function tokenText(token: unknown): string {
  if (typeof token === 'string') return token;
  const content = (token as Json | null | undefined)?.content;
  return typeof content === 'string' ? content : '';
}

function* readDecoder(config: Json | undefined): Generator<[string, number]> {
  for (const [id, token] of Object.entries((config?.added_tokens_decoder ?? {}) as Json)) {
    const content = tokenText(token);
    if (content !== '') yield [content, Number(id)];
  }
}

function* readAddedTokens(tokenizer: Json | undefined): Generator<[string, number]> {
  const added = tokenizer?.added_tokens;
  if (!Array.isArray(added)) return;
  for (const { content, id } of added as Json[]) {
    if (typeof content === 'string' && typeof id === 'number') yield [content, id];
  }
}

function readJson(file: string): Json | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value === 'object' && value !== null) return value as Json;
  } catch {
    // said below
  }
  throw new InputError(`Cannot use ${file}: not a JSON object; copy or download it again`, { file });
}
