/** The closed vocabularies that fill word slots. `{thing}` and `{things}` are one choice in two forms. */
export type Noun = { readonly one: string; readonly many: string };

export const people: readonly string[] =
  'Aisha Amir Anna Ben Carla Chen Clara Dana David Elena Emil Farid Fatima Grace Hana Hugo Ines Ivan Jamal Jonas Kira Kofi Lea Liam Lucia Maria Mateo Mei Milan Nadia Noah Nora Omar Olga Paul Priya Rosa Ruben Samir Sara Simon Tara Theo Uma Vera Viktor Wanda Yuki Zara Zoe'.split(
    ' ',
  );

const plain = (list: string): readonly Noun[] => list.split(' ').map((one) => ({ one, many: `${one}s` }));

export const goods: readonly Noun[] = [
  ...plain(
    'apple badge ball balloon banana bead book bottle bowl button candle card chair coin cup egg flower hat key lamp lemon magnet marble mug notebook orange pencil pen photo plate poster ring rock seashell shirt spoon stamp sticker ticket toy tulip vase',
  ),
  { one: 'box of tea', many: 'boxes of tea' },
  { one: 'brush', many: 'brushes' },
  { one: 'peach', many: 'peaches' },
  { one: 'pear', many: 'pears' },
];

export const colors: readonly string[] = 'red blue green yellow white black purple orange'.split(' ');

export const foods: readonly string[] = 'flour,sugar,rice,milk,oats,butter,honey,yogurt'.split(',');
