import { readFileSync, statSync } from 'node:fs';
import { PromptError } from '../errors.js';

/** Far above any that is published: gpt-oss's has 17,000 characters. */
const mostBytes = 1_000_000;

/**
 * The Jinja text of a chat template in a file of one's own: the template itself (`chat_template.jinja`), or JSON with it under `chat_template` (`tokenizer_config.json`,
 * `chat_template.json`). Throws `PromptError` in one line.
 */
export function readChatTemplate(file: string): string {
  const refuse = (fault: string, cause?: unknown): never => {
    throw new PromptError(`Cannot use the chat template ${file}: ${fault}`, cause === undefined ? {} : { cause });
  };
  let text = '';
  try {
    if (statSync(file).size > mostBytes) return refuse(`it is longer than ${mostBytes} bytes; give the template alone`);
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof PromptError) throw cause;
    return refuse('there is no such file; check the path', cause);
  }
  const source = /^\s*\{\s*"/.test(text) ? templateOf(text) : text;
  if (source === undefined) return refuse('it is JSON without a text under "chat_template"; give the file that has it');
  if (!/\{[{%]/.test(source))
    return refuse('it is no Jinja template, which loops over messages; give chat_template.jinja');
  return source;
}

function templateOf(json: string): string | undefined {
  try {
    const { chat_template: template } = JSON.parse(json) as { chat_template?: unknown };
    return typeof template === 'string' ? template : undefined;
  } catch {
    return undefined;
  }
}
