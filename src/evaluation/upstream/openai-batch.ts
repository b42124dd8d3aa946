import { numberOf, objectOf, objectsOf, readMessage, textOf } from './read-values.js';
import type { ResultFormat } from './upstream-row.js';

/**
 * Outputs of OpenAI's Batch API: `{custom_id, response: {status_code, body}, error}`, of chat completions or of responses. They hold neither
 * question nor gold answer: problems whose ids are the `custom_id` give both.
 */
export const openAiBatch: ResultFormat = {
  name: 'OpenAI Batch',
  recognises: (value) => 'custom_id' in value && ('response' in value || 'error' in value) && !('body' in value),
  read: (value) => {
    const problem = textOf(value.custom_id);
    if (problem === undefined) return 'its custom_id is no text';
    const response = objectOf(value.response) ?? {};
    const body = objectOf(response.body) ?? {};
    const usage = objectOf(body.usage) ?? {};
    const status = numberOf(response.status_code) ?? 0;
    const error = objectOf(value.error) ?? objectOf(body.error);
    if (error !== undefined || status >= 400 || objectOf(value.response) === undefined) {
      return [{ problem, failure: textOf(error?.message) ?? textOf(error?.code) ?? `status ${status}` }];
    }
    const spent = {
      promptTokens: numberOf(usage.prompt_tokens) ?? numberOf(usage.input_tokens),
      completionTokens: numberOf(usage.completion_tokens) ?? numberOf(usage.output_tokens),
      model: textOf(body.model),
    };
    const choices = objectsOf(body.choices);
    if (choices.length === 0) {
      const parts = objectsOf(body.output);
      const texts = parts.filter(({ type }) => type === 'message').map(({ content }) => readMessage(content).text);
      const isCut = textOf(objectOf(body.incomplete_details)?.reason) === 'max_output_tokens';
      return [{ problem, response: texts.join('\n'), finishReason: isCut ? 'length' : 'stop', ...spent }];
    }
    return choices.map((choice, sample) => {
      const message = objectOf(choice.message) ?? {};
      const thinking = textOf(message.reasoning_content) ?? textOf(message.reasoning);
      const { text } = readMessage(message.content ?? textOf(message.refusal) ?? '');
      // Tokens are counted for all choices together
      const counted = choices.length === 1 ? spent : { model: spent.model };
      const finishReason = textOf(choice.finish_reason);
      return { problem, sample, response: text, ...(thinking !== undefined && { thinking }), finishReason, ...counted };
    });
  },
};
