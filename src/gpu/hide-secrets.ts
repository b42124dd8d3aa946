/** Names of variables that hold keys, such as HF_TOKEN and OPENAI_API_KEY. */
const secretName = /(TOKEN|KEY|SECRET|PASSWORD|PASSWD|CREDENTIALS)S?$/i;
/** Keys of the services that scripts here talk to, by their own prefixes, wherever they come from. */
const secretForms = /\b(?:hf_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{16,}|github_pat_\w{16,}|gh[ps]_[A-Za-z0-9]{16,})/g;

/** Makes a function that cuts the secrets of an environment out of a text. */
export function hideSecrets(environment: NodeJS.ProcessEnv = process.env): (text: string) => string {
  const values = Object.entries(environment).flatMap(([name, value = '']) =>
    // Shorter ones are words such as "true" that may stand anywhere.
    secretName.test(name) && value.length >= 8 ? [value] : [],
  );
  return (text) => values.reduce((safe, value) => safe.replaceAll(value, '…'), text).replace(secretForms, '…');
}
