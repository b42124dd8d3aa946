import { readPairs } from './read-pairs.js';

/** Responses that deny a value in other words than "not": in front of it, behind it, in Japanese; and that deny another one or nothing. */
export const adversarialDenials = readPairs(String.raw`
≠ 12 ¦ I don't think it is 12.
≠ 12 ¦ I don’t think it is 12.
≠ 12 ¦ I don't believe it equals 12.
≠ 12 ¦ I wouldn't say it is 12.
≠ 12 ¦ I would never say that it is $12$.
≠ 12 ¦ I do not believe the answer is 12.
≠ 12 ¦ I don't think **12** is right.
≠ 12 ¦ I don't really believe that the total is 12 apples.
≠ 12 ¦ We did not conclude that x = 12.
≠ 12 ¦ I cannot accept that it is 12.
≠ 12 ¦ I can't agree that it equals 12.
≠ 12 ¦ I hardly think it is 12.
≠ 12 ¦ I refuse to believe that it is 12.
≠ 12 ¦ I deny that it is 12.
≠ 12 ¦ I disagree that it is 12.
≠ 12 ¦ I don't see how it can be 12.
≠ 12 ¦ It isn't true that it is 12.
≠ 12 ¦ It isn't the case that the answer is 12.
≠ 12 ¦ It never equals 12.
≠ 12 ¦ It fails to be 12.
≠ 12 ¦ It fails to equal 12.
≠ 12 ¦ It never becomes 12.
≠ 12 ¦ It does not come out to 12.
≠ 12 ¦ That doesn't give 12.
≠ 12 ¦ It doesn't add up to 12.
≠ 12 ¦ It doesn't seem to be 12.
≠ 12 ¦ It does not appear to equal $12$.
≠ 12 ¦ It is not necessarily 12.
≠ 12 ¦ It isn't really 12.
≠ 12 ¦ It is hardly 12.
≠ 12 ¦ It is by no means 12.
≠ 12 ¦ It is no longer 12.
≠ 12 ¦ It can hardly be 12.
≠ 12 ¦ It won't turn out to be 12.
≠ 12 ¦ It is not going to be 12.
≠ 12 ¦ It is not known to be 12.
≠ 12 ¦ The answer fails to be 12.
≠ 12 ¦ The answer is hardly 12.
≠ 12 ¦ The answer is by no means 12.
≠ 12 ¦ The total does not reach 12.
≠ 12 ¦ 12 can be ruled out.
≠ 12 ¦ $12$ can be ruled out.
≠ 12 ¦ 12 must be rejected.
≠ 12 ¦ 12 was discarded.
≠ 12 ¦ 12 is to be excluded.
≠ 12 ¦ 12 is the wrong answer.
≠ 12 ¦ $12$ is the wrong answer.
≠ 12 ¦ 12 is an incorrect value.
≠ 12 ¦ 12 is out of the question.
≠ 12 ¦ 12 is unlikely.
≠ 12 ¦ 12 is just a guess.
≠ 12 ¦ 12 remains to be checked.
≠ 12 ¦ 12 has yet to be verified.
≠ 12 ¦ 12 still needs to be checked.
≠ 12 ¦ 12 is yet to be confirmed.
≠ 12 ¦ My friend says it is 12, I disagree.
≠ 12 ¦ My friend says it is 12, but I don't agree.
≠ 12 ¦ My friend says it is 12. I disagree.
≠ 12 ¦ It is 12? I don't think so.
≠ 12 ¦ It is 12, I don't think so.
≠ 12 ¦ I don't know. 12
≠ 12 ¦ I don't know, 12
≠ 12 ¦ No idea. 12
≠ 12 ¦ I have no idea. 12.
≠ 12 ¦ I'm not sure. 12
≠ 12 ¦ 12. I don't know.
≠ 12 ¦ 不是12。
≠ 12 ¦ 答案不是12。
≠ 12 ¦ 12ではありません。
≠ 12 ¦ 12じゃありません。
≠ 12 ¦ 12でありません。
≠ 12 ¦ 12になりません。
≠ 12 ¦ 12にはなりません。
≠ 12 ¦ 12とはなりません。
≠ 12 ¦ 12にならない。
≠ 12 ¦ 12だと思いません。
≠ 12 ¦ 12だとは思わない。
≠ 12 ¦ 12とは思えません。
≠ 12 ¦ 12とは言えません。
≠ 12 ¦ 12であるとは言えない。
≠ 12 ¦ 12は正しくありません。
≠ 12 ¦ 12は正しくない。
≠ 12 ¦ 12は正解ではありません。
≠ 12 ¦ 12は答えではありませんでした。
≠ 12 ¦ 12が答えではありません。
≠ 12 ¦ 12ではありませんでした。
≠ 12 ¦ 12個ではありません。
≠ 12 ¦ 12人ではありません。
≠ 12 ¦ 12円にはなりません。
≠ 12 ¦ 12ではなかった。
≠ 12 ¦ 12ではあり得ない。
≠ 12 ¦ 12のはずがありません。
≠ 12 ¦ 12なわけがない。
≠ 12 ¦ 12と等しくありません。
≠ 12 ¦ 12に等しくない。
≠ 12 ¦ 12とは異なります。
≠ 12 ¦ 12とは違います。
≠ 12 ¦ 12は違います。
≠ 12 ¦ 12とは限りません。
≠ 12 ¦ x=12ではありません。
≠ 12 ¦ 合計は12ではありません。
≠ 12 ¦ よって、12ではありません。
≠ 12 ¦ $12$ではありません。
≠ 12 ¦ $12$にはなりません。
≠ 12 ¦ **12**ではありません。
≠ 12 ¦ $x=12$は正しくありません。
≠ 12 ¦ 答えは12になりません。
≠ 12 ¦ 答えは12だとは思いません。
≠ 12 ¦ 求める値は$12$になりません。
≠ 12 ¦ 12が答えだとは思いません。
= 12 ¦ It is not 13, it is 12.
= 12 ¦ The answer is 12, not 13.
= 12 ¦ I don't think we need more: it is 12.
= 12 ¦ There is no other solution than 12.
= 12 ¦ 12, which cannot be smaller
= 12 ¦ It is 12, which cannot be smaller.
= 12 ¦ 12でなければなりません。
= 12 ¦ 12以外ではありません
= 12 ¦ 12以外にありません。
= 12 ¦ 12でなければならない。
= 12 ¦ 12個しかありません。
= 12 ¦ 12人足りません。
= 12 ¦ 12に違いありません。
= 12 ¦ 12に間違いありません。
= 12 ¦ 12にほかなりません。
= 12 ¦ 13ではありません。12です。
= 12 ¦ 13ではなく12です。
= 12 ¦ 13にはならないので、12です。
= 12 ¦ 13ではないので12です。
= 12 ¦ 差は12人少ない。
= 12 ¦ 12になります。
= 12 ¦ It's not hard to see that the answer is 12.
= 12 ¦ It is not difficult to show that it is 12.
= 12 ¦ I don't think it is 13; it is 12.
= 12 ¦ I don't think it is 13, it is 12.
= 12 ¦ I don't think it is 13. It is 12.
= 12 ¦ I don't believe it is 13, so the answer is 12.
= 12 ¦ I don't think it is 13 because the answer is 12.
= 12 ¦ I do not think there are more and the answer is 12.
= 12 ¦ I don't know the formula. Adding them up gives 12.
= 12 ¦ I don't know a quicker way. The answer is 12.
= 12 ¦ She does not believe him. The total is 12.
= 12 ¦ We do not say how; the total is 12.
= 12 ¦ Do not forget that the answer is 12.
= 12 ¦ Since 13 can be ruled out, it is 12.
= 12 ¦ 13 can be ruled out. It is 12.
= 12 ¦ It never exceeds 13, so the maximum is 12.
= 12 ¦ My friend says it is 13, I disagree. It is 12.
= 12 ¦ My friend says it is 13, I disagree: it is 12.
= 12 ¦ He does not need more, so 12 remain.
= 12 ¦ 12 remain to be painted.
= 12 ¦ 12 apples remain to be eaten.
= 12 ¦ There are 12 pages that still need to be read.
= 12 ¦ I'm not sure about the method, but I don't see any error. The answer is 12.
= 12 ¦ It fails for 13, hence it is 12.
= 12 ¦ I never doubted that 3 + 9 = 12.
= 12 ¦ No one else came, so there are 12 guests.
= 12 ¦ He did not get any more apples. He has 12.
= 12 ¦ The smallest number that is not prime is 12.
= 12 ¦ The number of students who did not come is 12.
= 12 ¦ The number of apples that are not red is 12.
= 12 ¦ The students who do not think so are 12.
= 12 ¦ The number of people who did not say yes is 12.
= 12 ¦ The number of students who don't agree is 12.
= 12 ¦ The value that it never reaches is 12.
= 12 ¦ Those who refuse to vote are 12.
= 12 ¦ The number of eggs that did not break equals 12.
= 12 ¦ It will be no more than an hour before there are 12.
= 12 ¦ The only value that fails to be attained is 12.
= 12 ¦ The number that does not appear is 12.
= 12 ¦ The largest value that it does not take is 12.
= 12 ¦ The missing number is 12.
= 12 ¦ So the number of students who did not believe the story is 12.
= 12 ¦ 読んでいない本は12冊です。
= 12 ¦ まだ読んでいないのは12冊です。
≠ 12 ¦ $12$個ではありません。
≠ 12 ¦ 求める個数は$12$個にはなりません。
≠ 12 ¦ Nobody believes that it is 12.
≠ 12 ¦ It is never going to be 12.
≠ 12 ¦ That does not mean that it is 12.
≠ 12 ¦ It is not clear that the answer is 12.
≠ 12 ¦ Tom does not believe that it is 12.
≠ 12 ¦ It does not give $\boxed{12}$.
≠ 12 ¦ I don't think the answer is \boxed{12}.
≠ 12 ¦ I disagree with those who say it is 12.
≠ 12 ¦ One cannot say that the total is $12$.
= 12 ¦ It is not clear at first, but the answer is 12.
= 12 ¦ 3+9は12になる。
= 12 ¦ 12人がいません。
= 12 ¦ 12個でなくてはなりません。
= 12 ¦ 12でないといけません。
= 12 ¦ I don't know why, but the answer is 12.
= 12 ¦ He said 13. I don't agree. It is 12.
= 12 ¦ It is 12. I don't agree with the book.
= 12 ¦ It’s 12.
= 12 ¦ Ce n'est pas 13, c'est 12.
= 12 ¦ 答案是12。
= 12 ¦ 不是13，是12。
= 12 ¦ 12と考えられます。
= 12 ¦ 12だと思います。
= 12 ¦ 12と言えます。
= 12 ¦ 12があります。
= 12 ¦ 12人いない。
≠ 12 ¦ 12とは考えられません。
≠ 12 ¦ 12とは考えられない。
≠ 12 ¦ I would not go so far as to say that it is 12.
≠ 12 ¦ I wouldn't go as far as saying it is 12.
≠ 12 ¦ I would not go so far as to claim that the answer is $12$.
≠ 12 ¦ I would not dare to say that it is 12.
≠ 12 ¦ I am not willing to say that it is 12.
≠ 12 ¦ I'm not prepared to claim it is 12.
≠ 12 ¦ I am not ready to conclude that it is 12.
≠ 12 ¦ I am not saying that it is 12.
≠ 12 ¦ I'm not claiming it is 12.
≠ 12 ¦ I'm not suggesting that the answer is 12.
≠ 12 ¦ I don't want to say that it is 12.
≠ 12 ¦ I don't mean to say that it is 12.
≠ 12 ¦ I hesitate to say that it is 12.
≠ 12 ¦ I would hesitate to claim that it is 12.
≠ 12 ¦ I am reluctant to say that it is 12.
≠ 12 ¦ I'd stop short of saying that it is 12.
≠ 12 ¦ I stop short of claiming it is 12.
≠ 12 ¦ It would be premature to say that it is 12.
≠ 12 ¦ It is too early to say that it is 12.
≠ 12 ¦ It would be wrong to say that it is 12.
≠ 12 ¦ One cannot go so far as to say that x = 12.
≠ 12 ¦ I can't say that it is 12.
≠ 12 ¦ I can't honestly say that it is 12.
= 12 ¦ I do not hesitate to say that it is 12.
= 12 ¦ I would not hesitate to say that the answer is 12.
= 12 ¦ It is not difficult to conclude that it is 12.
= 12 ¦ It is not too early to say that it is 12.
= 12 ¦ I would go so far as to say that it is 12.
= 12 ¦ Without going so far as to list them, the answer is 12.
= 12 ¦ I would not go so far as to say it is 13; it is 12.
= 12 ¦ I would not go so far as to say that it is 13. It is 12.
= 12 ¦ I want to say that it is 12.
= 12 ¦ I am willing to say that it is 12.
= 12 ¦ I am prepared to claim that the answer is 12.
≠ 12 ¦ No da 12.
≠ 12 ¦ Ich würde nicht sagen, dass es 12 ist.
≠ 12 ¦ Ich glaube nicht, dass es 12 ist.
≠ 12 ¦ Ich denke nicht, dass die Antwort 12 ist.
= 12 ¦ Ich glaube nicht, dass es 13 ist, es ist 12.
= 12 ¦ Ich würde nicht sagen, dass es 13 ist. Es ist 12.
= 12 ¦ The number of non negative integers is 12.
= 12 ¦ There are no others, so it is 12.
= 12 ¦ The non-zero value is 12.
= 12 ¦ No, it is 12.
= 12 ¦ No da Vinci painting is here; the answer is 12.
≠ 12 ¦ I wouldn't say 12.
= 12 ¦ There are no direct flights and the answer is 12.
= 12 ¦ There is no certain way, but it is 12.
= 12 ¦ I do not want to repeat it: the answer is 12.
= 12 ¦ I am not able to draw it, but the answer is 12.
= 12 ¦ He is not ready to go because the answer is 12.
= 12 ¦ Ich denke nicht lange nach: Es sind 12.
= 12 ¦ The number of people who would not go so far as to say it is 12.
≠ 12 ¦ I would not be so bold as to say it is 12.
≠ 12 ¦ Nobody would go so far as to say that it is 12.
= 12 ¦ She saved 3 so far as a gift and 9 today, so it is 12.
= 12 ¦ I would not be as quick as Tom, but it is 12.
≠ 12 ¦ The answer is not, I would say, 12.
≠ 12 ¦ It is not \boxed{12}.
= 12 ¦ It is not \boxed{13}, it is 12.
≠ 12 ¦ I doubt that it is 12.
≠ 12 ¦ I would not say that the answer is \boxed{12}.
≠ 12 ¦ I would not go so far as to say that the answer is \boxed{12}.
= 12 ¦ The number of those not willing to say so is 12.
= 12 ¦ She does not want to stop, and she says it is 12.
= 12 ¦ No. 12 pens
= 12 ¦ No remainder, 12
= 12 ¦ (no calculator) 12
= 12 ¦ Tom has no apples left so 12.
= 12 ¦ He had no more so he took 12.
= 12 ¦ No need to round: 12.
= 12 ¦ No more steps: x = 12.
= 12 ¦ Adding no more gives 12.
= 12 ¦ Since no terms remain, x = 12.
= 12 ¦ We lose no generality, x = 12.
= 12 ¦ With no loss, x = 12
= 12 ¦ Non-zero terms give 12.
= 12 ¦ Having no carry gives 12.
= 12 ¦ Sam ate no cookies, leaving 12.
= 12 ¦ Sam ate no cookies and has 12.
= 12 ¦ Sam ate no cookies yet has 12.
= 12 ¦ Total cost (no tax): $12
= 12 ¦ Total cost with no tax = 12
= 12 ¦ Total cost, no tax = 12
= 12 ¦ Adding 4 three times gives 12.
= 12 ¦ Doubling it twice gives 12.
= 12 ¦ Multiplying by 3 four times yields 12.`);
