import type OpenAI from 'openai';
import { InputError } from '../../errors.js';
import { type ChatTemplate, renderChat } from '../../prompts/chat-template.js';
import { findSpecialStrings } from '../../prompts/find-special-strings.js';
import { findModelConfig } from '../../prompts/model-configs.js';
import { derivePreQuery } from '../../prompts/pre-query.js';
import { readChatTemplate } from '../../prompts/read-chat-template.js';
import { applyTemplateOptions } from '../../prompts/template-options.js';
import { turnEnds } from '../../prompts/turn-ends.js';
import type { GenerationRequest, Opening } from '../language-model.js';
import type { EndpointOptions } from './model-options.js';
import { requestBegin } from './request-opening.js';

/** A chat template of one's own for a server that continues raw text: base models are served without one. */
export type GivenTemplate = {
  readonly template: ChatTemplate;
  readonly ends: readonly string[];
  /** How it opens a user turn. */
  opening(): Promise<Opening>;
  /** Messages as the raw text that the template makes of them. Throws `InputError` for a message that holds one of its marks, which would end the turn. */
  asText(request: GenerationRequest): Promise<GenerationRequest>;
};

/** Reads the template that a model string names. Throws `PromptError`, and `InputError` for an endpoint that takes messages alone. */
export function givenTemplate({
  name,
  options,
  isServer,
  client,
  model,
  baseUrl,
}: {
  readonly name: string;
  readonly options: EndpointOptions;
  readonly isServer: boolean;
  readonly client: OpenAI;
  readonly model: string;
  readonly baseUrl: string;
}): GivenTemplate | undefined {
  const { chatTemplate: file, thinking, effort, template: variables } = options;
  if (file === undefined) return undefined;
  if (!isServer) {
    throw new InputError(
      `Cannot use a chat template with ${name}: it takes messages and no raw text; leave the template out, or serve the model by vLLM or llama.cpp`,
    );
  }
  const config = findModelConfig(model);
  const source = { source: readChatTemplate(file), beginToken: '', endToken: config?.end_token ?? '' };
  const template = applyTemplateOptions(source, { thinking, effort, template: variables }, name);
  const ends = turnEnds(template);
  let begin: Promise<string> | undefined;
  const askBegin = (): Promise<string> => {
    begin ??= config === undefined ? requestBegin({ client, model, baseUrl }) : Promise.resolve(config.begin_token);
    return begin;
  };
  return {
    template,
    ends,
    opening: async () => {
      const beginToken = await askBegin();
      return {
        begin: beginToken,
        stop: ends,
        preQuery: (systemPrompt, history = []) =>
          derivePreQuery({
            template: { ...template, beginToken },
            history,
            ...(systemPrompt === undefined ? {} : { systemPrompt }),
          }),
      };
    },
    asText: async (request) => {
      const { prompt, sampling } = request;
      if (!('messages' in prompt)) return request;
      const pieces = renderChat(prompt.messages, { template });
      const mark = findMark(pieces, ends);
      if (mark !== undefined) {
        throw new InputError(
          `The message holds ${mark}, a mark of the chat template, which would end its turn; take it out`,
        );
      }
      const raw = pieces.map(({ text }) => text).join('');
      // The server writes the token that begins a text by itself
      const first = await askBegin();
      const text = first !== '' && raw.startsWith(first) ? raw.slice(first.length) : raw;
      return {
        ...request,
        prompt: { raw: text },
        sampling: { ...sampling, stop: [...(sampling.stop ?? []), ...ends] },
      };
    },
  };
}

/** A mark of the template in what somebody said: in raw text it is read as the mark. */
function findMark(
  pieces: readonly { readonly text: string; readonly special: boolean }[],
  ends: readonly string[],
): string | undefined {
  const own = pieces.flatMap(({ text, special }) => (special ? [text] : []));
  const marks = [...new Set([...findSpecialStrings(own.join('\n')), ...findSpecialStrings(ends.join('\n'))])];
  return marks.find((mark) => pieces.some(({ text, special }) => !special && text.includes(mark)));
}
