/** The packages of lock files as components of CycloneDX; one that several locks name stands once, with the names of the locks. */
export function pythonComponents(locks) {
  const found = new Map();
  for (const { name: lock, text } of locks) {
    for (const line of text.split('\n')) {
      const [, name, version] = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==([^\s;\\]+)/.exec(line) ?? [];
      if (name === undefined) continue;
      const purl = `pkg:pypi/${name.toLowerCase().replaceAll(/[_.]+/g, '-')}@${version}`;
      const locksOf = found.get(purl)?.locks ?? [];
      found.set(purl, { name, version, locks: [...locksOf, lock] });
    }
  }
  return [...found]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([purl, { name, version, locks: of }]) => ({
      type: 'library',
      'bom-ref': purl,
      name,
      version,
      purl,
      scope: 'optional',
      properties: of.map((lock) => ({ name: 'mathpie:lock', value: `python-gpu/${lock}` })),
    }));
}
