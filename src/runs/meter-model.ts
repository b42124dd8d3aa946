import { BudgetError } from '../errors.js';
import { askedSamples } from '../models/asked-samples.js';
import type {
  Completion,
  GenerateOptions,
  GenerationRequest,
  LanguageModel,
  Prompt,
  StartingCall,
} from '../models/language-model.js';
import type { TokenPrice } from '../models/prices/find-price.js';
import { knownUsage } from './known-usage.js';
import { reserveCalls } from './reserve-calls.js';
import { addSpending, noSpending, priceTokens, type Spending } from './spending.js';
import type { SpendingLedger } from './spending-ledger.js';

/** What may be spent in a run directory, all sessions together. */
export type Budget = {
  readonly usd?: number | undefined;
  /** Prompt and completion tokens together. */
  readonly tokens?: number | undefined;
  readonly minutes?: number | undefined;
  /** Near the end, take calls to be as long as those so far and not as long as they may be. @default false */
  readonly isSoft?: boolean | undefined;
};

export type MeteredModel = LanguageModel & {
  /** What this session has spent so far. */
  spent(): Spending;
};

/**
 * Counts what a model is asked, and stops at a budget: calls to an endpoint that are under way are finished and their completions handed
 * over, so that what is paid for is kept; then `BudgetError` is thrown. A call goes out only where it fits beside what was spent and what the
 * calls under way may still cost, each sample up to its token limit; one by itself goes out while anything is left. So a budget is passed
 * by no more than one call. With `isSoft` samples are taken to be as long as those so far, which keeps more calls under way near the end and
 * may pass the budget by some of them. A reply counts when it arrives. `earlier` is what other sessions spent.
 */
export function meterModel(
  model: LanguageModel,
  {
    budget = {},
    price,
    earlier = noSpending,
    ledger,
    onEstimated = () => undefined,
    now = () => performance.now(),
  }: {
    readonly budget?: Budget;
    readonly price?: TokenPrice | undefined;
    readonly earlier?: Spending;
    /** Where what is reserved and spent is written as it happens. */
    readonly ledger?: Pick<SpendingLedger, 'reserve' | 'add'> | undefined;
    /** Told once, where an endpoint does not say how many tokens it used. */
    readonly onEstimated?: () => void;
    readonly now?: () => number;
  },
): MeteredModel {
  let session = noSpending;
  let countedUntil = now();
  let isEstimated = false;
  const reservations = reserveCalls(price);
  const underWay = new Map<StartingCall, { readonly most: Spending; readonly call: number | undefined }>();
  const counted = new WeakMap<Completion, Completion>();
  const isReserving =
    (budget.usd ?? budget.tokens) !== undefined || (price !== undefined && price.input + price.output > 0);

  const minutesSince = (): number => {
    const at = now();
    const minutes = (at - countedUntil) / 60_000;
    countedUntil = at;
    return minutes;
  };
  const spend = (completions: readonly Completion[], call?: number): void => {
    const promptTokens = sum(completions.map((each) => (each.sharesPrompt ? 0 : each.promptTokens)));
    const completionTokens = sum(completions.map((each) => each.completionTokens));
    const usd = priceTokens({ promptTokens, completionTokens }, price);
    const spent = { completions: completions.length, promptTokens, completionTokens, usd, minutes: minutesSince() };
    session = addSpending(session, spent);
    ledger?.add(spent, call);
  };
  const settled = (completion: Completion, prompt: Prompt | undefined): Completion => {
    const { isEstimated: isGuess, ...known } = knownUsage(completion, prompt);
    if (isGuess && !isEstimated) onEstimated();
    isEstimated ||= isGuess;
    if (!isGuess) return completion;
    return known;
  };
  const spent = (): Spending => ({ ...session, minutes: session.minutes + (now() - countedUntil) / 60_000 });
  /** The budget that is used up, or would be by this more. */
  const reached = (more: Spending = noSpending, isOver = false): 'usd' | 'tokens' | 'minutes' | undefined => {
    const total = addSpending(addSpending(earlier, spent()), more);
    const used = { usd: total.usd, tokens: total.promptTokens + total.completionTokens, minutes: total.minutes };
    return (['usd', 'tokens', 'minutes'] as const).find((kind) => {
      const limit = budget[kind] ?? Infinity;
      return isOver ? used[kind] > limit : used[kind] >= limit;
    });
  };

  async function* generate(
    requests: readonly GenerationRequest[],
    options: GenerateOptions = {},
  ): AsyncGenerator<Completion, void, undefined> {
    let stoppedBy = requests.length === 0 ? undefined : reached();
    const prompts = new Map(requests.map(({ id, prompt }) => [id, prompt]));
    const admit = (call: StartingCall | undefined): boolean | 'later' => {
      stoppedBy ??= reached();
      if (stoppedBy !== undefined) return false;
      if (call === undefined || !isReserving) return true;
      const next = reservations.estimate(call, { isExpected: budget.isSoft ?? false });
      const ahead = addSpending([...underWay.values()].map(({ most }) => most).reduce(addSpending, noSpending), next);
      if (reached(ahead, true) !== undefined && underWay.size > 0) return 'later';
      underWay.set(call, { most: next, call: ledger?.reserve(reservations.estimate(call)) });
      return true;
    };
    const mayStart = (count: number, call?: StartingCall): boolean | 'later' => {
      const wanted = options.mayStart?.(count, call) ?? true;
      return wanted === true ? admit(call) : wanted;
    };
    const onReply = (call: StartingCall, completions: readonly Completion[]): void => {
      const known = completions.map((completion) => {
        const each = settled(completion, call.request.prompt);
        counted.set(completion, each);
        return each;
      });
      const answered = known.filter(({ finishReason }) => finishReason !== 'error');
      const [first] = answered;
      if (first !== undefined) {
        const completionTokens = sum(answered.map((each) => each.completionTokens));
        reservations.learn(
          { ...call, samples: answered.length },
          { promptTokens: first.promptTokens, completionTokens },
        );
      }
      const reserved = underWay.get(call);
      underWay.delete(call);
      spend(known, reserved?.call);
      options.onReply?.(call, completions);
    };
    if (stoppedBy === undefined) {
      let left = requests.reduce((total, request) => total + askedSamples(request).length, 0);
      for await (const completion of model.generate(requests, { ...options, mayStart, onReply })) {
        const known = counted.get(completion) ?? settled(completion, prompts.get(completion.requestId));
        if (!counted.has(completion)) spend([known]);
        yield known;
        left -= 1;
        // An engine of our own does not ask before it starts; what it has not finished cost nothing.
        if (model.concurrency === undefined && left > 0) stoppedBy = reached();
        if (model.concurrency === undefined && stoppedBy !== undefined) break;
      }
    }
    if (stoppedBy !== undefined) throw describeStop(stoppedBy, { budget, total: addSpending(earlier, spent()) });
  }

  return { ...model, generate, spent };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function describeStop(
  kind: 'usd' | 'tokens' | 'minutes',
  { budget, total }: { budget: Budget; total: Spending },
): BudgetError {
  const used = {
    usd: `$${total.usd.toFixed(4)} of $${budget.usd}`,
    tokens: `${total.promptTokens + total.completionTokens} of ${budget.tokens} tokens`,
    minutes: `${total.minutes.toFixed(1)} of ${budget.minutes} minutes`,
  };
  return new BudgetError(`Stopped at the budget: ${used[kind]} are spent`, { flag: `budget-${kind}` });
}
