import { readPairs } from './read-pairs.js';

/** Responses that deny a value in French, German, Italian, Portuguese and Spanish, and that deny another one or nothing there. */
export const adversarialDenialsAbroad = readPairs(String.raw`
≠ 12 ¦ Die Antwort ist nicht 12.
≠ 12 ¦ La réponse n'est pas 12.
≠ 12 ¦ La respuesta no es 12.
≠ 12 ¦ Es ist nicht 12.
= 12 ¦ Die Antwort ist nicht 13, sondern 12.
= 12 ¦ La réponse est 12.
= 12 ¦ Non resta che 12.
= 12 ¦ Non è altro che 12.
= 12 ¦ La respuesta no es más que 12.
= 12 ¦ Ce n'est pas autre chose que $12$.
≠ 12 ¦ No creo que sea más que eso: no es 12.
≠ 12 ¦ Non è 12.
≠ 12 ¦ Non è 12
≠ 12 ¦ non è $12$.
≠ 12 ¦ La risposta non è 12.
≠ 12 ¦ Il risultato non è **12**.
≠ 12 ¦ Non sono 12.
≠ 12 ¦ Non fa 12.
≠ 12 ¦ Non può essere 12.
≠ 12 ¦ Non è uguale a 12.
≠ 12 ¦ Non direi che sia 12.
≠ 12 ¦ Non direi che è 12.
≠ 12 ¦ Non credo che sia 12.
≠ 12 ¦ Non penso che la risposta sia 12.
≠ 12 ¦ Non è vero che x = 12.
≠ 12 ¦ Non è detto che sia 12.
≠ 12 ¦ Non è mai 12.
≠ 12 ¦ Não é 12.
≠ 12 ¦ Nao é 12.
≠ 12 ¦ A resposta não é 12.
≠ 12 ¦ O resultado não é $12$.
≠ 12 ¦ Não são 12.
≠ 12 ¦ Não dá 12.
≠ 12 ¦ Não pode ser 12.
≠ 12 ¦ Não é igual a 12.
≠ 12 ¦ Eu não diria que é 12.
≠ 12 ¦ Não diria que seja 12.
≠ 12 ¦ Não acho que seja 12.
≠ 12 ¦ Eu não acredito que a resposta seja 12.
≠ 12 ¦ Não é verdade que seja 12.
≠ 12 ¦ No es 12.
≠ 12 ¦ No son 12.
≠ 12 ¦ No puede ser 12.
≠ 12 ¦ No es igual a 12.
≠ 12 ¦ No diría que es 12.
≠ 12 ¦ Yo no diría que sea 12.
≠ 12 ¦ No creo que sea 12.
≠ 12 ¦ No pienso que la respuesta sea 12.
≠ 12 ¦ No es cierto que sea 12.
≠ 12 ¦ No es verdad que x = 12.
≠ 12 ¦ Nunca es 12.
≠ 12 ¦ Ce n'est pas 12.
≠ 12 ¦ Ce ne sont pas 12.
≠ 12 ¦ Cela ne fait pas 12.
≠ 12 ¦ Ça ne peut pas être 12.
≠ 12 ¦ Ce n'est pas égal à 12.
≠ 12 ¦ Je ne dirais pas que c'est 12.
≠ 12 ¦ Je ne dirais pas que ce soit 12.
≠ 12 ¦ Je ne pense pas que ce soit 12.
≠ 12 ¦ Je ne crois pas que la réponse soit 12.
≠ 12 ¦ Il n'est pas vrai que x = 12.
≠ 12 ¦ Ce n'est jamais 12.
≠ 12 ¦ Es sind nicht 12.
≠ 12 ¦ Es ist nicht gleich 12.
≠ 12 ¦ Das ergibt nicht 12.
≠ 12 ¦ Es stimmt nicht, dass es 12 sind.
≠ 12 ¦ Es kann nicht 12 sein.
≠ 12 ¦ 12 ist es nicht.
≠ 12 ¦ 12 ist nicht richtig.
≠ 12 ¦ 12 ist falsch.
≠ 12 ¦ 12 non è corretto.
≠ 12 ¦ 12 non è la risposta.
≠ 12 ¦ 12 não é a resposta.
≠ 12 ¦ 12 no es la respuesta.
≠ 12 ¦ 12 n'est pas la réponse.
≠ 12 ¦ 12 ist nicht die Antwort.
= 12 ¦ La risposta è 12.
= 12 ¦ È 12.
= 12 ¦ Non è 13, è 12.
= 12 ¦ Non è 13 ma 12.
= 12 ¦ Non è 13. È 12.
= 12 ¦ Non direi che sia 13, ma 12.
= 12 ¦ Non è difficile vedere che la risposta è 12.
= 12 ¦ Non ci sono altre soluzioni: la risposta è 12.
= 12 ¦ Il numero di palline che non sono rosse è 12.
= 12 ¦ Il numero di quelli che non credono è 12.
= 12 ¦ Non sono 13, quindi sono 12.
= 12 ¦ A resposta é 12.
= 12 ¦ É 12.
= 12 ¦ Não é 13, é 12.
= 12 ¦ Não é 13 mas 12.
= 12 ¦ Não é 13. É 12.
= 12 ¦ Não é difícil ver que a resposta é 12.
= 12 ¦ O número de bolas que não são vermelhas é 12.
= 12 ¦ Eu não diria que é 13, é 12.
= 12 ¦ La respuesta es 12.
= 12 ¦ No es 13, es 12.
= 12 ¦ No es 13 sino 12.
= 12 ¦ No es difícil ver que la respuesta es 12.
= 12 ¦ El número de bolas que no son rojas es 12.
= 12 ¦ Ce n'est pas 13 mais 12.
= 12 ¦ Il n'est pas difficile de voir que la réponse est 12.
= 12 ¦ Le nombre de boules qui ne sont pas rouges est 12.
= 12 ¦ Je ne dirais pas que c'est 13, c'est 12.
= 12 ¦ Die Antwort ist 12.
= 12 ¦ Es ist nicht 13, sondern 12.
= 12 ¦ Die Zahl der Kugeln, die nicht rot sind, ist 12.
= 12 ¦ Es ist nicht schwer zu sehen, dass die Antwort 12 ist.
≠ 12 ¦ Non direi 12.
≠ 12 ¦ Eu não diria 12.
≠ 12 ¦ Non crediamo che sia 12.
≠ 12 ¦ Não achamos que seja 12.
≠ 12 ¦ No creemos que sea 12.
≠ 12 ¦ Nous ne pensons pas que ce soit 12.
≠ 12 ¦ Wir glauben nicht, dass es 12 ist.
≠ 12 ¦ La somma non vale 12.
≠ 12 ¦ x non è 12.
≠ 12 ¦ x no es 12.
= 12 ¦ No dudo que sea 12.
= 12 ¦ No hay duda de que es 12.
= 12 ¦ Non c'è dubbio che sia 12.
= 12 ¦ Il n'y a pas de doute que c'est 12.
= 12 ¦ Es besteht kein Zweifel, dass es 12 ist.
= 12 ¦ Non dimenticare che è 12.
= 12 ¦ N'oubliez pas que c'est 12.
= 12 ¦ Vergiss nicht, dass die Antwort 12 ist.
= 12 ¦ Il ne reste que 12.
= 12 ¦ Il ne faut pas oublier que la réponse est 12.
= 12 ¦ Non serve altro: è 12.
≠ 12 ¦ Non è \boxed{12}.
≠ 12 ¦ Risposta: non è 12.
≠ 12 ¦ La réponse n'est pas \boxed{12}.
≠ 12 ¦ Non è affatto 12.
≠ 12 ¦ Non è certo 12.
≠ 12 ¦ Non è proprio 12.
≠ 12 ¦ Não é bem 12.
≠ 12 ¦ Não creio que seja 12.
≠ 12 ¦ Não me parece que seja 12.
≠ 12 ¦ Non mi sembra che sia 12.
≠ 12 ¦ No me parece que sea 12.
≠ 12 ¦ Non è possibile che sia 12.
≠ 12 ¦ Não é possível que seja 12.
≠ 12 ¦ No es posible que sea 12.
≠ 12 ¦ Dubito che sia 12.
≠ 12 ¦ Dudo que sea 12.
≠ 12 ¦ Duvido que seja 12.
≠ 12 ¦ Je doute que ce soit 12.
≠ 12 ¦ Ich bezweifle, dass es 12 ist.
≠ 12 ¦ Es ist keineswegs 12.
≠ 12 ¦ Das Ergebnis kann nicht 12 sein.
≠ 12 ¦ Il ne s'agit pas de 12.
≠ 12 ¦ 12 é falso.
≠ 12 ¦ 12 è sbagliato.
≠ 12 ¦ 12 est faux.
≠ 12 ¦ Non direi che la risposta sia \boxed{12}.
= 12 ¦ La soluzione non è intera ma la risposta è 12.
= 12 ¦ Il risultato non sembra semplice, ma è 12.
= 12 ¦ Não sei mais, mas a resposta é 12.
= 12 ¦ No sé si hay más. La respuesta es 12.
= 12 ¦ Je ne sais pas pourquoi, mais la réponse est 12.
= 12 ¦ On ne peut pas faire mieux. La réponse est 12.
= 12 ¦ Wir können nicht teilen, also ist die Antwort 12.
= 12 ¦ Da 13 nicht prim ist, ist die Antwort 12.
= 12 ¦ Puisque 13 n'est pas premier, la réponse est 12.
= 12 ¦ Como 13 no es par, la respuesta es 12.
= 12 ¦ Poiché 13 non è pari, la risposta è 12.
= 12 ¦ Como 13 não é par, a resposta é 12.
≠ 12 ¦ Creo que no es 12.
≠ 12 ¦ Penso che non sia 12.
≠ 12 ¦ Acho que não é 12.
≠ 12 ¦ Je crois que ce n'est pas 12.
≠ 12 ¦ Ich glaube, dass es nicht 12 ist.
= 12 ¦ El número de los que no votan es 12.
= 12 ¦ Le nombre de ceux qui ne votent pas est 12.
= 12 ¦ O número dos que não votam é 12.
= 12 ¦ Il numero di quelli che non votano è 12.
= 12 ¦ Il n'y a pas de doute: c'est 12.
= 12 ¦ Não há dúvida: é 12.
= 12 ¦ Sin duda es 12.
= 12 ¦ Senza dubbio è 12.
= 12 ¦ Ohne Zweifel ist es 12.
= 12 ¦ Sans aucun doute c'est 12.
= 12 ¦ Nein, es sind 12.
= 12 ¦ No, son 12.
= 12 ¦ Non, c'est 12.
= 12 ¦ No, sono 12.`);
