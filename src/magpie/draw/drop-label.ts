/**
 * A drawn text without the word that some models put in front of a problem ("Q: …", "**Problem:** …", "問題：…"): a user types none, and a set in
 * which each problem begins so teaches to wait for it. A number behind the word is part of the text.
 */
export function dropLabel(text: string): string {
  return text.replace(label, '');
}

const label =
  /^(?:[*_]{2})?(?:q\d{0,2}|question|problem|exercise|example|prompt|問題|質問|問)(?:[*_]{2})?\s?[:：](?:[*_]{2})?\s*(?=\S)/i;
