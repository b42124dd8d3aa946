import { testModel } from './conformance.js';
import type { LanguageModel } from './language-model.js';
import { openModel } from './open-model.js';
import { startWireServer } from './openai/__fixtures__/wire-server.js';

/** The suite of all models, on pocket behind a server that is asked in each dialect. */
const dialects: readonly [string, string][] = [
  ['a server of one’s own', ''],
  ['OpenAI', '?door=openai'],
  ['OpenRouter', '?door=openrouter&effort=low'],
  ['Anthropic’s door', '?door=anthropic'],
  ['Gemini’s door', '?door=gemini&effort=low'],
  ['Azure', '?door=azure'],
  ['the Responses API', '?door=openai&api=responses&effort=low&verbosity=low'],
];

for (const [title, options] of dialects) {
  testModel({
    name: `pocket asked as ${title}`,
    open: async () => {
      const pocket = await openModel('pocket');
      const server = await startWireServer(pocket);
      const model = await openModel(`${server.url}#pocket${options}`, { environment: {} });
      return closingAll(model, [server, pocket]);
    },
  });
}

/** The model, and what stands behind it closed with it. */
function closingAll(model: LanguageModel, rest: readonly { close(): Promise<void> }[]): LanguageModel {
  let closing: Promise<void> | undefined;
  return {
    ...model,
    close: () => {
      closing ??= model.close().then(async () => {
        for (const each of rest) await each.close();
      });
      return closing;
    },
  };
}
