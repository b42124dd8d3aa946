/** The closed vocabularies that fill word slots. `{thing}` and `{things}` are one choice in two forms. */
export type Noun = { readonly one: string; readonly many: string };

export const people: readonly string[] =
  'Aaron Abena Ada Adam Adele Agnes Ahmed Aiko Aisha Alba Alec Alice Alma Amadou Amara Amir Amos Andrea Anita Anna Anton Arash Arjun Arlo Asha Astrid Aya Aziz Bashir Beatriz Ben Bianca Boris Bruno Camila Carla Carlos Cecile Celia Chen Chloe Clara Cora Cyrus Daisy Dalia Damian Dana Daria David Deepa Diego Dina Dora Dylan Edgar Edith Elena Elias Elif Ella Emil Emma Enzo Erik Esra Esther Ethan Eva Ezra Fadi Farah Farid Fatima Felix Fiona Flora Freya Gabriel Gemma Gita Goran Grace Greta Gustav Hana Hanif Hassan Hector Heidi Helga Henry Hilda Hiro Hugo Ibrahim Ida Igor Ines Ingrid Irma Isaac Ivan Jamal Jana Jasmin Javier Jill Joan Jonas Jorge Josef Joyce Judith Julia Kamal Karin Kasper Katya Keiko Kenji Khadija Kim Kira Klara Kofi Kwame Laila Lars Laura Lea Leila Lena Leo Liam Lina Linh Lola Lorenz Lucia Luis Lydia Magda Malik Manuel Marco Maria Marta Mateo Maya Mei Mila Milan Mina Mohan Mona Musa Nadia Naomi Nils Nina Noah Nora Oleg Olga Omar Oscar Otto Pablo Paul Petra Pia Priya Rafael Ravi Renata Rita Robin Rosa Ruben Ruth Sakura Samir Sara Selma Sergei Simon Sofia Sven Tamar Tara Teresa Theo Thomas Tomas Uma Ursula Vera Victor Vikram Wanda Yara Yuki Yusuf Zara Zoe'.split(
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
