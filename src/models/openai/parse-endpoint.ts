import { InputError, ModelError } from '../../errors.js';
import { type DoorName, doorNames, doorOfHost, findDoor } from './endpoint-table.js';
import { type EndpointOptions, parseModelOptions } from './model-options.js';

/** Where a model string leads. */
export type Endpoint = {
  /** The whole string, options included; never a key. */
  readonly name: string;
  /** Without a slash behind. */
  readonly baseUrl: string;
  readonly model: string;
  /** Undefined for a server of one's own. */
  readonly door: DoorName | undefined;
  readonly options: EndpointOptions;
  readonly key: string | undefined;
  /** The environment variable that its key is, or would be, in. */
  readonly keyVariable: string;
  /** What goes behind every address: Azure's `api-version`. */
  readonly query: { readonly [name: string]: string };
};

/**
 * Whether a model string names an endpoint that is asked over HTTP: `openai:NAME`, `anthropic:NAME`, `gemini:NAME`, `openrouter:NAME`,
 * `azure:DEPLOYMENT`, or a URL.
 */
export function isEndpointName(name: string): boolean {
  return /^https?:\/\//.test(name) || isDoorName(name);
}

/** An endpoint that takes chat messages only. */
export function isDoorName(name: string): boolean {
  return doorNames.some((door) => name.startsWith(`${door}:`) && name.length > door.length + 1);
}

/**
 * Takes the model string of an endpoint apart: its address, its model, its options. Options stand behind `?`, in a URL behind the model. A door that needs a key and has none throws `ModelError`; a string that is no
 * endpoint, or holds what may be secret, `InputError`.
 */
export function parseEndpoint(name: string, environment: NodeJS.ProcessEnv): Endpoint {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.+)$/s.exec(name) ?? [];
  const door = doorNames.find((known) => known === scheme);
  return door === undefined ? parseUrl(name, environment) : parseDoor(name, { door, rest, environment });
}

function parseDoor(
  name: string,
  { door, rest, environment }: { door: DoorName; rest: string; environment: NodeJS.ProcessEnv },
): Endpoint {
  const { model, options } = splitOptions(rest, name);
  const { baseUrl, key: keyVariable } = findDoor(door);
  if (model === '') throw new InputError(`Cannot open model "${name}": no model after ${door}:, write ${door}:NAME`);
  const key = environment[keyVariable];
  if (!key) throw new ModelError(`Cannot open model "${name}": no key, set the environment variable ${keyVariable}`);
  if (baseUrl !== null) return { name, baseUrl, model, door, options, key, keyVariable, query: {} };
  // Portals show it with a path of the one or the other API behind
  const resource = environment.AZURE_OPENAI_ENDPOINT?.replace(/\/(?:openai|api\/projects)(?:\/.*)?$|\/+$/, '');
  if (!resource) {
    throw new ModelError(
      `Cannot open model "${name}": no resource, set the environment variable AZURE_OPENAI_ENDPOINT to its URL (https://NAME.openai.azure.com)`,
    );
  }
  const version = environment.OPENAI_API_VERSION;
  // Azure's newer form needs no version, and takes the deployment as the model
  const place = version ? `${resource}/openai/deployments/${encodeURIComponent(model)}` : `${resource}/openai/v1`;
  const query: Endpoint['query'] = version ? { 'api-version': version } : {};
  return { name, baseUrl: place, model, door, options, key, keyVariable, query };
}

function parseUrl(name: string, environment: NodeJS.ProcessEnv): Endpoint {
  const wayOut = 'write it as http://host:port/v1#model';
  let url: URL;
  try {
    url = new URL(name);
  } catch (cause) {
    throw new InputError(`Cannot open model "${name}": not a valid URL, ${wayOut}`, { cause });
  }
  const { model, options } = splitOptions(url.hash.slice(1), name);
  // What is copied from a portal or a curl command is the address of a call
  url.pathname = url.pathname.replace(/\/(?:chat\/completions|responses|completions)\/*$/, '');
  const version = url.searchParams.get('api-version');
  const isVersionAlone = version !== null && [...url.searchParams].length === 1 && /^[\w.-]{1,40}$/.test(version);
  if (url.username !== '' || url.password !== '' || (url.search !== '' && !isVersionAlone)) {
    // The string goes into logs and records, so nothing secret may be part of it; it is not repeated here either.
    throw new InputError(
      `Cannot open a model at ${url.host}: the URL holds a user, a password or a query, put the key into MATHPIE_API_KEY and options behind the model (#model?effort=low)`,
    );
  }
  const deployment = /\/deployments\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  const named = decodeURIComponent(model === '' ? (deployment ?? '') : model);
  if (named === '') throw new InputError(`Cannot open model "${name}": no model after #, ${wayOut}`);
  url.hash = '';
  url.search = '';
  const given = options.door === 'server' ? undefined : options.door;
  const own = options.door === undefined ? (doorOfHost(url.host) ?? (deployment && 'azure')) : given;
  const door = doorNames.find((each) => each === own);
  // The key of a door goes to its own host alone, whatever dialect a proxy speaks
  const ownKey = doorOfHost(url.host) === door && door !== undefined ? findDoor(door).key : undefined;
  const keyVariable = environment.MATHPIE_API_KEY || ownKey === undefined ? 'MATHPIE_API_KEY' : ownKey;
  return {
    name,
    baseUrl: url.href.replace(/\/+$/, ''),
    model: named,
    door,
    options,
    key: environment[keyVariable] || undefined,
    keyVariable,
    query: version === null ? {} : { 'api-version': version },
  };
}

function splitOptions(text: string, name: string): { model: string; options: EndpointOptions } {
  const at = text.indexOf('?');
  if (at === -1) return { model: text, options: {} };
  return { model: text.slice(0, at), options: parseModelOptions(text.slice(at + 1), { name }) };
}
