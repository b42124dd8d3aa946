/** Untrusted text as HTML or XML: `&`, `<`, `>` and `"` escaped, control characters left out. */
export function escapeXml(text: string): string {
  return (
    text
      // XML 1.0 has no way to write these
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}
